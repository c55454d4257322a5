import { countrySpecs } from 'ibantools';
import { type CountryCode, getExampleNumber } from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/mobile/examples';
import { SAMPLES, type Sample } from './fill.ts';
import { identities, luhn } from './identities.ts';
import { createRandom, hash, type Random } from './random.ts';

const digits = '0123456789';

const issuers: Readonly<Record<string, readonly [prefixes: readonly string[], length: number]>> = {
  'card visa': [['4'], 16],
  'card mastercard': [['51', '55', '2221', '2720'], 16],
  'card american express': [['34', '37'], 15],
  'card discover': [['6011', '65'], 16],
  'card diners': [['36', '305'], 14],
  'card jcb': [['3528', '3589'], 16],
  'card unionpay': [['6212', '6228'], 16],
  'card maestro': [['5018', '6304', '6759'], 16],
  'card mir': [['2200', '2204'], 16],
};

function card(random: Random, prefixes: readonly string[], length: number): string {
  const start = random.pick(prefixes);
  const payload = start + random.letters(digits, length - start.length - 1);
  const whole = payload + luhn(payload);
  const style = random.between(0, 3);
  if (style === 0) return whole;
  const gap = style === 1 ? '-' : ' ';
  const groups =
    length === 15
      ? /^(.{4})(.{6})(.{5})$/
      : length === 14
        ? /^(.{4})(.{6})(.{4})$/
        : /^(.{4})(.{4})(.{4})(.{4})$/;
  return whole.replace(groups, (_, ...parts: string[]) => parts.slice(0, length < 16 ? 3 : 4).join(gap));
}

const accountCountries =
  'DE GB FR ES IT NL BE AT CH PL SE NO DK FI PT IE CZ GR TR SA AE BR LU MT RO HU'.split(' ');

/** A made-up account of a country, with the check digits of ISO 13616. */
function iban(random: Random, country: string): string {
  const shape = countrySpecs[country]!.bban_regexp!;
  const part = [...shape.matchAll(/(\[[^\]]+\]|\d|[A-Z]+)(?:\{(\d+)\})?/g)]
    .map(([, set, count]) => {
      const letters = set!.includes('0-9')
        ? digits
        : set!.includes('A-Z')
          ? 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
          : '';
      return letters ? random.letters(letters, Number(count ?? 1)) : set!.repeat(Number(count ?? 1));
    })
    .join('');
  const numeric = [...`${part}${country}00`].map((each) => String(Number.parseInt(each, 36))).join('');
  const check = String(98n - (BigInt(numeric) % 97n)).padStart(2, '0');
  const whole = `${country}${check}${part}`;
  return random.next() < 0.5 ? whole : whole.match(/.{1,4}/g)!.join(' ');
}

const phoneCountries =
  'US GB DE FR ES IT NL BE AT CH PL SE NO DK FI PT IE CZ IN CN JP KR BR MX CA AU NZ ZA TR RU UA IL'.split(
    ' ',
  ) as CountryCode[];

/** A number of a country's plan: the library's example with its last four digits changed. */
function phone(random: Random, country: CountryCode, international: boolean): string {
  const example = getExampleNumber(country, examples)!;
  const text = international ? example.formatInternational() : example.formatNational();
  let left = 4;
  const changed = [...text].toReversed().map((each) => {
    if (!/\d/.test(each) || left-- <= 0) return each;
    return String(random.between(0, 9));
  });
  return changed.toReversed().join('');
}

const people = ['ada.king', 'grace_h', 'linus', 'm.hamilton', 'jean-luc', "o'neill", 'zoe+lists', 'x1'];
const domains = [
  'example.org',
  'mail.example.co.uk',
  'example.museum',
  'sub.example.io',
  'bücher.example',
  'xn--bcher-kva.example',
  'example.com',
];

type Maker = (random: Random) => { value: string; labels: readonly string[] };
const plainly = ['%', 'it is %', 'see % there', '(%)', 'value: %', '"%"', '%, please', 'a;%;b'];

/** Personal data: kind -> maker. `labels` are the sentences a value may stand in; `%` is the value. */
const makers: Readonly<Record<string, Maker>> = {
  ...Object.fromEntries(
    Object.entries(issuers).map(([kind, [prefixes, length]]) => [
      kind,
      (random: Random) => ({
        value: card(random, prefixes, length),
        labels: [...plainly, 'card % exp 12/27', 'paid with % today'],
      }),
    ]),
  ),
  ...Object.fromEntries(
    accountCountries.map((country) => [
      `iban ${country}`,
      (random: Random) => ({
        value: iban(random, country),
        labels: [...plainly, 'IBAN: %', 'transfer to % by Friday'],
      }),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(identities).map(([kind, { make, labels }]) => [
      `id ${kind}`,
      (random: Random) => ({ value: make(random), labels }),
    ]),
  ),
  ...Object.fromEntries(
    phoneCountries.flatMap((country) => [
      [
        `phone international ${country}`,
        (random: Random) => ({
          value: phone(random, country, true),
          labels: ['%', 'call % today', 'my number is %', 'tel: %', '(%)'],
        }),
      ],
      [
        `phone national ${country}`,
        (random: Random) => ({
          value: phone(random, country, false),
          labels: ['tel: %', 'call me on %', 'mobile %', 'Phone: %', 'WhatsApp %'],
        }),
      ],
    ]),
  ),
  email: (random) => ({
    value: `${random.pick(people)}${random.between(1, 99)}@${random.pick(domains)}`,
    labels: [...plainly, '<%>', 'mailto:%', 'write to %.', 'Ada <%>; Bob'],
  }),
  'email written out': (random) => ({
    value: `${random.pick(['ada', 'grace', 'linus'])}${random.between(1, 99)}${random.pick([' at ', ' [at] ', '(at)', ' (at) '])}${random.pick(['example', 'mail-host'])}${random.pick([' dot ', ' [dot] ', '(dot)', ' (dot) '])}org`,
    labels: ['%', 'write to %', 'mail: %'],
  }),
  'ip v4': (random) => ({
    value: [
      random.between(11, 126),
      random.between(0, 255),
      random.between(0, 255),
      random.between(1, 254),
    ].join('.'),
    labels: [...plainly, 'from % port 22', 'http://%:8080/x', 'ssh root@%', '%/24'],
  }),
  'ip v6': (random) => ({
    value: `2001:db8:${Array.from({ length: 6 }, () => random.letters('0123456789abcdef', 4)).join(':')}`,
    labels: [...plainly, 'from % port 22', 'http://[%]:8080/'],
  }),
  'ip v6 short': (random) => ({
    value: `2a02:${random.letters('123456789abcdef', 3)}::${random.letters('123456789abcdef', 4)}`,
    labels: [...plainly, 'ping6 %'],
  }),
};

/** Names of all kinds of personal data. */
export const personalKinds: readonly string[] = Object.keys(makers);

/** Twenty samples of a kind. */
export function personalSamples(kind: string): readonly Sample[] {
  return Array.from({ length: SAMPLES }, (_, at) => {
    const { value, labels } = makers[kind]!(createRandom(hash(kind) + at * 7919));
    return { kind, text: labels[at % labels.length]!.replace('%', () => value), secrets: [value] };
  });
}
