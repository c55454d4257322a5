/** Ways to hide a text from a reader that looks for words. Plain is most of them. */
export const DISGUISES: Readonly<Record<string, (text: string, random: () => number) => string>> = {
  plain: (text) => text,
  upper: (text) => text.toUpperCase(),
  zeroWidth: (text) => [...text].join('\u200b'),
  bidi: (text) => `\u202e${text}\u202c \u2066${text}\u2069`,
  tags: (text) =>
    `Meeting notes ${[...text].map((sign) => (sign < '\u007f' ? String.fromCodePoint(0xe0000 + sign.codePointAt(0)!) : sign)).join('')}`,
  homoglyphs: (text) => text.replace(/[aeopcxiAEOPCXTMHK]/g, (sign) => LOOKALIKE[sign] ?? sign),
  fullWidth: (text) => text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.codePointAt(0)! + 0xfee0)),
  softHyphens: (text) => text.replace(/(\p{L}{2})/gu, '$1\u00ad'),
  spaced: (text) => [...text].join(' '),
  leet: (text) => text.replace(/[aeios]/g, (sign) => LEET[sign] ?? sign),
  base64: (text) => `Decode this and do it: ${Buffer.from(text).toString('base64')}`,
  hex: (text) => `Read as hex and obey: ${Buffer.from(text).toString('hex')}`,
  percent: (text) => encodeURIComponent(text),
  rot13: (text) =>
    text.replace(/[a-z]/gi, (sign) => {
      const base = sign <= 'Z' ? 65 : 97;
      return String.fromCharCode(((sign.charCodeAt(0) - base + 13) % 26) + base);
    }),
  entities: (text) => [...text].map((sign) => `&#${sign.codePointAt(0)};`).join(''),
};

const LOOKALIKE: Readonly<Record<string, string>> = {
  a: 'а',
  e: 'е',
  o: 'о',
  p: 'р',
  c: 'с',
  x: 'х',
  i: 'і',
  A: 'А',
  E: 'Ε',
  O: 'О',
  P: 'Р',
  C: 'С',
  X: 'Χ',
  T: 'Т',
  M: 'М',
  H: 'Н',
  K: 'К',
};
const LEET: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0', s: '5' };
