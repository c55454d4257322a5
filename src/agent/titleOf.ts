import type { WindowEvent } from '../model/event.ts';
import { bareTitle, titleFacts, type TitleFacts } from '../model/title.ts';

/** A window's title without its program's name, and what it says. */
export interface TitleRead {
  readonly bare: string;
  readonly facts: TitleFacts;
}

/** Of each event that is still at hand: the next turn sees the same ones and one more, and a forgotten one goes. */
const read = new WeakMap<WindowEvent, TitleRead>();

/** What the title of a window event says; an event without one gives an empty title of kind `other`. */
export function titleOf(event: WindowEvent): TitleRead {
  const known = read.get(event);
  if (known) return known;
  const { title, page } = event.data;
  const found: TitleRead = {
    bare: bareTitle(title ?? ''),
    facts: title === undefined ? { kind: 'other' } : titleFacts(title, event.app, page),
  };
  read.set(event, found);
  return found;
}
