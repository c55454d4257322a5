/**
 * Reads generated ProactiveBench files of 1 GB and says how much memory that took. `npm run bench:readers [-- BYTES]`.
 * Each file is walked in a process of its own by `beforehand bench data`; the peak is the kernel's (VmHWM). Prints JSON and
 * ends with 1 when a peak is above 300 MB or a count is wrong.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BYTES = Number(process.argv[2] ?? 1_000_000_000);
const LIMIT = 300_000_000;
const root = fileURLToPath(new URL('../..', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'readers-'));

const observed = (day: number, at: number) => ({
  time: `${1_700_000_000 + day * 86_400 + at * 20}.5`,
  event: `The user reads page ${at} of the manual of day ${day}, and compares it with the notes of the week before.`,
});

/** Windows that overlap as the released ones do: each trace is judged at its every moment. */
function* rows(): Generator<string> {
  for (let day = 0; ; day += 1)
    for (let at = 1; at <= 20; at += 1)
      for (const task of [null, 'Open the next page.', 'Write down what differs.'])
        yield `${JSON.stringify({
          obs: Array.from({ length: at }, (_, each) => observed(day, each)),
          pred_task: task,
          valid: at % 2 === 0,
          help_needed: at % 3 === 0,
          annotation: [true, at % 2 === 0, false],
          category: task === null ? 'Missed-Need (MN)' : 'False-Alarm (FA)',
        })}\n`;
}

function* steps(): Generator<string> {
  for (let at = 0; ; at += 1)
    yield `${at === 0 ? '[' : ','}\n${JSON.stringify({
      observation: observed(Math.floor(at / 50), at % 50),
      agent_response: ['Open the next page.', 'Write down what differs.'],
      task_status: at % 2 === 0,
      other_infomation: { thoughts: 'x'.repeat(200) },
    })}`;
}

async function make(
  file: string,
  pieces: Generator<string>,
  end: string,
): Promise<{ count: number; digest: string }> {
  mkdirSync(dirname(file), { recursive: true });
  const stream = createWriteStream(file);
  let size = 0;
  let count = 0;
  for (const piece of pieces) {
    if (size >= BYTES) break;
    size += piece.length;
    count += 1;
    if (!stream.write(piece)) await once(stream, 'drain');
  }
  await new Promise((resolve) => stream.end(end, () => resolve(null)));
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk);
  return { count, digest: hash.digest('hex') };
}

interface Walk {
  readonly counts: Readonly<Record<string, number>>;
  readonly digest: string;
  readonly bytes: number;
}

async function walk(folder: string): Promise<{ walk: Walk; peak: number; seconds: number }> {
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [join(root, 'src', 'cli.ts'), 'bench', 'data', '--data', folder, '--json'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let peak = 0;
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024);
    } catch {}
  }, 200);
  let text = '';
  for await (const chunk of child.stdout) text += String(chunk);
  clearInterval(look);
  return { walk: JSON.parse(text) as Walk, peak, seconds: (performance.now() - began) / 1000 };
}

let bad = false;
const report: Record<string, unknown> = {};
try {
  for (const [name, file, pieces, end] of [
    ['reward', 'reward_data/train_data.jsonl', rows(), ''],
    ['trace', 'traces/model/long.json', steps(), '\n]\n'],
  ] as const) {
    const folder = join(place, name);
    const made = await make(join(folder, file), pieces, end);
    const { walk: found, peak, seconds } = await walk(folder);
    const digest = createHash('sha256').update(`${file} ${made.digest}\n`).digest('hex');
    const right = found.digest === digest && (name === 'trace' || found.counts['trainRows'] === made.count);
    report[name] = {
      bytes: found.bytes,
      records: made.count,
      peakBytes: peak,
      seconds: Math.round(seconds),
      right,
    };
    bad ||= peak > LIMIT || !right;
    rmSync(folder, { recursive: true });
  }
} finally {
  rmSync(place, { recursive: true, force: true });
}
console.log(JSON.stringify(report));
process.exitCode = bad ? 1 : 0;
