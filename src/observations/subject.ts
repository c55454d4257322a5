import { appFacts } from '../model/app.ts';
import type { Event } from '../model/event.ts';
import { bareTitle, titleFacts } from '../model/title.ts';

/**
 * What an event says is in front, so that two sources can be seen to mean the same: application and file, or application
 * and title without the program's own name. Null where it does not say.
 */
export function subjectOf(event: Event): string | null {
  const { name } = appFacts(event.app);
  if (event.kind === 'editor') return event.data.file ? `${name}\n${event.data.file}` : null;
  if (event.kind !== 'window' || !event.data.title) return null;
  const facts = titleFacts(event.data.title, event.app);
  return `${name}\n${(facts.kind === 'editor' ? facts.file : undefined) ?? bareTitle(event.data.title)}`;
}
