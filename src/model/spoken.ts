import type { Language } from './language.ts';
import { de } from './spoken/de.ts';
import { en } from './spoken/en.ts';
import type { Spoken } from './spoken/spoken.ts';

export type { Spoken };

/** The few words that every surface shares, by language; the window's own stand in its catalogue. */
export const SPOKEN: Readonly<Record<Language, Spoken>> = { en, de };
