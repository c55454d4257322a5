import { clockWords } from './clockWords.ts';
import { SPOKEN } from './spoken.ts';
import type { HoldKind } from './hold.ts';
import type { Language } from './language.ts';

/** What the program does now, as a state of the assistant carries it. */
export interface CaptureState {
  readonly capture: 'watching' | 'paused' | 'wrong';
  /** What is wrong: a sentence of the core, English in every language. */
  readonly reason?: string;
  /** The same, from a core that tells no more. */
  readonly says?: string;
  readonly pausedBy: 'you' | 'hours' | 'welcome' | null;
  /** Epoch milliseconds; 0 until resumed; null when not paused. */
  readonly pausedUntil: number | null;
  /** Epoch milliseconds until which no card comes. */
  readonly quietUntil: number | null;
  /** What keeps cards back. */
  readonly hold?: { readonly kind: HoldKind; readonly app?: string };
  readonly sources: readonly { readonly state: string }[];
}

/** A hold in words. */
export function holdWords({ kind, app }: NonNullable<CaptureState['hold']>, language: Language): string {
  return SPOKEN[language].holds[kind](app);
}

/**
 * The details of the state in a few words, without the word for the state itself: tray, status line, `doctor` and command
 * line show these and no others. `now` is epoch milliseconds of the machine's clock.
 */
export function captureDetails(state: CaptureState, language: Language, now: number): string {
  const words = SPOKEN[language].capture;
  const { capture, pausedBy, pausedUntil, quietUntil, hold } = state;
  if (capture === 'paused') {
    if (pausedBy === 'welcome') return words.untilStarted;
    const time = pausedUntil ? clockWords(pausedUntil, now, language) : null;
    if (pausedBy === 'hours') return time === null ? words.outsideHours : words.outsideHoursUntil(time);
    return time === null ? words.untilResumed : words.until(time);
  }
  if (capture === 'wrong') return (state.reason ?? state.says ?? '').replace(/^(\w+: )?\[[\w:-]+\] /, '$1');
  const on = state.sources.filter((each) => each.state !== 'off');
  const well = on.filter((each) => each.state === 'healthy').length;
  return [
    // Nothing is seen: never a count that reads as if all were well.
    on.length === 0 ? words.noSource : words.sources(well, on.length),
    ...(quietUntil
      ? [words.quiet(clockWords(quietUntil, now, language))]
      : hold
        ? [words.held(holdWords(hold, language))]
        : []),
  ].join(', ');
}

/** The one line that the tray shows: `paused until 14:30`, `watching, 5 of 5 sources`. */
export function captureLine(
  state: CaptureState,
  language: Language = 'en',
  now: number = Date.now(),
): string {
  const { capture, pausedBy } = state;
  const details = captureDetails(state, language, now);
  const glue = capture === 'paused' && pausedBy !== 'hours' ? ' ' : capture === 'wrong' ? ': ' : ', ';
  return `${SPOKEN[language].capture[capture]}${details ? glue + details : ''}`;
}
