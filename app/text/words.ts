/** The same keys with other words: what a translation must have. */
export type Words<T> = T extends string
  ? string
  : T extends readonly string[]
    ? { readonly [K in keyof T]: string }
    : { readonly [K in keyof T]: Words<T[K]> };
