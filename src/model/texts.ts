/** A catalogue's shape with its English texts taken out: what every other language fills. */
export type Texts<T> = T extends string
  ? string
  : T extends (...given: infer A) => infer R
    ? (...given: A) => Texts<R>
    : { readonly [K in keyof T]: Texts<T[K]> };
