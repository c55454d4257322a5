/** Letters of other scripts, or with a stroke, that look like Latin ones. */
const LOOKALIKE: Readonly<Record<string, string>> = Object.fromEntries(
  ['аa', 'еe', 'оo', 'рp', 'сc', 'хx', 'іi', 'уy', 'кk', 'мm', 'нh', 'тt', 'вb', 'ѕs', 'јj', 'ԁd', 'ɡg', 'һh']
    .concat(['αa', 'εe', 'οo', 'ρp', 'χx', 'ιi', 'κk', 'νv', 'τt', 'υu', 'ηn', 'ωw'])
    .map((pair) => [...pair] as [string, string]),
);
const STROKES: Readonly<Record<string, string>> = {
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
};
const LEET: Readonly<Record<string, string>> = { 0: 'o', 1: 'i', 3: 'e', 4: 'a', 5: 's', 7: 't' };

/** Text for comparing: compatible forms made one, accents and hidden signs taken off, lower case, single spaces. */
export function fold(text: string): string {
  return shownTags(text)
    .normalize('NFKD')
    .replace(/[\p{Mn}\p{Cf}]/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ıłøđßæ]/g, (sign) => STROKES[sign] ?? sign)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** The invisible tag characters as the letters they stand for (Unicode, block Tags). */
function shownTags(text: string): string {
  return text.replace(/[\u{e0020}-\u{e007e}]/gu, (sign) =>
    String.fromCodePoint((sign.codePointAt(0) ?? 0xe0020) - 0xe0000),
  );
}

/**
 * What a text may say to somebody who undoes a disguise: look-alike letters, digits for letters, letters apart, base64, hex,
 * percent signs, entities, escapes, rot13. Folded, the plain one first; only those that differ from it.
 */
export function views(text: string): readonly string[] {
  const plain = fold(text);
  const found = new Set([plain]);
  const add = (view: string) => void found.add(fold(view));
  if (/[а-яіѕјԁɡһα-ω]/.test(plain)) add(plain.replace(/[а-яіѕјԁɡһα-ω]/g, (sign) => LOOKALIKE[sign] ?? sign));
  if (/[a-z][013457]|[013457][a-z]/.test(plain))
    add(plain.replace(/[013457]/g, (sign) => LEET[sign] ?? sign));
  if (/(?:^| )(?:\S ){7}/.test(plain)) add(plain.replace(/(\S) (?=\S(?: |$))/g, '$1').replace(/ {2,}/g, ' '));
  if (/%[0-9a-f]{2}/i.test(text)) add(unescaped(text));
  if (/&#|\\[ux]/.test(text)) add(unescaped(text));
  for (const hidden of decoded(text)) add(hidden);
  if (/[a-z]{4}/.test(plain)) add(rot13(plain));
  return [...found];
}

/** Runs of base64 or hex that hold prose, decoded. */
export function decoded(text: string): readonly string[] {
  const bare = text.normalize('NFKC').replace(/\p{Cf}/gu, '');
  return [...bare.matchAll(/[A-Za-z0-9+/_-]{16,8000}={0,2}/g)].flatMap(([run]) => {
    const hex = /^(?:[0-9a-fA-F]{2})+$/.test(run) ? [Buffer.from(run, 'hex').toString('utf8')] : [];
    return [...hex, Buffer.from(run, 'base64').toString('utf8')].filter(isProse);
  });
}

/** Nearly all letters and spaces: what words leave behind and random bytes do not. */
function isProse(text: string): boolean {
  const signs = [...text];
  const letters = text.match(/[\p{L}\p{M}\p{N}\s.,:;!?'"“”()/@-]/gu)?.length ?? 0;
  return (
    signs.length >= 10 && !text.includes('\ufffd') && letters / signs.length > 0.95 && /\S\s\S/.test(text)
  );
}

function unescaped(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (run) => Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8'))
    .replace(/&#(x?)([0-9a-f]{1,6});/gi, (all, hex: string, code: string) => {
      const point = Number.parseInt(code, hex === '' ? 10 : 16);
      return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : all;
    })
    .replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2}))/gi, (_, long: string | undefined, short: string) =>
      String.fromCharCode(Number.parseInt(long ?? short, 16)),
    );
}

function rot13(text: string): string {
  return text.replace(/[a-z]/g, (sign) => String.fromCharCode(((sign.charCodeAt(0) - 84) % 26) + 97));
}
