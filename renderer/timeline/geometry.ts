import type { Book } from './book.ts';

/** Heights of the lines, px: a row's sentence has one line of text, on a narrow screen two. */
export const HEADING = 40;
export const ROW = { wide: 34, narrow: 54 } as const;
/** Below the last row, so that the card hides nothing. */
const BELOW = 240;

/** Where each line is, px from the top of the list. */
export interface Geometry {
  readonly height: number;
  top(line: number): number;
  /** The line at `y`. */
  at(y: number): number;
}

/** All rows are `row` px high but for those opened: `opened` has what each is higher by, by its rank. */
export function geometryOf(
  book: Pick<Book, 'lines' | 'headings' | 'lineOf'>,
  row: number,
  opened: ReadonlyMap<number, number>,
): Geometry {
  const more = [...opened].flatMap(([rank, by]) => {
    const line = book.lineOf(rank);
    return line === null ? [] : [{ line, by }];
  });
  const top = (line: number) =>
    line * row +
    book.headings(line) * (HEADING - row) +
    more.reduce((sum, each) => sum + (each.line < line ? each.by : 0), 0);
  return {
    height: top(book.lines()) + BELOW,
    top,
    at(y) {
      let [low, high] = [0, Math.max(0, book.lines() - 1)];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (top(middle) <= y) low = middle;
        else high = middle - 1;
      }
      return low;
    },
  };
}
