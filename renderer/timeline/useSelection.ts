import { useCallback, useRef, useState } from 'react';
import type { Observation } from '../../src/model/observation.ts';
import { has, NONE, pick, take, type Selection } from './selection.ts';
import type { Source } from './source.ts';

/** Rows of a search that selecting an hour may read to have all of it; what can be forgotten at once. */
const MOST = 10_000;
const HOUR = 3_600_000;

type Read = readonly (Observation | undefined)[];
const allRead = (rows: Read): rows is readonly Observation[] => rows.every((row) => row !== undefined);

/** What is selected of a source, rows that were not read included. */
export function useSelection(source: Source | null) {
  const [selection, setSelection] = useState<Selection>(NONE);
  const anchor = useRef<{ readonly rank: number; readonly time: number } | null>(null);

  const onSelect = useCallback(
    (row: Observation, rank: number, range: boolean) => {
      const from = range ? anchor.current : null;
      anchor.current = { rank, time: row.time };
      setSelection((now) => {
        const on = !has(now, row);
        const [newest, oldest] = [Math.max(rank, from?.rank ?? rank), Math.min(rank, from?.rank ?? rank)];
        const lines = [source?.book.lineOf(newest) ?? null, source?.book.lineOf(oldest) ?? null] as const;
        if (!from || !source || lines[0] === null || lines[1] === null) return pick(now, [row], on);
        const rows = source.book.between(lines[0], lines[1]);
        if (allRead(rows)) return pick(now, rows, on);
        const [low, high] = [Math.min(from.time, row.time), Math.max(from.time, row.time)];
        return take(now, { from: low, to: high, newest, oldest });
      });
    },
    [source],
  );

  const onSelectHour = useCallback(
    (hour: number) => {
      if (!source) return;
      const { book } = source;
      const chosen = book.hours()[hour];
      if (!chosen) return;
      const { at } = chosen;
      const lines = () => {
        const first = book.headingOf(hour) + 1;
        return [first, first + (book.hours()[hour]?.many ?? 0) - 1] as const;
      };
      if (source.searching) {
        const select = async () => {
          await readHour(source, hour);
          const rows = book.between(...lines()).filter((row) => row !== undefined);
          setSelection((now) => pick(now, rows, true));
        };
        void select();
        return;
      }
      const [first, last] = lines();
      const rows = book.between(first, last);
      if (allRead(rows)) {
        setSelection((now) => pick(now, rows, true));
        return;
      }
      const [top, bottom] = [book.line(first), book.line(last)];
      if (top?.type !== 'row' || bottom?.type !== 'row') return;
      // What comes in this hour from now on is not selected.
      const to = Math.min(at + HOUR - 1, rows[0]?.time ?? Infinity);
      const span = { from: at, to, newest: top.rank, oldest: bottom.rank };
      setSelection((now) => take(now, span));
    },
    [source],
  );

  const clear = useCallback(() => setSelection(NONE), []);
  return { selection, onSelect, onSelectHour, clear };
}

/** Reads on in a search until the hour is whole: the next one has begun. */
async function readHour({ book, more }: Source, hour: number): Promise<void> {
  while (book.hours().length === hour + 1 && book.rows() < MOST) {
    if (!(await more().catch(() => false))) return;
  }
}
