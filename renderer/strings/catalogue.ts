import type { Texts } from '../../src/model/texts.ts';
import type { en } from './en.ts';

/** Every text of the window. Another language is another file of this shape beside `strings/en.ts`. */
export type Catalogue = Texts<typeof en>;
