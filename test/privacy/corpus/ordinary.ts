import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from './random.ts';

/** Text without secrets, by where it comes from; blocks of whole lines. Read at run time, nothing of it is committed. */
export interface Ordinary {
  readonly name: string;
  readonly lines: readonly string[];
}

const kinds = /\.(?:ts|tsx|js|mjs|cjs|md|json|css|html|yml|yaml)$/;
/** Rules and tests of redaction are full of what looks like secrets. */
const skipped = /node_modules|\/privacy\/|bench\/redact|package-lock|\.min\.|examples\.mobile|metadata|out\//;

function filesUnder(folder: string, most: number): readonly string[] {
  if (!existsSync(folder)) return [];
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !kinds.test(entry.name) || skipped.test(path.slice(folder.length))) continue;
    if (statSync(path).size < 200_000) found.push(path);
  }
  const sorted = found.toSorted();
  const step = Math.max(1, sorted.length / most);
  return Array.from({ length: Math.min(most, sorted.length) }, (_, at) => sorted[Math.floor(at * step)]!);
}

function linesOf(paths: readonly string[], most = 400): readonly string[] {
  return paths.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '' && line.length < 400)
      .slice(0, most),
  );
}

const packages = [
  'zod',
  'fastify',
  'commander',
  'execa',
  'pino',
  'react',
  'react-dom',
  'vite',
  'vitest',
  'chokidar',
  'openai',
  'zustand',
  'ws',
  'undici',
  'jose',
  'avvio',
  'ajv',
  'semver',
  'electron-builder',
  'builder-util',
  'playwright-core',
  '@types/node',
  'cross-spawn',
  'light-my-request',
  'tailwindcss',
  'typescript',
];

const hex = '0123456789abcdef';
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Lines as servers, builds and systems log them: times, ids, digests, versions, sizes; none of it secret. */
export function logs(count: number): readonly string[] {
  const random = createRandom(20261124);
  const id = (length: number): string => random.letters(hex, length);
  const uuid = (): string => [8, 4, 4, 4, 12].map(id).join('-');
  const time = (): string =>
    `2026-11-${String(random.between(10, 28))}T${String(random.between(10, 23))}:${String(random.between(10, 59))}:${String(random.between(10, 59))}.${random.between(100, 999)}Z`;
  const number = (low: number, high: number): string => String(random.between(low, high));
  const makers: readonly (() => string)[] = [
    () =>
      `${time()} INFO  [http-nio-8080-exec-${number(1, 9)}] c.e.shop.OrderController - created order ${number(10_000, 9_999_999)} in ${number(3, 900)} ms`,
    () =>
      `Nov 24 09:${number(10, 59)}:${number(10, 59)} desk systemd[${number(1, 9999)}]: Started session-${number(1, 99)}.scope - Session ${number(1, 99)} of User ada.`,
    () =>
      `Nov 24 09:${number(10, 59)}:01 desk kernel: [${number(1000, 99999)}.${number(100000, 999999)}] usb 1-${number(1, 9)}: New USB device found, idVendor=${id(4)}, idProduct=${id(4)}, bcdDevice= 1.10`,
    () =>
      `127.0.0.1 - - [24/Nov/2026:09:${number(10, 59)}:12 +0000] "GET /assets/index-${random.letters(letters, 8)}.js HTTP/1.1" 200 ${number(100, 999999)} "-" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"`,
    () => `commit ${id(40)}`,
    () => `${id(7)} fix(api): return 404 for unknown order (#${number(100, 9999)})`,
    () => `index ${id(7)}..${id(7)} 100644`,
    () =>
      `{"level":30,"time":${number(1_700_000_000, 1_799_999_999)}000,"pid":${number(100, 99999)},"hostname":"desk","reqId":"req-${number(1, 999)}","res":{"statusCode":200},"responseTime":${number(1, 99)}.${number(100, 999)},"msg":"request completed"}`,
    () => `sha256:${id(64)}`,
    () => ` ---> ${id(12)}`,
    () => `Successfully built ${id(12)}`,
    () =>
      `${id(12)}   postgres:16   "docker-entrypoint.s…"   ${number(2, 9)} hours ago   Up ${number(2, 9)} hours   5432/tcp   shop_db_1`,
    () => `npm http fetch GET 200 https://registry.example.org/left-pad ${number(20, 900)}ms (cache miss)`,
    () => `added ${number(100, 999)} packages, and audited ${number(100, 999)} packages in ${number(1, 30)}s`,
    () =>
      `dist/assets/index-${random.letters(letters, 8)}.css   ${number(10, 99)}.${number(10, 99)} kB │ gzip: ${number(1, 9)}.${number(10, 99)} kB`,
    () => `ok ${number(1, 99)} - adds two numbers # time=${number(1, 99)}.${number(100, 999)}ms`,
    () => ` ✓ test/log/sqlite.test.ts (${number(5, 60)} tests) ${number(100, 9000)}ms`,
    () => `    at processTicksAndRejections (node:internal/process/task_queues:${number(80, 120)}:5)`,
    () =>
      `    at async OrderService.create (/srv/app/src/orders/service.ts:${number(10, 400)}:${number(5, 60)})`,
    () => `Traceback (most recent call last):   File "main.py", line ${number(10, 400)}, in merge_orders`,
    () => `trace_id=${id(32)} span_id=${id(16)} status=ok duration=${number(1, 900)}ms`,
    () => `request ${uuid()} finished with 200 after ${number(1, 900)} ms`,
    () => `job ${uuid()}: queue=mail attempts=${number(1, 5)} state=completed`,
    () =>
      `WARN  slow query (${number(200, 9000)} ms): SELECT id, total FROM orders WHERE customer_id = ${number(100, 99999)} ORDER BY created_at DESC LIMIT 50`,
    () =>
      `-rw-r--r-- 1 ada users ${number(100, 9_999_999)} Nov 24 09:${number(10, 59)} report-2026-${number(10, 12)}.pdf`,
    () =>
      `drwxr-xr-x ${number(2, 40)} ada users 4096 Nov ${number(10, 28)} 09:11 quarterly-figures-${number(2020, 2026)}`,
    () =>
      `/dev/nvme0n1p${number(1, 5)}  ${number(100, 900)}G  ${number(10, 99)}G  ${number(10, 99)}G  ${number(10, 99)}% /`,
    () => `64 bytes from localhost: icmp_seq=${number(1, 99)} ttl=64 time=0.0${number(10, 99)} ms`,
    () => `E   AssertionError: assert ${number(100, 999)} == ${number(100, 999)}`,
    () =>
      `epoch ${number(1, 90)}/90 loss=0.${number(1000, 9999)} acc=0.${number(1000, 9999)} lr=1e-0${number(3, 5)}`,
    () =>
      `tracking number 1Z${random.letters('0123456789ABCDEFGHJKLMNP', 6)}${number(10_000_000, 99_999_999)}`,
    () => `ETag: "${id(32)}"`,
    () => `Last-Modified: Tue, ${number(10, 28)} Nov 2026 09:${number(10, 59)}:12 GMT`,
    () => `Content-Length: ${number(100, 9_999_999)}`,
    () => `cache key: node-modules-linux-${id(64)}`,
    () =>
      `pod/shop-api-${random.letters('bcdfghjklmnpqrstvwxz2456789', 10)}-${random.letters('bcdfghjklmnpqrstvwxz2456789', 5)}   1/1   Running   0   ${number(2, 60)}m`,
    () => `i-0${id(16)} running t3.medium eu-west-1a ami-0${id(16)}`,
    () => `arn:aws:lambda:eu-west-1:${number(100_000_000_000, 999_999_999_999)}:function:resize-images`,
    () => `pip install numpy==${number(1, 2)}.${number(10, 30)}.${number(0, 9)} --hash=sha256:${id(64)}`,
    () => `  integrity sha512-${random.letters(`${letters}+/`, 86)}==`,
    () => `Saved session 20261124_0${number(10, 99)}${number(100, 999)} to ~/.local/state/app`,
    () =>
      `10.1145/${number(1_000_000, 9_999_999)}.${number(1_000_000, 9_999_999)}, ISBN 978-3-16-148410-0, arXiv:${number(2001, 2611)}.${number(10_000, 19_999)}`,
    () =>
      `invoice ${number(2020, 2026)}-${number(1000, 9999)}: ${number(100, 9999)}.${number(10, 99)} EUR, due ${number(10, 28)}.11.2026`,
    () =>
      `x=${number(100, 9999)} y=${number(100, 9999)} w=${number(100, 9999)} h=${number(100, 9999)} dpr=1.25`,
    () => `${number(10, 59)}.${number(100000, 999999)}, -${number(10, 120)}.${number(100000, 999999)}`,
    () => `transform: translate(${number(1, 99)}px, ${number(1, 99)}px); color: #${id(6)};`,
    () =>
      `<path d="M${number(1, 24)} ${number(1, 24)}h${number(1, 9)}v${number(1, 9)}a${number(1, 9)} ${number(1, 9)} 0 0 1-${number(1, 9)} ${number(1, 9)}z"/>`,
    () =>
      `Downloading model: ${number(1, 99)}% of 98,${number(100, 999)},${number(100, 999)} bytes, ${number(1, 40)}.${number(1, 9)} MB/s`,
    () =>
      `Flight LH ${number(100, 999)} FRA-LIS 24 Nov 09:${number(10, 59)} gate B${number(10, 60)} seat ${number(10, 40)}C`,
    () => `const id = '${uuid()}';`,
    () => `?v=${random.letters(letters, 11)}&t=${number(10, 900)}s - YouTube`,
    () => `https://docs.example.com/document/d/${random.letters(`${letters}-_`, 44)}/edit`,
    () => `Bug ${number(100_000, 999_999)} - Crash when opening the settings`,
  ];
  return Array.from({ length: count }, () => random.pick(makers)());
}

const prose = [
  '/usr/share/common-licenses/GPL-3',
  '/usr/share/common-licenses/MPL-2.0',
  '/usr/share/common-licenses/Artistic',
];
const systemLogs = [
  '/var/log/dpkg.log',
  '/var/log/apt/history.log',
  '/var/log/bootstrap.log',
  '/var/log/alternatives.log',
];

/** Every source of ordinary text there is on this machine; `root` is the repository, `bench` ProactiveBench's folder. */
export function ordinaryText(root: string, bench?: string): readonly Ordinary[] {
  const own = ['src', 'renderer', 'electron', 'scripts'].map((folder) => join(root, folder));
  const sources: Ordinary[] = [
    { name: 'code: this repository', lines: linesOf(own.flatMap((folder) => filesUnder(folder, 400))) },
    {
      name: 'code: node_modules',
      lines: linesOf(
        packages.flatMap((name) => filesUnder(join(root, 'node_modules', name), 14)),
        150,
      ),
    },
    {
      name: 'docs: this repository',
      lines: linesOf([
        ...filesUnder(join(root, 'docs'), 100),
        join(root, 'README.md'),
        join(root, 'CHANGELOG.md'),
      ]),
    },
    {
      name: 'docs: node_modules',
      lines: linesOf(
        packages.map((name) => join(root, 'node_modules', name, 'README.md')).filter(existsSync),
      ),
    },
    { name: 'logs: generated', lines: logs(4000) },
    { name: 'logs: this system', lines: linesOf(systemLogs.filter(existsSync), 1500) },
    { name: 'prose: licences', lines: linesOf(prose.filter(existsSync)) },
  ];
  if (bench && existsSync(bench)) sources.push({ name: 'ProactiveBench', lines: benchLines(bench) });
  return sources.filter(({ lines }) => lines.length > 0);
}

/** Every string of the traces and reward data, once each. */
function benchLines(folder: string): readonly string[] {
  const seen = new Set<string>();
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !/\.jsonl?$/.test(entry.name)) continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    for (const piece of entry.name.endsWith('l') ? text.split('\n') : [text]) {
      if (piece.trim() !== '') collect(JSON.parse(piece), seen);
    }
  }
  return [...seen]
    .flatMap((text) => text.split('\n'))
    .filter((line) => line.trim() !== '' && line.length < 2000);
}

function collect(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value);
  else if (value !== null && typeof value === 'object')
    for (const each of Object.values(value)) collect(each, into);
}
