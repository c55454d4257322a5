/** What redaction costs: processor time a text, growth with length, and what recheck says of its patterns. */
import { longestText, type redact } from '../../src/privacy/redact.ts';
import { createEpisode } from '../../src/privacy/episode.ts';
import { patterns } from './patterns.ts';

type Redact = typeof redact;
type Row = Record<string, string | number>;

const prose = 'The quick brown fox jumps over the lazy dog and runs away from it. ';
const code =
  'function add(left: number, right: number): number { return left + right; } // see docs?page=2\n';
/** Texts as monitors hand them over; none has a secret but the last two. */
const texts: Readonly<Record<string, readonly string[]>> = {
  'window titles': [
    'Inbox (3) - Mail — Mozilla Firefox',
    'main.ts - beforehand - Visual Studio Code',
    'Quarterly Report 2026 Final v2.odt — LibreOffice Writer',
    'How to center a div - Stack Overflow - Chromium',
    'ada@desk: ~/shop',
    'Untitled 1',
    '会议记录 - 文档',
    'Pull request #214 · orders: merge by customer · GitHub',
  ],
  'file names': ['report-2026-11.pdf', 'IMG_20261123_094107.jpg', 'main.py', 'Notizen zur Besprechung.md'],
  'log line': [
    '2026-11-24T10:12:13.123Z INFO  [http-nio-8080-exec-3] c.e.shop.OrderController - created order 4024435 in 486 ms',
  ],
  'clipboard, 800 characters of prose': [prose.repeat(12)],
  'clipboard, 800 characters of code': [code.repeat(9)],
  'clipboard, 20,000 characters of code': [code.repeat(220).slice(0, 20_000)],
  'title with an e-mail': ['Invoice for jane@example.com - LibreOffice Writer'],
  'settings with a password': ['DB_HOST=localhost\nDB_USER=app\nDB_PASSWORD=Sunshine42!\n'],
};

/** Median of nine rounds for each redactor, in turn, by processor time: the machine may be busy with others. */
export function speed(redactors: Readonly<Record<string, Redact>>): Record<string, Row> {
  const options = {
    person: { home: '/home/ada', user: 'ada' },
    region: 'US',
    episode: createEpisode({ now: Date.now }),
  };
  const rows: Record<string, Row> = {};
  for (const [kind, list] of Object.entries(texts)) {
    const long = list[0]!.length;
    const rounds = Math.max(20, Math.round(400_000 / (long + 40)));
    const taken: Record<string, number[]> = {};
    for (let round = 0; round < 10; round += 1) {
      for (const [name, one] of Object.entries(redactors)) {
        const start = process.cpuUsage();
        for (let at = 0; at < rounds; at += 1) one(list[at % list.length]!, options);
        // The first round warms up.
        if (round > 0) (taken[name] ??= []).push(process.cpuUsage(start).user / rounds);
      }
    }
    rows[kind] = Object.fromEntries(
      Object.entries(taken).map(([name, times]) => {
        const sorted = times.toSorted((a, b) => a - b);
        return [name, `${sorted[4]!.toFixed(1)} (${sorted[0]!.toFixed(1)} to ${sorted[8]!.toFixed(1)})`];
      }),
    );
  }
  return rows;
}

/** Pieces that patterns begin with and that keep them looking; each is repeated up to a length. */
export const hostile: readonly string[] = [
  '+',
  '+-',
  '_',
  '=',
  '%',
  '\t',
  '"\t',
  '/a',
  '-A ',
  'echo ',
  'otpauth://I',
  '2fa A2',
  'A0-',
  'aaa ',
  'eyJ',
  'a@',
  '1 ',
  '4',
  '1-',
  'sk-',
  'aB3',
  'a_',
  'http://',
  'http://a:',
  'password=',
  'password: ',
  'key-',
  '::',
  '+4',
  '(',
  '/home/',
  '[EMAIL_1]',
  '12.',
  'token=',
  'SG.',
  'AC',
  '@',
  'seed phrase is abc ',
  '1//0',
  'xoxb-',
  'Aa1/',
  'DE12 ',
  '?token=',
  ' "',
  'x:y@',
  'dp.pt.',
  'password is ',
  '%41',
  '%25',
  'sip:-',
  'mysql -p',
  '-u a ',
  'echo a |',
  'IDENTIFIED BY ',
  'PASSWORD(',
  'code 12 ',
  'backup codes:\n',
  '1. word ',
  'word ',
  'Address: 1 abcd, ',
  'born on ',
  'passport ',
  'DNI 1',
  'ada at b dot ',
  'Cookie: a=b; ',
  'Authorization: ',
  '/reset/',
  '?a=',
  '&key=',
  "auth('a', '",
  'machine a login b ',
  'WIFI:',
  'a:1:b:c:',
  'wifi key ',
  'YWJj',
  'deadbeef',
  'Z\n',
  'aB3dE5f\n',
  '\\\n',
  '\u200B',
  'пароль ',
  '密码',
  '４',
  '𝟰',
  '$6$ab$',
  '{SHA}',
  '-----BEGIN PRIVATE KEY-----',
  '$ANSIBLE_VAULT;1.1;AES256\n',
  'password for ',
  'secret ',
  'snmpwalk -c ',
  'createUser a SHA "',
  'user a on >',
  'variable "db_password" {\n',
];

/** How much longer four times the text takes; linear work gives 4, a power of two 16. The best of five. */
export function growth(one: Redact): Record<string, Row> {
  const rows: Record<string, Row> = {};
  for (const piece of hostile) {
    const short = best(one, piece, 5000);
    const long = best(one, piece, 20_000);
    const ratio = long / short;
    if (ratio > 6 || long > 100)
      rows[JSON.stringify(piece)] = { ratio: ratio.toFixed(1), ms: long.toFixed(1) };
    const worst = Number(rows['the worst']?.['ms'] ?? 0);
    if (long > worst)
      rows['the worst'] = { piece: JSON.stringify(piece), ms: long.toFixed(1), ratio: ratio.toFixed(1) };
  }
  return rows;
}

function best(one: Redact, piece: string, length: number): number {
  const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
  let least = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const start = process.cpuUsage();
    one(text, { region: 'US' });
    least = Math.min(least, process.cpuUsage(start).user / 1000);
  }
  return least;
}

/**
 * What recheck says of each pattern, in its back end of plain JavaScript. Those it can attack are listed with what its
 * own attack costs, cut to the longest text and put through all of redaction: bounds keep polynomials small.
 */
export async function checkPatterns(one: Redact, timeout = 4000): Promise<Record<string, Row>> {
  process.env['RECHECK_BACKEND'] = 'pure';
  const { checkSync } = await import('recheck');
  const rows: Record<string, Row> = {};
  const count: Record<string, number> = {};
  let worst = 0;
  for (const { file, source, flags } of await patterns()) {
    const result = checkSync(source, flags, { timeout });
    const kind = result.status === 'vulnerable' ? result.complexity.type : result.status;
    count[kind] = (count[kind] ?? 0) + 1;
    if (result.status !== 'vulnerable') continue;
    const attack = result.attack.string.slice(0, longestText);
    const ms = took(one, attack);
    worst = Math.max(worst, ms);
    rows[`${file} ${source.slice(0, 50)}`] = { summary: result.complexity.summary, ms: ms.toFixed(1) };
  }
  return { all: count, 'worst attack': { ms: worst.toFixed(1) }, ...rows };
}

/** Processor time of one text in milliseconds, the best of three. */
function took(one: Redact, text: string): number {
  let least = Infinity;
  for (let round = 0; round < 3; round += 1) {
    const start = process.cpuUsage();
    one(text, { region: 'US' });
    least = Math.min(least, process.cpuUsage(start).user / 1000);
  }
  return least;
}
