import { createHmac } from 'node:crypto';
import type { Random } from './random.ts';

const words =
  'apple river stone cloud market garden silver window bridge candle forest hammer island jacket kitchen ladder mirror needle orange pepper rocket saddle table umbrella violin walnut yellow zebra anchor basket copper desert engine feather guitar harbor insect jungle kettle lemon marble napkin ocean pencil quartz rabbit sunset tunnel velvet whisper absent bitter clever drift eager fragile gentle humble ideal jolly kind lively modest narrow odd polite quiet rapid simple tender urgent vivid wander arrow blanket circle dragon eagle flower giant honey ivory jewel knife lunch magnet nature olive planet queen ribbon shadow tiger unique village winter'.split(
    ' ',
  );
const people = ['grace', 'linus', 'margaret', 'dennis', 'barbara', 'radia', 'edsger', 'frances'];
const users = ['admin', 'deploy', 'app', 'svc_backup', 'reporting', 'jdoe', 'postgres', 'webuser'];
const things = ['inventory', 'orders', 'billing', 'warehouse', 'analytics', 'shop', 'staging', 'tickets'];
const hosts = ['db.example.com', 'prod-db-1.internal', 'cache.example.net', 'localhost', 'mail.example.org'];
const lower = 'abcdefghijklmnopqrstuvwxyz';
const both = lower + lower.toUpperCase();
const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const plain = `${both}0123456789`;

function capital(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

/** A password as people and generators make them; `marks` are the characters that the place around it can take. */
function password(random: Random, marks: string): string {
  const style = random.next();
  const word = random.pick(words);
  if (style < 0.3) return `${capital(word)}${random.between(1, 99)}${random.pick([...marks])}`;
  if (style < 0.45) return `${word}${random.between(1960, 2026)}`;
  if (style < 0.6)
    return `${capital(word)}${random.pick([...marks])}${random.pick(words)}${random.between(0, 9)}`;
  const length = random.between(10, 20);
  const core = random.letters(style < 0.9 ? plain + marks : plain, length - 3);
  return `${core}${random.letters(lower, 1)}${random.letters('0123456789', 1)}${random.letters(both, 1)}`;
}

const base64 = (text: string | Uint8Array): string => Buffer.from(text).toString('base64');
const base64url = (text: string | Uint8Array): string => Buffer.from(text).toString('base64url');

function webToken(random: Random, head: object): string {
  const body = {
    sub: random.letters('0123456789', 10),
    name: random.pick(people),
    iat: 1_700_000_000 + random.between(0, 9_999_999),
    scope: random.pick(things),
  };
  const signed = `${base64url(JSON.stringify(head))}.${base64url(JSON.stringify(body))}`;
  return `${signed}.${base64url(createHmac('sha256', random.bytes(16)).update(signed).digest())}`;
}

/** Base64 in lines of 64 characters, as armours have it. */
function armour(random: Random, lines: number): string {
  const text = base64(random.bytes(lines * 48 - random.between(1, 40)));
  return text.match(/.{1,64}/g)!.join('\n');
}

/** Named fillings of templates; the number behind the name, if any, is the second argument. */
export const makers: Readonly<Record<string, (random: Random, number: number) => string>> = {
  user: (random) => random.pick(users),
  name: (random) => capital(random.pick(people)),
  word: (random) => random.pick(things),
  host: (random) => random.pick(hosts),
  // Any mark a quoted string or a line of its own can take.
  password: (random) => password(random, '!#$%*?^-_+.@~'),
  // No mark that a shell, an address or an unquoted value would have to escape.
  safe: (random) => password(random, '-_.~'),
  weak: (random) => random.pick(words) + random.pick(words),
  generated: (random) =>
    random.letters(plain, random.between(8, 13)) +
    random.letters(lower, 1) +
    random.letters('ABCDEFGHJKLMNPQRSTUVWXYZ', 1) +
    random.letters('23456789', 1) +
    random.letters('!#$%*?^+', 1) +
    random.letters(plain, 2),
  phrase: (random, number) => Array.from({ length: number || 12 }, () => random.pick(words)).join(' '),
  dashed: (random, number) => Array.from({ length: number || 4 }, () => random.pick(words)).join('-'),
  env: (random) => random.pick(['API_TOKEN', 'SECRET_KEY', 'SERVICE_CREDENTIAL', 'CI_AUTH', 'APP_VALUE']),
  key: (random) => random.pick(['apiToken', 'secret_key', 'credential', 'authToken', 'value']),
  basic: (random) => base64(`${random.pick(users)}:${password(random, '!#-_.')}`),
  encoded: (random) => base64(password(random, '!#-_.')),
  jwt: (random) => webToken(random, { alg: 'HS256', typ: 'JWT' }),
  jwtKeyed: (random) =>
    webToken(random, { typ: 'JWT', alg: 'RS256', kid: random.letters('0123456789abcdef', 16) }),
  bytes: (random, number) => base64(random.bytes(number)),
  bytesUrl: (random, number) => base64url(random.bytes(number)),
  armour: (random, number) => armour(random, number || 8),
  // The same on one line, line ends written as JSON and env files do.
  armourEscaped: (random, number) => armour(random, number || 8).replaceAll('\n', '\\n'),
  numbers: (random, number) => Array.from(random.bytes(number), String).join(','),
  awsPrefix: (random) => random.pick(['AKIA', 'ASIA']),
  // Uncompressed keys begin with 5 and have 51 characters, compressed ones with K or L and have 52.
  wif: (random) => {
    const start = random.pick(['5', 'K', 'L']);
    return start + random.letters(base58, start === '5' ? 50 : 51);
  },
  stellar: (random) => random.pick(['A', 'B', 'C', 'D']),
  // Password schemes of LDAP and htpasswd stand in braces, as fillings do.
  SHA: () => '{SHA}',
  SSHA: () => '{SSHA}',
  uuid: (random) => [8, 4, 4, 4, 12].map((length) => random.letters('0123456789abcdef', length)).join('-'),
  saml: (random) =>
    base64(
      `<samlp:Response ID="_${random.letters('0123456789abcdef', 32)}"><Assertion>${random.letters(plain, 200)}`,
    ),
  bitlocker: (random) =>
    Array.from({ length: 8 }, () => String(random.between(0, 65_535) * 11).padStart(6, '0')).join('-'),
};
