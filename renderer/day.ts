import type { Stay } from '../src/model/log.ts';
import type { Observation } from '../src/model/observation.ts';
import type { Bridge } from './bridge.ts';
import { startOfDay } from './ui/format.ts';

/** The picture of the day is drawn anew at most this often, ms: it shows minutes. */
const DRAWN = 1000;
/** It is read anew at most this often, ms, when much changed. */
const READ = 5000;
/** Stays that are held; the log gives no more either. */
const MOST = 10_000;

/**
 * Today's windows in front, newest first: read once, then kept up by what is observed. `onChange` hears of them at most
 * once a second, `onFail` of a reading that failed.
 */
export function createDay(
  bridge: Pick<Bridge, 'call' | 'on'>,
  now: () => number,
  onChange: (day: readonly Stay[]) => void,
  onFail: (error: unknown) => void,
): { read(): Promise<void> } {
  let day: Stay[] = [];
  let began = false;
  /** It is being read from nothing: what is held now is no day to show. */
  let bare = false;
  let due: ReturnType<typeof setTimeout> | undefined;
  let rereading: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    if (bare) return;
    const since = startOfDay(now());
    while (day.length > MOST || (day.length > 0 && day.at(-1)!.time < since)) day.pop();
    onChange([...day]);
  }

  const later = () => {
    due ??= setTimeout(() => {
      due = undefined;
      tell();
    }, DRAWN);
  };

  /** A stay at its place; what is new is near the front. */
  function put({ id, time, duration, app = '' }: Observation): void {
    const stay = { id, time, duration, app };
    for (let at = 0; ; at++) {
      const there = day[at];
      if (there?.id === id) return void (day[at] = stay);
      if (there && there.time >= time) continue;
      // Of several that began at once, one may be this.
      return void day.splice(at, 0, stay);
    }
  }

  async function read(): Promise<void> {
    const { rows } = await bridge.call('observations.stays', { from: startOfDay(now()) });
    // What was observed while it was read is newer than what was read.
    const known = new Set(rows.map((row) => row.id));
    const [first] = rows;
    const fresh = began
      ? day.filter((stay) => !known.has(stay.id) && stay.time > (first?.time ?? -Infinity))
      : [];
    day = [...fresh, ...rows];
    began = true;
    bare = false;
    tell();
  }

  bridge.on('observed', (rows) => {
    if (!began) return;
    const stays = rows.filter((row) => row.kind === 'window' && row.app !== undefined);
    for (const row of stays) put(row);
    if (stays.length > 0) later();
  });
  bridge.on('changed', () => {
    rereading ??= setTimeout(() => {
      rereading = undefined;
      // What was forgotten must not come back from memory.
      day = [];
      bare = true;
      void read().catch(onFail);
    }, READ);
  });
  return { read };
}
