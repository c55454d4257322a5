import type { Language } from './language.ts';

/** English as the command line and the log write it: the day before the month, 24 hours. */
const TAGS: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de' };

/** A time as words for a person, local: `14:30` today, `Wed 06:00` within a week, else `2 Dec 06:00`. */
export function clockWords(at: number, now: number, language: Language = 'en'): string {
  const [then, today] = [new Date(at), new Date(now)];
  const tag = TAGS[language];
  const time = then.toLocaleTimeString(tag, { hour: '2-digit', minute: '2-digit' });
  if (then.toDateString() === today.toDateString()) return time;
  const near = at > now && at - now < 6 * 86_400_000;
  const day = near ? { weekday: 'short' as const } : { day: 'numeric' as const, month: 'short' as const };
  return `${then.toLocaleDateString(tag, day)} ${time}`;
}
