import type { z } from 'zod';
import type { ForgetFilter } from '../../src/model/log.ts';
import type { Observation } from '../../src/model/observation.ts';

/** Rows from one to another, read or not: their times (epoch ms) and ranks, ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly oldest: number;
  readonly newest: number;
}

/** What is selected: whole spans but for some rows, and single rows. Ids with the times of their rows. */
export interface Selection {
  readonly spans: readonly Span[];
  readonly except: ReadonlyMap<string, number>;
  readonly ids: ReadonlyMap<string, number>;
}

/** Nothing. */
export const NONE: Selection = { spans: [], except: new Map(), ids: new Map() };

const within = ({ spans }: Selection, time: number) =>
  spans.some((span) => time >= span.from && time <= span.to);

/** Whether a row is selected. */
export function has(selection: Selection, { id, time }: Pick<Observation, 'id' | 'time'>): boolean {
  return selection.ids.has(id) || (!selection.except.has(id) && within(selection, time));
}

/** How many rows are selected. */
export function sizeOf({ spans, except, ids }: Selection): number {
  return spans.reduce((sum, span) => sum + span.newest - span.oldest + 1, 0) - except.size + ids.size;
}

/** The selection with single rows taken in, or out. */
export function pick(
  selection: Selection,
  rows: readonly Pick<Observation, 'id' | 'time'>[],
  on: boolean,
): Selection {
  const [ids, except] = [new Map(selection.ids), new Map(selection.except)];
  for (const { id, time } of rows) {
    if (within(selection, time)) {
      if (on) except.delete(id);
      else except.set(id, time);
    } else if (on) ids.set(id, time);
    else ids.delete(id);
  }
  return { ...selection, ids, except };
}

/** The selection with a span taken in; what it covers or touches becomes part of it. */
export function take(selection: Selection, span: Span): Selection {
  let whole = span;
  const spans = selection.spans.filter((each) => {
    if (each.newest < whole.oldest || each.oldest > whole.newest) return true;
    whole = {
      from: Math.min(each.from, whole.from),
      to: Math.max(each.to, whole.to),
      oldest: Math.min(each.oldest, whole.oldest),
      newest: Math.max(each.newest, whole.newest),
    };
    return false;
  });
  const outside = ([, time]: readonly [string, number]) => time < whole.from || time > whole.to;
  return {
    spans: [...spans, whole],
    // Within the new span even what was left out before is wanted now; elsewhere it stays out.
    except: new Map([...selection.except].filter(([, time]) => time < span.from || time > span.to)),
    ids: new Map([...selection.ids].filter(outside)),
  };
}

/** What to forget for a selection in a list of one app, or of all. */
export function filterOf(
  { spans, except, ids }: Selection,
  app: string | null,
): z.input<typeof ForgetFilter> {
  if (spans.length === 0) return { observations: [...ids.keys()] };
  return {
    began: spans.map(({ from, to }) => ({ from, to })),
    ...(app !== null && { only: app }),
    except: [...except.keys()],
    also: [...ids.keys()],
  };
}
