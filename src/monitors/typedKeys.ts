import { newId } from '../model/id.ts';
import type { Guard } from '../model/guard.ts';
import type { Clock } from '../model/ports.ts';
import { appOf, contextOf, type Focus } from './focus.ts';
import type { Press } from './press.ts';
import type { Stroke } from './strokes.ts';
import type { Life } from './supervised.ts';
import { createTyping } from './typing.ts';

/** Why an adapter cannot tell what text the keys make. */
export type Unreadable =
  | { readonly because: 'input method'; readonly name: string }
  | { readonly because: 'no layout' };

/** What the person is told where typed text was wanted and this platform has none. */
export const TEXT_ELSEWHERE =
  'Typed text is not kept on this platform, because neither the layout nor the field is known here; keys are only counted.';
const unreadableNote = (why: Unreadable) =>
  why.because === 'no layout'
    ? 'Typed text is not kept, because this X server does not tell its keyboard layout; keys are only counted.'
    : `Typed text is not kept while the input method ${why.name} runs, because it makes the text and keys do not show it; keys are only counted.`;

/** The place that text is typed in: no more of it may be held when this is another. */
const placeOf = ({ window, app, field, private: hidden, page }: Focus) =>
  JSON.stringify([window, app, field, hidden, page]);

/**
 * Typed text of the apps that the person chose. The Guard is asked at every key, and a key is read only where it
 * answers `content`.
 */
export function createTypedKeys(options: {
  readonly clock: Clock;
  readonly guard: Guard;
  readonly life: Life;
  readonly focusNow: () => Focus;
}) {
  const { clock, guard, life, focusNow } = options;
  const base = () => ({ id: newId(), at: clock.now(), duration: 0, monitor: 'keyboard' });
  const typing = createTyping({
    clock,
    guard,
    keep({ app, text, at, duration }) {
      const id = newId();
      const data = { keys: 0, words: 0, corrections: 0, chords: [], text };
      life.emit({ id, at, duration, monitor: 'keyboard', app, kind: 'keyboard', data });
      return id;
    },
    retract(event) {
      const data = { event, source: 'keyboard', reason: 'part of a secret' };
      life.emit({ ...base(), kind: 'retracted', data });
    },
    lose(reason) {
      guard.lost?.('keyboard', reason);
      life.emit({ ...base(), kind: 'dropped', data: { source: 'keyboard', reason, count: 1 } });
    },
  });
  /** The field that what is held was typed in. */
  let place = '';
  let window = 0;
  /** What moved is being asked. */
  let asked = false;
  /** Asked at every key; the burst that it belongs to is counted by the monitor. */
  const answer = (focus: Focus) => (guard.again ?? guard.before)(contextOf(focus, 'keyboard')).allow;
  const allows = (focus: Focus) => !focus.own && focus.app !== undefined && answer(focus) === 'content';
  return {
    pressed(stroke: Stroke, read?: () => Press | null) {
      const focus = focusNow();
      const now = placeOf(focus);
      if (now !== place) typing.moved();
      place = now;
      window = focus.window;
      const press = read && allows(focus) ? read() : null;
      if (press) typing.press(appOf(focus).app ?? '', press, `${focus.app} ${focus.window}`);
      else typing.unseen(stroke);
    },
    moved(focus: Focus) {
      // Something moved in this window; whether it matters is told in a moment, and keys until then are unseen.
      if (focus.pending && focus.window === window) {
        typing.waits(true);
        asked = true;
        return;
      }
      const now = placeOf(focus);
      if (now !== place || !allows(focus)) typing.moved();
      else if (asked) typing.strayed();
      asked = false;
      place = now;
      window = focus.window;
      typing.waits(false);
    },
    pointed: typing.strayed,
    // What was typed a moment before was read by the layout that it replaces.
    relaid: typing.moved,
    unreadable(why: Unreadable | null) {
      if (why) typing.drop();
      life.note(why && { state: 'healthy', reason: unreadableNote(why) });
    },
    drop: typing.drop,
  };
}
