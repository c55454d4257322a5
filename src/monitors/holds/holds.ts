import type { Hold, HoldKind, Holds } from '../../model/hold.ts';
import type { Clock } from '../../model/ports.ts';
import type { Settings } from '../../model/settings.ts';
import { SPOKEN } from '../../model/spoken.ts';
import type { Focus } from '../focus.ts';
import { meetingIn, saysShared } from './meeting.ts';

/** Milliseconds for which what the system says is believed before it is asked again. */
const KEPT_MS = 2_000;
/** Processes come and go more slowly, and there are hundreds. */
const PROGRAMS_MS = 20_000;

/** What can be asked of the system; each answers at once, null where it cannot know. Must not throw. */
export interface HoldSenses {
  readonly focus: () => Focus;
  readonly microphone: () => boolean | null;
  readonly onBattery: () => boolean | null;
  /** A meeting program that runs, by name. Asked only while the microphone is in use. */
  readonly program: () => string | null;
}

/**
 * What holds cards back now, by the settings then in force:
 *
 *     full screen    the window in front says so
 *     meeting        its window or page is in front; or its program runs, or was in front, and the microphone is in use
 *     sharing        a window says that the screen is shared
 *     battery        the machine runs on it: the model rests
 *
 * Titles are looked at here and go nowhere: what is told are fixed words. Unknown holds nothing: a desktop that tells
 * nothing would else stay silent for ever.
 */
export function createHolds(
  senses: HoldSenses,
  options: { readonly clock: Clock; readonly settings: () => Settings['holds'] },
): Holds {
  const { clock } = options;
  const microphone = kept(senses.microphone, KEPT_MS, clock);
  const battery = kept(senses.onBattery, KEPT_MS, clock);
  const program = kept(senses.program, PROGRAMS_MS, clock);
  /** A meeting that was in front, until the microphone is closed. */
  let latest: string | null = null;

  const meeting = (focus: Focus): string | null => {
    const front = focus.own ? null : meetingIn(focus);
    const open = microphone() === true;
    if (front && (front.sure || open)) {
      latest = front.name;
      return front.name;
    }
    if (!open) {
      latest = null;
      return null;
    }
    return latest ?? program();
  };

  return () => {
    const wanted = options.settings();
    const focus = senses.focus();
    const found: Hold[] = [];
    if (wanted.sharing && (focus.sharing || saysShared(focus.title ?? ''))) {
      found.push(hold('sharing'));
    }
    if (wanted.meetings) {
      const name = meeting(focus);
      if (name) found.push(hold('meetings', name));
    }
    if (wanted.fullScreen && focus.fullScreen && !focus.own) {
      found.push(hold('fullScreen'));
    }
    if (wanted.battery && battery() === true) {
      found.push(hold('battery'));
    }
    return found;
  };
}

/** A hold, with its words in English: who shows another language says it by its kind. */
function hold(kind: HoldKind, app?: string): Hold {
  return { kind, why: SPOKEN.en.holds[kind](app), ...(app !== undefined && { app }) };
}

/** Asks again only after `ms`. A clock that went back asks too. */
function kept<T>(ask: () => T, ms: number, clock: Clock): () => T {
  let at = Number.NaN;
  let value: T;
  return () => {
    const since = clock.now() - at;
    if (!(since >= 0 && since < ms)) {
      value = ask();
      at = clock.now();
    }
    return value;
  };
}
