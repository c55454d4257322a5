import { SPOKEN } from './spoken.ts';
import type { Language } from './language.ts';
import type { StudyState } from './study.ts';

/** The day on which a study ends, as people write it: `8 Dec 2026`. */
export function lastDay(until: number, language: Language = 'en'): string {
  // The end of a day is midnight, which is the next day's.
  const options = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  return new Date(until - 1).toLocaleDateString(language === 'en' ? 'en-GB' : language, options);
}

/** The one line that tray, `doctor`, window and command line show of a study: `Study: TITLE, until 8 Dec 2026`. */
export function studyLine(
  { title, until, broken }: Pick<StudyState, 'title' | 'until' | 'broken'>,
  language: Language = 'en',
): string {
  const words = SPOKEN[language].study;
  const line = words.line(title, lastDay(until, language));
  return broken === undefined ? line : `${line} (${words.broken(broken)})`;
}
