import { describe, expect, it } from 'vitest';
import { createBook } from '../../renderer/timeline/book.ts';
import { geometryOf, HEADING } from '../../renderer/timeline/geometry.ts';
import { createScale } from '../../renderer/timeline/scale.ts';
import { filterOf, has, NONE, pick, sizeOf, take } from '../../renderer/timeline/selection.ts';
import { newId } from '../../src/model/id.ts';
import type { Observation } from '../../src/model/observation.ts';
import { selects } from '../../src/model/selected.ts';

const HOUR = 3_600_000;
const NINE = new Date(2026, 2, 3, 9).getTime();

function at(time: number, more: Partial<Observation> = {}): Observation {
  const id = newId(time);
  return { id, time, duration: 0, kind: 'window', app: 'Code', event: `At ${time}.`, sources: [id], ...more };
}

/** All that a log would hold: `many` rows in each of `hours` hours, newest first. */
function logOf(hours: number, many: number): Observation[] {
  return Array.from({ length: hours * many }, (_, n) => {
    const hour = Math.floor(n / many);
    return at(NINE - hour * HOUR + 3_000_000 - (n % many) * 1000);
  });
}
const countsOf = (rows: readonly Observation[]) => {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const start = new Date(row.time).setMinutes(0, 0, 0);
    counts.set(start, (counts.get(start) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[0] - a[0]);
};
/** Reads the first gap of some lines as the core would. */
function read(book: ReturnType<typeof createBook>, log: readonly Observation[], from: number, to: number) {
  const gap = book.gap(from, to);
  if (!gap) return null;
  const rows = log.filter((row) => row.time <= gap.to).slice(gap.skip, gap.skip + 200);
  return book.put(gap.rank, rows, rows.length < 200);
}
const shown = (book: ReturnType<typeof createBook>) =>
  Array.from({ length: book.lines() }, (_, n) => book.line(n)).map((line) =>
    line?.type === 'row' ? line.row?.id : line?.many,
  );

describe('the book of the timeline', () => {
  it('knows every line from the counts alone, and reads a place in the middle of an hour', () => {
    const log = logOf(30, 700);
    const book = createBook();
    book.count(countsOf(log));
    expect([book.lines(), book.rows(), book.held()]).toEqual([30 * 701, 21_000, 0]);
    expect(book.line(701 * 12)).toMatchObject({ type: 'hour', at: NINE - 12 * HOUR, many: 700 });
    expect(read(book, log, 701 * 12 + 401, 701 * 12 + 430)).toBe(true);
    expect(book.line(701 * 12 + 401)).toMatchObject({ rank: 21_000 - 8801, row: log[12 * 700 + 400] });
    // A gap goes on into the next hour.
    expect(read(book, log, 701 * 12 + 601, 701 * 12 + 720)).toBe(true);
    expect(book.line(701 * 13 + 1)).toMatchObject({ row: log[13 * 700] });
    for (let line = 0; line < book.lines(); line += 97) {
      const found = book.line(line);
      if (found?.type === 'row') expect(book.lineOf(found.rank)).toBe(line);
    }
    expect([book.line(-1), book.line(book.lines()), book.lineOf(21_000)]).toEqual([null, null, null]);
    book.trim(0, 100);
    expect(book.held()).toBe(0);
  });

  it('takes what is new once and grows what it has, in order, in new hours too', () => {
    const log = logOf(2, 3);
    const book = createBook();
    book.count(countsOf(log));
    expect(read(book, log, 0, 10)).toBe(true);
    const next = at(NINE + HOUR + 5);
    const late = at(log[1]!.time + 1);
    expect(book.add([late, next])).toBe(false);
    expect(
      book.add([
        { ...next, duration: 9 },
        { ...late, duration: 9 },
      ]),
    ).toBe(false);
    expect(shown(book)).toEqual([
      1,
      next.id,
      4,
      log[0]!.id,
      late.id,
      log[1]!.id,
      log[2]!.id,
      3,
      ...log.slice(3).map((row) => row.id),
    ]);
    expect(book.line(1)).toMatchObject({ row: { duration: 9 }, rank: 7 });
  });

  it('asks for a new count where it cannot know whether a row is new', () => {
    const log = logOf(2, 3);
    const book = createBook();
    book.count(countsOf(log));
    book.add([at(NINE + HOUR)]);
    // Its hour was never read: it may be one of the three.
    expect(book.add([{ ...log[1]!, duration: 9 }])).toBe(true);
    expect(book.rows()).toBe(7);
  });

  it('says when what was read does not fit the counts, and shows the old rows until the new are there', () => {
    const log = logOf(2, 3);
    const book = createBook();
    book.count(countsOf(log));
    read(book, log, 0, 10);
    const fewer = log.filter((_, n) => n !== 1);
    book.count(countsOf(fewer));
    expect(shown(book)).toEqual([2, log[0]!.id, log[1]!.id, 3, ...log.slice(3).map((row) => row.id)]);
    expect(read(book, fewer, 0, 10)).toBe(true);
    expect(shown(book).slice(0, 3)).toEqual([2, log[0]!.id, log[2]!.id]);
    const book2 = createBook();
    book2.count(countsOf(log));
    expect(read(book2, fewer, 0, 10)).toBe(false);
  });

  it('counts only the newest hours anew, and the rest stays as it is', () => {
    const log = logOf(3, 4);
    const book = createBook();
    book.count(countsOf(log));
    read(book, log, 0, 20);
    const more = at(NINE + 3_500_000);
    book.count(countsOf([more, ...log]).slice(0, 1), NINE);
    expect(book.rows()).toBe(13);
    expect(book.line(6)).toMatchObject({ type: 'hour', at: NINE - HOUR });
    expect(book.line(7)).toMatchObject({ row: log[4] });
  });

  it('takes a search as it comes', () => {
    const log = logOf(2, 2);
    const book = createBook();
    book.append(log.slice(0, 3));
    book.append(log.slice(3));
    expect(shown(book)).toEqual([2, log[0]!.id, log[1]!.id, 2, log[2]!.id, log[3]!.id]);
  });
});

describe('the scale of the timeline', () => {
  it('reaches every row of 34 million pixels, by jumps and by single steps', () => {
    const scale = createScale();
    const [height, view] = [34_000_000, 700];
    scale.resize(height, view);
    expect(scale.physical()).toBeLessThan(33_554_431);
    scale.scrolled(scale.physical() - view);
    expect(scale.offset()).toBe(height - view);
    let at = scale.settle();
    // Back from the end by the wheel, pixel by pixel.
    for (let n = 0; n < 1000; n++) scale.scrolled((at -= 100));
    expect(scale.offset()).toBe(height - view - 100_000);
    scale.scrolled(scale.physical() / 2);
    expect(scale.offset() / height).toBeCloseTo(0.5, 3);
    const before = scale.offset();
    at = scale.settle();
    expect(scale.scrolled(at)).toBe(false);
    scale.scrolled(at + 60);
    expect(scale.offset()).toBeCloseTo(before + 60, 6);
    scale.scrolled(0);
    expect(scale.offset()).toBe(0);
  });

  it('is the scroller itself where the list is short, and keeps its place when the list grows above', () => {
    const scale = createScale();
    scale.resize(5000, 700);
    scale.scrolled(2000);
    expect([scale.offset(), scale.settle()]).toEqual([2000, 2000]);
    scale.resize(5340, 700);
    scale.jump(2340);
    expect(scale.settle()).toBe(2340);
  });

  it('finds the line at each height, opened rows and headings counted', () => {
    const book = createBook();
    book.count(countsOf(logOf(50, 20)));
    const geometry = geometryOf(book, 34, new Map([[book.rows() - 3, 66]]));
    expect(geometry.height).toBe(50 * HEADING + 1000 * 34 + 66 + 240);
    for (let line = 0; line < book.lines(); line++) {
      expect(geometry.at(geometry.top(line))).toBe(line);
      expect(geometry.at(geometry.top(line + 1) - 1)).toBe(line);
    }
  });
});

describe('a selection', () => {
  const rows = logOf(3, 3);
  const span = (newest: number, oldest: number) => ({
    to: rows[8 - newest]!.time,
    from: rows[8 - oldest]!.time,
    newest,
    oldest,
  });

  it('holds spans, single rows and exceptions, and its filter selects the same', () => {
    let selection = pick(NONE, [rows[0]!, rows[4]!], true);
    expect(sizeOf(selection)).toBe(2);
    expect(filterOf(selection, 'Code')).toEqual({ observations: [rows[0]!.id, rows[4]!.id] });
    selection = take(selection, span(5, 2));
    selection = pick(selection, [rows[5]!], false);
    expect(sizeOf(selection)).toBe(4);
    const filter = filterOf(selection, 'Code');
    if (!('began' in filter)) throw new Error('not by time');
    expect(rows.filter((row) => has(selection, row))).toEqual([rows[0], rows[3], rows[4], rows[6]]);
    expect(rows.filter(selects(filter))).toEqual([rows[0], rows[3], rows[4], rows[6]]);
    expect(selects(filter)({ ...rows[3]!, app: 'Mail' })).toBe(false);
  });

  it('joins spans that overlap and counts no row twice', () => {
    const both = take(take(NONE, span(6, 3)), span(4, 1));
    expect(both.spans).toEqual([span(6, 1)]);
    expect(sizeOf(both)).toBe(6);
    expect(sizeOf(take(both, span(8, 8)))).toBe(7);
  });
});
