import type { en } from './en.ts';

/** A catalogue's shape with its English texts taken out: what every other language fills. */
type Texts<T> = T extends string
  ? string
  : T extends (...given: infer A) => infer R
    ? (...given: A) => Texts<R>
    : { readonly [K in keyof T]: Texts<T[K]> };

/** Every text of the window. Another language is another file of this shape beside `strings/en.ts`. */
export type Catalogue = Texts<typeof en>;
