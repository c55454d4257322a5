import type { StudyState } from './study.ts';

/** The day on which a study ends, as people write it: `8 Dec 2026`. */
export function lastDay(until: number): string {
  // The end of a day is midnight, which is the next day's.
  const options = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  return new Date(until - 1).toLocaleDateString('en-GB', options);
}

/** The one line that tray, `doctor`, window and command line show of a study: `Study: TITLE, until 8 Dec 2026`. */
export function studyLine({ title, until, broken }: Pick<StudyState, 'title' | 'until' | 'broken'>): string {
  return `Study: ${title}, until ${lastDay(until)}${broken === undefined ? '' : ` (collects nothing now: ${broken})`}`;
}
