import type { Observation } from '../../src/model/observation.ts';
import { startOfHour } from '../ui/format.ts';

/** One hour of the list; `rows` has holes where nothing was read yet. */
interface Hour {
  readonly at: number;
  many: number;
  rows: (Observation | undefined)[];
  /** What was shown before the hour was counted anew, until it is read again. */
  old: readonly (Observation | undefined)[];
}

/** Where a row is: its hour and its place in it, newest first. */
export interface Place {
  readonly hour: number;
  readonly index: number;
}

/** One line of the list. `rank` is how many rows are older: it stays the row's while newer ones come. */
export type Line =
  | {
      readonly type: 'hour';
      readonly key: string;
      readonly at: number;
      readonly many: number;
      readonly hour: number;
    }
  | {
      readonly type: 'row';
      readonly key: string;
      readonly rank: number;
      readonly place: Place;
      /** Undefined until it was read. */
      readonly row: Observation | undefined;
      /** Whether it names its app: the first of a run. */
      readonly app: boolean;
    };

/** What is to be read next: from `to` (epoch ms) downwards, `skip` left out; begins with the row of this rank. */
export interface Gap {
  readonly to: number;
  readonly skip: number;
  readonly rank: number;
}

/** The timeline as far as it is known: the length of every hour, and the rows that were read of some. */
export type Book = ReturnType<typeof createBook>;

const HOUR = 3_600_000;

/**
 * A list of any length of which only some rows are held. Lines are numbered from 0: a heading for each hour, then its
 * rows. Mutable, for it changes many times a second; `version` rises with each change.
 */
export function createBook() {
  let hours: Hour[] = [];
  /** Line number of each hour's heading, and how many lines there are. */
  let starts: number[] = [];
  let lines = 0;
  let version = 0;
  let latest = -Infinity;
  let held = new Map<string, Hour>();

  function number(): void {
    starts = [];
    lines = 0;
    for (const hour of hours) {
      starts.push(lines);
      lines += hour.many + 1;
    }
    version++;
  }

  const shown = (hour: Hour, index: number) => hour.rows[index] ?? hour.old[index];

  /** The hour in which a line lies. */
  function hourOf(line: number): number {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  function hold(hour: Hour, index: number, row: Observation): void {
    hour.rows[index] = row;
    held.set(row.id, hour);
    latest = Math.max(latest, row.time);
  }

  /** The first hour that began at or before a time; the number of hours where there is none. */
  function hourAt(time: number): number {
    let [low, high] = [0, hours.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (hours[middle]!.at <= time) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The line of the row that `rank` rows are older than; null where there is none. */
  function lineOf(rank: number): number | null {
    const place = lines - hours.length - 1 - rank;
    if (place < 0 || rank < 0) return null;
    // Each hour puts one heading more in front.
    let [low, high] = [0, hours.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! - middle <= place) low = middle;
      else high = middle - 1;
    }
    return place + low + 1;
  }

  /** Adds one row that was just seen; false where only counting again can tell its place. */
  function add(row: Observation): boolean {
    const known = held.get(row.id);
    const grown = known?.rows.findIndex((each) => each?.id === row.id) ?? -1;
    if (known && grown >= 0) {
      known.rows[grown] = row;
      return true;
    }
    const at = startOfHour(row.time);
    const place = hourAt(at);
    let hour = hours[place];
    if (hour?.at !== at) hours.splice(place, 0, (hour = { at, many: 0, rows: [], old: [] }));
    let index = 0;
    while (index < hour.many && (hour.rows[index]?.time ?? -Infinity) > row.time) index++;
    // Among rows that were not read, it may be an old one that only grew.
    if (index < hour.many && !hour.rows[index] && row.time < latest) return false;
    hour.rows.splice(index, 0, row);
    if (hour.old.length > 0) hour.old = hour.old.toSpliced(index, 0, undefined);
    hour.many++;
    hold(hour, index, row);
    return true;
  }

  return {
    version: () => version,
    lines: () => lines,
    rows: () => lines - hours.length,
    /** How many rows are held. */
    held: () => held.size,
    hours: (): readonly { readonly at: number; readonly many: number }[] => hours,
    /** The hours newest first, each start with its number of rows; what was read stays where the number stayed. */
    count(list: readonly (readonly [number, number])[], from = -Infinity): void {
      const before = new Map(hours.map((hour) => [hour.at, hour]));
      const counted = list
        .filter(([, many]) => many > 0)
        .map(([at, many]): Hour => {
          const known = before.get(at);
          if (!known) return { at, many, rows: [], old: [] };
          if (known.many === many) return known;
          const old = Array.from({ length: Math.min(many, known.many) }, (_, n) => shown(known, n));
          for (const row of known.rows) if (row) held.delete(row.id);
          return { at, many, rows: [], old };
        });
      const rest = hours.filter((hour) => hour.at < startOfHour(from));
      const kept = new Set([...counted, ...rest]);
      held = new Map([...held].filter(([, hour]) => kept.has(hour)));
      hours = [...counted, ...rest];
      number();
    },
    /**
     * Rows as they were read for a gap, from the row of this rank on; `ended` where there are no more. False where they do
     * not fit the counts, which are old then.
     */
    put(rank: number, rows: readonly Observation[], ended: boolean): boolean {
      version++;
      const first = lineOf(rank);
      if (first === null) return false;
      let at = hourOf(first);
      let next = first - starts[at]! - 1;
      const on = () => {
        while (at < hours.length && next >= hours[at]!.many) [at, next] = [at + 1, 0];
        return hours[at];
      };
      for (const row of rows) {
        const into = on();
        // One that came meanwhile has its place already.
        const known = held.get(row.id);
        const elsewhere = known !== undefined && (known !== into || known.rows[next]?.id !== row.id);
        if (elsewhere && known.rows.some((each) => each?.id === row.id)) continue;
        if (!into || startOfHour(row.time) !== into.at) return false;
        const before = into.rows[next];
        if (before && before.id !== row.id) held.delete(before.id);
        hold(into, next, row);
        next++;
      }
      return !ended || on() === undefined;
    },
    /** Rows in the order of a search, which knows no length beforehand. */
    append(rows: readonly Observation[]): void {
      for (const row of rows) {
        const at = startOfHour(row.time);
        let hour = hours.at(-1);
        if (hour?.at !== at) hours.push((hour = { at, many: 0, rows: [], old: [] }));
        hold(hour, hour.many++, row);
      }
      number();
    },
    /** Rows just seen, or grown, oldest first. True where some could not be placed: the hours are to be counted again. */
    add(rows: readonly Observation[]): boolean {
      let stale = false;
      for (const row of rows) if (!add(row)) stale = true;
      number();
      return stale;
    },
    /** One line by its number; null outside the list. */
    line(number: number): Line | null {
      if (number < 0 || number >= lines) return null;
      const at = hourOf(number);
      const hour = hours[at]!;
      const index = number - starts[at]! - 1;
      if (index < 0)
        return {
          type: 'hour',
          key: `hour-${hour.at}-${hours.length - at}`,
          at: hour.at,
          many: hour.many,
          hour: at,
        };
      const row = shown(hour, index);
      const rank = lines - number - 1 - (hours.length - 1 - at);
      const app = index === 0 || shown(hour, index - 1)?.app !== row?.app;
      return { type: 'row', key: `row-${rank}`, rank, place: { hour: at, index }, row, app };
    },
    lineOf,
    /** The line of an hour's heading. */
    headingOf: (hour: number): number => starts[hour] ?? 0,
    /** How many of the lines before this one are headings. */
    headings(number: number): number {
      if (number >= lines) return hours.length;
      const at = hourOf(Math.max(0, number));
      return hours.length === 0 ? 0 : at + (starts[at]! < number ? 1 : 0);
    },
    /** The heading of the first hour that began at or before a time; the last heading where all are newer. */
    headingAt: (time: number): number => starts[Math.min(hourAt(time), hours.length - 1)] ?? 0,
    /** The first unread row of lines `from` to `to`, or null. */
    gap(from: number, to: number): Gap | null {
      for (let number = Math.max(0, from); number <= Math.min(to, lines - 1); number++) {
        const at = hourOf(number);
        const index = number - starts[at]! - 1;
        const hour = hours[at]!;
        if (index < 0 || hour.rows[index]) continue;
        const rank = lines - number - 1 - (hours.length - 1 - at);
        const above = hour.rows[index - 1];
        // From a row that is there on, whatever came above it meanwhile.
        if (above && at === 0) return { to: above.time, skip: 0, rank };
        return { to: hour.at + HOUR - 1, skip: index, rank };
      }
      return null;
    },
    /** Lets go of rows outside lines `from` to `to`. */
    trim(from: number, to: number): void {
      for (const [at, hour] of hours.entries()) {
        const first = starts[at]! + 1;
        if (hour.rows.length === 0 || (first >= from && first + hour.many <= to)) continue;
        for (const [index, row] of hour.rows.entries()) {
          if (!row || (first + index >= from && first + index <= to)) continue;
          hour.rows[index] = undefined;
          held.delete(row.id);
        }
        if (first > to || first + hour.many < from) Object.assign(hour, { rows: [], old: [] });
      }
    },
    /** The rows between two lines, both included; undefined where one was not read. */
    between(from: number, to: number): readonly (Observation | undefined)[] {
      const found: (Observation | undefined)[] = [];
      for (let number = from; number <= to; number++) {
        const at = hourOf(number);
        const index = number - starts[at]! - 1;
        if (index >= 0) found.push(hours[at]!.rows[index]);
      }
      return found;
    },
  };
}
