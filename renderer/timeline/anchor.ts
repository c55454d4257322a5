import type { Book } from './book.ts';
import type { Geometry } from './geometry.ts';

/** Remembers which row is at the upper edge of the screen. */
export interface Anchor {
  /** `line` is at the edge while the list stands at `offset` px. */
  hold(book: Book, geometry: Geometry, line: number, offset: number): void;
  /** Where the list must stand to show the same as before, if it changed since and that is `wanted`; else null. */
  follow(version: number, book: Book, geometry: Geometry, wanted: boolean): number | null;
}

/** Nothing remembered yet. */
export function createAnchor(): Anchor {
  let held: { readonly rank: number; readonly above: number } | null = null;
  let seen = -1;
  return {
    hold(book, geometry, line, offset) {
      // A heading has no rank: the row below it stands for both.
      const found = [line, line + 1].map((each) => book.line(each)).find((each) => each?.type === 'row');
      const at = found?.type === 'row' ? book.lineOf(found.rank) : null;
      held =
        found?.type === 'row' && at !== null ? { rank: found.rank, above: offset - geometry.top(at) } : null;
    },
    follow(version, book, geometry, wanted) {
      if (seen === version) return null;
      seen = version;
      const line = held && wanted ? book.lineOf(held.rank) : null;
      return held && line !== null ? geometry.top(line) + held.above : null;
    },
  };
}
