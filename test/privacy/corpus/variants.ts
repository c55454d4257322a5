import type { Sample } from './fill.ts';
import { createRandom, hash, type Random } from './random.ts';

/** A way to write the same text so that a naive pattern misses it. */
export type Variant = (secret: string, random: Random) => string;

/** Mathematical, full-width and Arabic-Indic digits that look like 0 to 9 or are read as such. */
const digitAlphabets = [0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0xff10, 0x0660, 0x06f0, 0x0966];

function between(secret: string, gap: (at: number) => string): string {
  return [...secret].map((each, at) => (at === 0 ? each : gap(at) + each)).join('');
}

/** Variants that change nothing a reader sees, for every kind. */
export const hidden: Readonly<Record<string, Variant>> = {
  'zero-width space between all': (secret) => between(secret, () => '\u200B'),
  'zero-width marks here and there': (secret, random) =>
    between(secret, () =>
      random.next() < 0.3 ? random.pick(['\u200B', '\u200C', '\u200D', '\u2060', '\uFEFF']) : '',
    ),
  'soft hyphens': (secret, random) => between(secret, () => (random.next() < 0.25 ? '\u00AD' : '')),
  'direction marks': (secret, random) =>
    between(secret, () =>
      random.next() < 0.2 ? random.pick(['\u200E', '\u200F', '\u202A', '\u202C', '\u2066', '\u2069']) : '',
    ),
  'full-width': (secret) =>
    secret.replace(/[!-~]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0)),
  'mathematical letters': (secret) =>
    secret.replace(/[A-Za-z]/g, (each) => {
      const code = each.charCodeAt(0);
      return String.fromCodePoint(code >= 97 ? 0x1d5ba + code - 97 : 0x1d5a0 + code - 65);
    }),
  'homoglyph digits': (secret, random) => {
    const start = random.pick(digitAlphabets);
    return secret.replace(/\d/g, (each) => String.fromCodePoint(start + Number(each)));
  },
  'percent-encoded': (secret) =>
    [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  'percent-encoded marks': (secret) => encodeURIComponent(secret),
};

/** Broken by a line end, as terminals, mails and PDF files do to long words; for keys of 24 characters and more. */
export const broken: Readonly<Record<string, Variant>> = {
  'one line break': (secret, random) => {
    const at = random.between(8, secret.length - 8);
    return `${secret.slice(0, at)}\n${secret.slice(at)}`;
  },
  'line break and indentation': (secret, random) => {
    const at = random.between(8, secret.length - 8);
    return `${secret.slice(0, at)}\n    ${secret.slice(at)}`;
  },
  'continued by a backslash': (secret, random) => {
    const at = random.between(8, secret.length - 8);
    return `${secret.slice(0, at)}\\\n${secret.slice(at)}`;
  },
  'wrapped every 16 characters': (secret) => secret.match(/.{1,16}/g)!.join('\n'),
};

/** Whole texts encoded. */
export const encoded: Readonly<Record<string, (text: string) => string>> = {
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  'base64 twice': (text) => Buffer.from(Buffer.from(text).toString('base64')).toString('base64'),
  'base64 in lines': (text) =>
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g)!
      .join('\n'),
  hexadecimal: (text) => Buffer.from(text).toString('hex'),
};

/** Samples in every variant: hidden and encoded ones of `all`, broken ones of those of `tokens` that are long. */
export function variantSamples(
  all: readonly Sample[],
  tokens: readonly Sample[],
): Readonly<Record<string, readonly Sample[]>> {
  const seed = (sample: Sample, at: number): Random => createRandom(hash(sample.text) + at);
  const groups: Record<string, readonly Sample[]> = {};
  for (const [name, variant] of Object.entries(hidden)) {
    groups[name] = all.map((sample) => {
      const written = sample.secrets.map((secret, at) => variant(secret, seed(sample, at)));
      const text = sample.secrets.reduce(
        (rest, secret, at) => rest.replace(secret, () => written[at]!),
        sample.text,
      );
      return { ...sample, text, secrets: [...sample.secrets, ...written] };
    });
  }
  for (const [name, variant] of Object.entries(broken)) {
    groups[name] = tokens
      .filter(({ secrets }) => secrets[0]!.length >= 24)
      .map((sample) => {
        const secret = sample.secrets[0]!;
        const written = variant(secret, seed(sample, 0));
        // Each line's part is a secret of its own: none may stay.
        const parts = written.split(/\\?\n\s*/);
        return { ...sample, text: sample.text.replace(secret, () => written), secrets: parts };
      });
  }
  for (const [name, encode] of Object.entries(encoded)) {
    groups[name] = all
      .filter(({ text }) => text.length >= 12)
      .map((sample) => ({ ...sample, text: encode(sample.text), secrets: [encode(sample.text)] }));
  }
  return groups;
}
