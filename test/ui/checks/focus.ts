import type { Page } from 'playwright-core';

/** Where Tab went, and what was wrong on the way. */
export interface Walk {
  readonly stops: number;
  readonly faults: readonly string[];
}

/** No page has more stops than this; a walk that does not come round is a trap. */
const MOST = 400;

/**
 * Presses Tab from the top of the page until it comes round. At each stop the focus must be drawn (an outline on the
 * control, on a part it draws itself with, or on its label), must not lie wholly under something else, and must have a
 * name; every control that Tab can reach is reached.
 */
export async function walk(page: Page): Promise<Walk> {
  const faults = new Set<string>();
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    for (const each of document.querySelectorAll('[data-walked]')) each.removeAttribute('data-walked');
  });
  let stops = 0;
  // The walk begins where the focus was last and leaves the page once before it comes round.
  for (let left = 0; stops < MOST && left < 2; stops++) {
    await page.keyboard.press('Tab');
    const fault = await page.evaluate(async () => {
      // What has the focus is scrolled to within a frame or two.
      for (let frame = 0; frame < 2; frame++) await new Promise((done) => requestAnimationFrame(done));
      const part = document.activeElement as HTMLElement | null;
      if (!part || part === document.body) return 'left';
      // A field for a time has stops of its own inside.
      if (part.hasAttribute('data-walked')) return part.matches('input') ? '' : null;
      part.setAttribute('data-walked', '');
      const said = `<${part.tagName.toLowerCase()} class="${part.className.toString().slice(0, 60)}"> ${(part.ariaLabel ?? part.textContent ?? '').slice(0, 50)}`;
      const drawn = (each: Element, pseudo?: string) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(each, pseudo);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      };
      const label = part.closest('label');
      const ring = drawn(part) || drawn(part, '::after') || (label !== null && drawn(label));
      // A field that is all there is in a dialog is marked by its caret.
      if (!ring && !part.matches('[cmdk-input]')) return `no ring: ${said}`;
      const { left, right, top, bottom } = (
        label && part.offsetWidth <= 1 ? label : part
      ).getBoundingClientRect();
      const points = [0.15, 0.5, 0.85].flatMap((x) =>
        [0.15, 0.5, 0.85].map((y) => [left + (right - left) * x, top + (bottom - top) * y] as const),
      );
      const seen = points.some(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit !== null && (part.contains(hit) || hit.contains(part) || (label?.contains(hit) ?? false));
      });
      return seen ? '' : `hidden: ${said}`;
    });
    if (fault === null) break;
    if (fault === 'left') left++;
    else if (fault !== '') faults.add(fault);
  }
  if (stops >= MOST) faults.add(`Tab does not come round in ${MOST} stops`);
  const missed = await page.evaluate(() => {
    const front = document.querySelector('dialog[open]') ?? document.body;
    const wanted = 'button, a[href], input, select, textarea, summary, [tabindex="0"]';
    return (
      [...front.querySelectorAll<HTMLElement>(wanted)]
        .filter(
          (each) => each.tabIndex >= 0 && !each.hasAttribute('data-walked') && !each.matches(':disabled'),
        )
        .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest('[inert]'))
        // A virtual list has rows that came while it scrolled.
        .filter((each) => !each.matches('[data-row]') && !each.closest('[role=listitem], [data-index]'))
        // Of a group of radio buttons Tab reaches the chosen one.
        .filter(
          (each) => !each.matches('input[type=radio]') && !each.closest('[role=radiogroup], [role=menu]'),
        )
        .map((each) => `not reached: ${(each.ariaLabel ?? each.textContent ?? '').slice(0, 60)}`)
    );
  });
  return { stops, faults: [...faults, ...missed] };
}
