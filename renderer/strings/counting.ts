/** Numbers and lists as a language writes them. */
export interface Counting {
  /** `1,204` in English, `1.204` in German, with `digits` decimals (none unless told), or at least `least`. */
  number(value: number, digits?: number, least?: number): string;
  /** With its sign, `+0.25` or `−0.25`, and two decimals. */
  signed(value: number): string;
  /** A number and what is counted, in the form that the language's plural rules ask for. */
  many(count: number, one: string, more: string): string;
  /** `a, b and c`. */
  list(items: readonly string[]): string;
}

/** The counting of a language, by its BCP 47 tag. */
export function counting(tag: string): Counting {
  const plural = new Intl.PluralRules(tag);
  const listed = new Intl.ListFormat(tag, { style: 'long', type: 'conjunction' });
  const numbers = new Map<string, Intl.NumberFormat>();
  const number = (value: number, digits = 0, least = digits) => {
    const key = `${digits} ${least}`;
    let format = numbers.get(key);
    if (!format) {
      format = new Intl.NumberFormat(tag, { minimumFractionDigits: least, maximumFractionDigits: digits });
      numbers.set(key, format);
    }
    return format.format(value);
  };
  return {
    number,
    signed: (value) => `${value > 0 ? '+' : '−'}${number(Math.abs(value), 2)}`,
    many: (count, one, more) => `${number(count)} ${plural.select(count) === 'one' ? one : more}`,
    list: (items) => listed.format(items),
  };
}
