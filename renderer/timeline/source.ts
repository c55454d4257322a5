import type { Observation } from '../../src/model/observation.ts';
import type { Bridge } from '../bridge.ts';
import { startOfHour } from '../ui/format.ts';
import { FIRST, readNewest, type Ahead, type Newest } from './ahead.ts';
import { createBook, type Book } from './book.ts';

/** What the list shows: full-text words and one app, both optional. */
export interface Filter {
  readonly text: string;
  readonly app: string | null;
}

/** Lines on the screen, and those that are soon to be there. */
export interface Wanted {
  readonly from: number;
  readonly to: number;
  /** Lines more to read: before `from` when scrolling up, after `to` when scrolling down. */
  readonly above: number;
  readonly below: number;
}

/** The rows of one filter, read as they are wanted. */
export interface Source {
  readonly book: Book;
  /** Words are searched for: rows come by pages, and the length is known at the end only. */
  readonly searching: boolean;
  state(): 'loading' | 'ready' | 'failed';
  /** Reads what is wanted and lets go of what is far from it. */
  want(wanted: Wanted): void;
  /** Reads the lengths again, of hours since `from` (epoch ms). */
  recount(from?: number): void;
  /** Reads on in a search; false at its end, or where there is nothing to read on. */
  more(): Promise<boolean>;
  /** Of rows just told, how many were put above others: their place in the list moved. */
  add(rows: readonly Observation[]): void;
  close(): void;
}

/** Rows per reading: about eight screens. */
const PAGE = 200;
const READINGS = 2;
/** Rows that are held at most; far ones are let go of above this. */
const HELD = 4000;
/** Lengths are read again at most this often, ms. */
const RECOUNT = 1000;

/** Reads the rows of a filter over `bridge`; `onChange` hears of every change. All rows begin with what `ahead` has. */
export function createSource(
  bridge: Pick<Bridge, 'call'>,
  filter: Filter,
  onChange: () => void,
  ahead?: Ahead,
): Source {
  const book = createBook();
  const of = filter.app === null ? {} : { app: filter.app };
  const searching = filter.text !== '';
  const reading = new Map<number, number>();
  let state: ReturnType<Source['state']> = 'loading';
  let open = true;
  let wanted: Wanted = { from: 0, to: 40, above: 0, below: 60 };
  let next: number | undefined;
  let paging: Promise<boolean> | null = null;
  /** The log was read: what is shown is no longer what `ahead` had. */
  let begun = false;
  let pending: Observation[] = [];
  let recounting: ReturnType<typeof setTimeout> | undefined;
  let recountFrom = Infinity;
  let counted = 0;

  const become = (to: typeof state) => {
    state = to;
    onChange();
  };
  const fail = () => open && become('failed');

  async function begin(): Promise<void> {
    if (searching) {
      await page();
      return;
    }
    const all = filter.app === null ? ahead : undefined;
    const kept = all?.newest();
    const reading = all ? all.read() : readNewest(bridge, of);
    // After the caller has the source in its hands.
    if (kept) queueMicrotask(() => open && state === 'loading' && show(kept));
    const newest = await reading;
    if (!open) return;
    begun = true;
    show(newest);
  }

  function show({ hours, rows }: Newest): void {
    book.count(hours);
    counted = performance.now();
    const last = book.rows() - 1;
    if (last >= 0 && !book.put(last, rows, rows.length < FIRST)) recount();
    const came = pending;
    pending = [];
    state = 'ready';
    if (came.length > 0) add(came);
    onChange();
  }

  async function page(): Promise<boolean> {
    const { rows, next: after } = await bridge.call('observations.list', {
      limit: PAGE,
      text: filter.text,
      ...of,
      ...(next !== undefined && { before: next }),
    });
    if (!open) return false;
    next = after;
    book.append(rows);
    become('ready');
    return after !== undefined;
  }

  function more(): Promise<boolean> {
    if (next === undefined || !open) return Promise.resolve(false);
    return (paging ??= page().finally(() => (paging = null)));
  }

  /** The first gap in these lines that nobody reads yet. */
  function gapIn(from: number, to: number) {
    for (let at = from; at <= to;) {
      const gap = book.gap(at, to);
      if (!gap) return null;
      const line = book.lineOf(gap.rank) ?? to;
      const taken = [...reading].find(([rank, limit]) => gap.rank <= rank && gap.rank > rank - limit);
      if (!taken) return gap;
      at = line + 1;
    }
    return null;
  }

  function pump(): void {
    const { from, to, above, below } = wanted;
    if (!open || state !== 'ready') return;
    while (reading.size < READINGS) {
      const gap = gapIn(from, to) ?? gapIn(Math.max(0, from - above), to + below);
      if (!gap) return;
      void read(gap.to, gap.skip, gap.rank);
    }
  }

  async function read(to: number, skip: number, rank: number): Promise<void> {
    reading.set(rank, PAGE);
    try {
      const { rows } = await bridge.call('observations.at', { to, skip, limit: PAGE, ...of });
      if (!open) return;
      if (!book.put(rank, rows, rows.length < PAGE)) recount();
      if (book.held() > HELD) book.trim(wanted.from - HELD / 4, wanted.to + HELD / 4);
      onChange();
    } catch {
      if (open && book.held() === 0) fail();
      else wanted = { ...wanted, to: wanted.from - 1, above: 0, below: 0 };
    } finally {
      reading.delete(rank);
    }
    pump();
  }

  function recount(from = -Infinity): void {
    if (!open || searching) return;
    recountFrom = Math.min(recountFrom, from);
    const wait = Math.max(0, counted + RECOUNT - performance.now());
    recounting ??= setTimeout(() => {
      recounting = undefined;
      const since = recountFrom;
      recountFrom = Infinity;
      counted = performance.now();
      const part = since > 0 ? { from: startOfHour(since) } : {};
      // A failure is the connection's, whose return has all read anew.
      void countAgain(part).catch(() => {});
    }, wait);
  }

  async function countAgain(part: { readonly from?: number }): Promise<void> {
    const { hours } = await bridge.call('observations.hours', { ...of, ...part });
    if (!open) return;
    book.count(hours, part.from);
    pump();
    onChange();
  }

  function add(rows: readonly Observation[]): void {
    if (searching) return;
    const mine = filter.app === null ? rows : rows.filter((row) => row.app === filter.app);
    if (mine.length === 0) return;
    // What is read now may not have them yet.
    if (!begun) pending = [...pending, ...mine].slice(-1000);
    if (state !== 'ready') return;
    if (book.add(mine.toSorted((a, b) => a.time - b.time))) recount(Math.min(...mine.map((row) => row.time)));
    if (book.held() > HELD) book.trim(wanted.from - HELD / 4, wanted.to + HELD / 4);
  }

  void begin().catch(fail);
  return {
    book,
    searching,
    state: () => state,
    want(now) {
      wanted = now;
      if (searching) {
        if (now.to + now.below >= book.lines() - 1) void more().catch(() => {});
      } else pump();
    },
    recount,
    more,
    add,
    close() {
      open = false;
      clearTimeout(recounting);
    },
  };
}
