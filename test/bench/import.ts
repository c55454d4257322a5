// npm run bench:import: an ActivityWatch export of 300 MB through `beforehand import`: memory, speed, the second time.
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Writes an export of about `megabytes`, seeded, newest first, in one line as aw-server does; returns how many events. */
export function writeExport(file: string, megabytes: number): number {
  const handle = openSync(file, 'w');
  const start = Date.UTC(2026, 10, 20);
  let seed = 7;
  const random = (most: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return seed % most;
  };
  const words =
    'report table index merge branch review budget garden travel lecture physics recipe music city river'.split(
      ' ',
    );
  const title = () => Array.from({ length: 3 + random(8) }, () => words[random(words.length)]).join(' ');
  let events = 0;
  let written = 0;
  const put = (text: string): number => (written += writeSync(handle, text));
  put('{"buckets": {');
  const share = (megabytes * 1e6) / 3;
  const bucket = (id: string, type: string, data: (n: number) => object, last: boolean) => {
    put(
      `"${id}": {"id": "${id}", "created": "2026-01-01T00:00:00+00:00", "type": "${type}", "client": "c", "hostname": "h", "events": [`,
    );
    const until = written + share;
    for (let n = 0, now = written; now < until;) {
      const part: string[] = [];
      for (let k = 0; k < 500; k++, n++) {
        const timestamp = new Date(start - n * 4000).toISOString().replace('Z', '000+00:00');
        part.push(JSON.stringify({ id: n, timestamp, duration: 3.5, data: data(n) }));
      }
      events += part.length;
      now = put(`${n > 500 ? ', ' : ''}${part.join(', ')}`);
    }
    put(`]}${last ? '' : ', '}`);
  };
  const browser = (n: number) => n % 40 < 20;
  bucket(
    'aw-watcher-window_h',
    'currentwindow',
    (n) => ({ app: browser(n) ? 'Firefox' : 'Code', title: `${title()} — Mozilla Firefox` }),
    false,
  );
  bucket(
    'aw-watcher-web-firefox',
    'web.tab.current',
    (n) => ({
      url: `https://site${n % 50}.example.org/${n}/${title().replaceAll(' ', '-')}?x=${n}`,
      title: title(),
      audible: false,
      incognito: n % 50 === 0,
      tabCount: 9,
    }),
    false,
  );
  bucket(
    'aw-watcher-vscode_h',
    'app.editor.activity',
    (n) => ({
      language: 'typescript',
      project: '/home/x/shop',
      file: `/home/x/shop/${title().replaceAll(' ', '_')}_${n}.ts`,
      branch: 'main',
    }),
    true,
  );
  put('}}');
  closeSync(handle);
  return events;
}

/** Runs the command and watches its memory; kibibytes. */
export async function timed(args: readonly string[], home: string) {
  const began = performance.now();
  const child = spawn(process.execPath, [join(root, 'src', 'cli.ts'), 'import', '--json', ...args], {
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      BEFOREHAND_HOME: join(home, 'data'),
      XDG_RUNTIME_DIR: home,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += String(chunk)));
  let peak = 0;
  const { readFile } = await import('node:fs/promises');
  const watch = setInterval(() => {
    void readFile(`/proc/${child.pid}/status`, 'utf8').then(
      (status) => (peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))),
      () => {},
    );
  }, 100);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(watch);
  return {
    code,
    peak,
    seconds: (performance.now() - began) / 1000,
    report: JSON.parse(out || '{}') as Record<string, number>,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const megabytes = Number(process.argv[2] ?? 300);
  const home = mkdtempSync(join(tmpdir(), 'bench-import-'));
  try {
    const file = join(home, 'export.json');
    const events = writeExport(file, megabytes);
    const size = statSync(file).size / 1e6;
    const say = (name: string, { code, peak, seconds, report }: Awaited<ReturnType<typeof timed>>) =>
      console.log(
        `${name}: exit ${code}, ${seconds.toFixed(1)} s (${(size / seconds).toFixed(1)} MB/s, ${Math.round(events / seconds)} events/s), peak ${Math.round(peak / 1024)} MiB, kept ${report['kept']}, known ${report['known']}, dropped ${report['dropped']}`,
      );
    console.log(`export of ${size.toFixed(0)} MB, ${events} events`);
    say('dry run', await timed(['--dry-run', '--keep-old', file], home));
    say('import', await timed(['--keep-old', file], home));
    say('again', await timed(['--keep-old', file], home));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
