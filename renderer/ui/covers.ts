/** Below and above what lies over the page, px. */
const AROUND = 40;

/**
 * A ref for what lies over the foot of the page: the page keeps that much room, so that what has the focus can always be
 * scrolled out from under it (WCAG 2.4.11).
 */
export function covers(element: HTMLElement | null): (() => void) | undefined {
  if (!element) return undefined;
  const { style } = document.documentElement;
  const measure = () => style.setProperty('--covered', `${element.offsetHeight + AROUND}px`);
  const observer = new ResizeObserver(measure);
  observer.observe(element);
  measure();
  return () => {
    observer.disconnect();
    style.removeProperty('--covered');
  };
}
