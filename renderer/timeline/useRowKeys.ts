import { useEffect, useRef } from 'react';
import type { Geometry } from './geometry.ts';
import type { Source } from './source.ts';
import type { Scroll } from './useScroll.ts';

/** How many rows a key goes down; `Home` and `End` go as far as there are rows. */
function stepOf(key: string, screen: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return screen;
    case 'PageUp':
      return -screen;
    case 'Home':
      return -Infinity;
    case 'End':
      return Infinity;
    default:
      return null;
  }
}

/**
 * Walks the list by keys: the focus goes to a row wherever it is, read or not yet, and the list follows. A row that has
 * the focus and leaves the screen hands it to the list, so that the next key goes on from there.
 */
export function useRowKeys({
  source,
  geometry,
  scroll,
  row,
  version,
  onDelete,
}: {
  readonly source: Source;
  readonly geometry: Geometry;
  readonly scroll: Scroll;
  /** Height of a row, px. */
  readonly row: number;
  readonly version: number;
  readonly onDelete: () => void;
}) {
  const { book } = source;
  const { scroller, view } = scroll;
  /** Rank of the row that the keys are at, and whether it still has to get the focus. */
  const at = useRef<number | null>(null);
  const wanting = useRef(false);

  // After every draw: the row may have just come, or just gone.
  useEffect(() => {
    const box = scroller.current;
    if (!box || at.current === null) return;
    if (wanting.current) {
      const target = box.querySelector<HTMLElement>(`[data-rank="${at.current}"] [data-row]`);
      if (target) {
        wanting.current = false;
        target.focus({ preventScroll: true });
        return;
      }
    }
    if (document.activeElement === document.body) box.focus({ preventScroll: true });
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [scroller, scroll.offset, version, view]);

  return {
    onFocus(event: React.FocusEvent) {
      const line = (event.target as HTMLElement).closest<HTMLElement>('[data-rank]');
      if (line?.dataset['rank'] !== undefined) at.current = Number(line.dataset['rank']);
    },
    onKeyDown(event: React.KeyboardEvent) {
      const target = event.target as HTMLElement;
      if (!target.matches('[data-row]') && target !== scroller.current) return;
      if (event.key === 'Delete' || event.key === 'Backspace') {
        event.preventDefault();
        onDelete();
        return;
      }
      const step =
        event.altKey || event.ctrlKey || event.metaKey ? null : stepOf(event.key, Math.floor(view / row) - 1);
      if (step === null) return;
      event.preventDefault();
      const newest = book.rows() - 1;
      const from = at.current ?? newest;
      const next = Math.max(0, Math.min(newest, from - step));
      const line = book.lineOf(next);
      if (line === null) return;
      at.current = next;
      wanting.current = true;
      // The heading of the first row of an hour is shown with it.
      const heading = line > 0 && book.line(line - 1)?.type === 'hour' ? line - 1 : line;
      const top = geometry.top(heading);
      const bottom = geometry.top(line + 1);
      if (top < scroll.scale.offset()) scroll.jump(top);
      else if (bottom > scroll.scale.offset() + view) scroll.jump(bottom - view);
      else {
        wanting.current = false;
        scroller.current
          ?.querySelector<HTMLElement>(`[data-rank="${next}"] [data-row]`)
          ?.focus({ preventScroll: true });
      }
    },
  };
}
