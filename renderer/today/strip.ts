import type { Stay } from '../../src/model/log.ts';
import { startOfHour } from '../ui/format.ts';

/** A stretch of the day in one app; `app` null is a stretch away or unseen. Share is 0 to 1 of the strip. */
export interface Stretch {
  readonly app: string | null;
  readonly share: number;
}

/** The day as the strip draws it; times in epoch ms. */
export interface DayStrip {
  readonly from: number;
  readonly to: number;
  readonly stretches: readonly Stretch[];
  /** Apps by time in focus, longest first, ms. */
  readonly apps: readonly { readonly app: string; readonly ms: number }[];
}

/** Slots of the strip: fine enough to see ten minutes of a day, coarse enough to stay calm. */
const SLOTS = 144;
const HOUR = 3_600_000;
/** A focus without a following event counts no longer than this, ms. */
const OPEN_END = 5 * 60_000;

/**
 * Colours a day by the app in focus.
 *
 *     window  A────────B──A─────            ·  afk ·
 *     strip   AAAAAAAA BBBAAAAA.................
 *
 * A slot belongs to the app that held it longest. The strip runs over whole hours, at least eight of them.
 */
export function dayStrip(stays: readonly Stay[], now: number): DayStrip | null {
  const focus = stays.toSorted((a, b) => a.time - b.time);
  const first = focus[0];
  const last = focus.at(-1);
  if (!first || !last) return null;
  const from = startOfHour(first.time);
  const end = Math.max(last.time + last.duration, Math.min(now, last.time + HOUR));
  const to = Math.max(from + 8 * HOUR, startOfHour(end) + HOUR);
  const slot = (to - from) / SLOTS;
  const held: Map<string, number>[] = Array.from({ length: SLOTS }, () => new Map());
  const totals = new Map<string, number>();

  focus.forEach((each, at) => {
    const next = focus[at + 1]?.time ?? now;
    const length = Math.max(
      0,
      Math.min(each.duration || Math.min(next - each.time, OPEN_END), next - each.time),
    );
    const { app } = each;
    totals.set(app, (totals.get(app) ?? 0) + length);
    for (let t = each.time; t < each.time + length;) {
      const index = Math.min(SLOTS - 1, Math.floor((t - from) / slot));
      const edge = Math.min(from + (index + 1) * slot, each.time + length);
      held[index]?.set(app, (held[index].get(app) ?? 0) + edge - t);
      t = edge > t ? edge : t + slot;
    }
  });

  const stretches: { app: string | null; share: number }[] = [];
  for (const slotHeld of held) {
    const best = [...slotHeld].sort((a, b) => b[1] - a[1])[0];
    const app = best && best[1] > slot / 5 ? best[0] : null;
    const open = stretches.at(-1);
    if (open && open.app === app) open.share += 1 / SLOTS;
    else stretches.push({ app, share: 1 / SLOTS });
  }
  const apps = [...totals].map(([app, ms]) => ({ app, ms })).sort((a, b) => b.ms - a.ms);
  return { from, to, stretches, apps };
}
