import { createRandom, hash, type Random } from './random.ts';
import { makers } from './makers.ts';

/**
 * Templates of the corpus. `«…»` encloses what must not survive, `{…}` is filled in:
 * a letter of `alphabets` and a length or a range (`{x36}`, `{h32-64}`), or a name of `makers` (`{user}`, `{password}`).
 */
export type Kinds = Readonly<Record<string, readonly string[]>>;

/** One text with the stretches that are secret. */
export interface Sample {
  readonly kind: string;
  readonly text: string;
  readonly secrets: readonly string[];
}

/** How many samples a kind has. */
export const SAMPLES = 20;

const lower = 'abcdefghijklmnopqrstuvwxyz';
const upper = lower.toUpperCase();
const digits = '0123456789';
const alphabets: Readonly<Record<string, string>> = {
  x: upper + lower + digits,
  h: '0123456789abcdef',
  H: '0123456789ABCDEF',
  d: digits,
  D: '123456789',
  a: lower + digits,
  l: lower,
  L: upper,
  u: upper + digits,
  w: `${upper}${lower}${digits}-_`,
  b: `${upper}${lower}${digits}+/`,
  t: `${upper}234567`,
  // Crockford's base32, bech32's and Bitcoin's base58.
  r: '0123456789ABCDEFGHJKMNPQRSTVWXYZ',
  c: 'qpzry9x8gf2tvdw0s3jn54khce6mua7l',
  k: '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz',
};

const slot = /\{([A-Za-z]+)(\d*)(?:-(\d+))?\}/g;

/** A template with everything filled in, the marks taken out, and what stood between them. */
export function fill(template: string, random: Random): { text: string; secrets: string[] } {
  const filled = template.replace(slot, (_, name: string, low: string, high: string) => {
    const maker = makers[name];
    if (maker) return maker(random, Number(low || 0));
    const letters = alphabets[name];
    if (!letters || !low) throw new Error(`corpus: no filling for {${name}${low}}`);
    return random.letters(letters, high ? random.between(Number(low), Number(high)) : Number(low));
  });
  const secrets = [...filled.matchAll(/«([^»]*)»/g)].map((match) => match[1]!);
  return { text: filled.replace(/[«»]/g, ''), secrets };
}

/** The samples of one kind: its templates in turn, each filled from its own seed. */
export function samplesOf(kind: string, templates: readonly string[]): readonly Sample[] {
  return Array.from({ length: SAMPLES }, (_, at) => {
    const random = createRandom(hash(kind) + at * 7919);
    return { kind, ...fill(templates[at % templates.length]!, random) };
  });
}
