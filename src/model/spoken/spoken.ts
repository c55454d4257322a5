import type { Texts } from '../texts.ts';
import type { en } from './en.ts';

/** What the program says of itself, in one language. */
export type Spoken = Texts<typeof en>;
