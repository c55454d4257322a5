import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { assertNever } from '../errors.ts';
import type { Feedback } from '../model/feedback.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import { csvHeader, csvRows } from './csv.ts';
import { exportError, preparePlace } from './folder.ts';
import { MANIFEST, SCHEMA, type Manifest } from './manifest.ts';
import { exportProactiveBench, type LeftOut } from './proactivebench.ts';

/** What can be written: ProactiveBench's reward data, or a table of every answer. */
export type ExportFormat = 'proactivebench' | 'csv';

const FILE: Readonly<Record<ExportFormat, string>> = {
  proactivebench: 'reward_data.jsonl',
  csv: 'feedback.csv',
};

/**
 * Writes the answers so far and a manifest into the folder `out`, newest first, all or nothing: a failure leaves what
 * was there before. Files are 0600, the folder 0700. `onProgress` hears how many answers were read.
 * Rejects with `refused` when `out` holds anything but an earlier export, `disk-full`, `permission`, or as the log does.
 */
export async function runExport(options: {
  readonly log: EventLog;
  readonly format: ExportFormat;
  readonly out: string;
  readonly clock: Clock;
  readonly onProgress?: (done: number) => void;
}): Promise<Manifest> {
  const { format, out, clock } = options;
  const created = new Date(clock.now()).toISOString();
  const place = await preparePlace(out);
  try {
    const { answers, rows, leftOut, bytes, sha256 } = await writeRows(
      join(place.work, FILE[format]),
      options,
    );
    const manifest: Manifest = {
      by: 'beforehand',
      schema: SCHEMA,
      format,
      created,
      files: [{ name: FILE[format], bytes, rows, sha256 }],
      order: 'newest-first',
      counts: { answers, exported: rows, leftOut },
    };
    const file = await openNew(join(place.work, MANIFEST));
    await file.write(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.end();
    await place.commit();
    return manifest;
  } catch (thrown) {
    await place.discard();
    throw exportError(thrown, out);
  }
}

interface Rows {
  readonly text: string;
  readonly rows: number;
  readonly leftOut: LeftOut;
}

function textOf(format: ExportFormat, answers: readonly Feedback[]): Rows {
  switch (format) {
    case 'proactivebench':
      return exportProactiveBench(answers);
    case 'csv':
      return { text: csvRows(answers), rows: answers.length, leftOut: {} };
    default:
      return assertNever(format, 'export');
  }
}

/** Page by page, so that a year of answers never stands in memory at once. */
async function writeRows(path: string, options: Parameters<typeof runExport>[0]) {
  const { log, format, onProgress } = options;
  const file = await openNew(path);
  const leftOut: Record<string, number> = {};
  let answers = 0;
  let rows = 0;
  try {
    if (format === 'csv') await file.write(csvHeader());
    for (let before: number | undefined; ;) {
      const page = await log.feedbacks({ limit: 500, ...(before === undefined ? {} : { before }) });
      const part = textOf(format, page.rows);
      await file.write(part.text);
      for (const [reason, count] of Object.entries(part.leftOut)) {
        leftOut[reason] = (leftOut[reason] ?? 0) + count;
      }
      answers += page.rows.length;
      rows += part.rows;
      onProgress?.(answers);
      if (page.next === undefined) break;
      before = page.next;
    }
  } catch (thrown) {
    await file.drop();
    throw thrown;
  }
  return { answers, rows, leftOut, ...(await file.end()) };
}

/** A new 0600 file that counts and hashes what is written. `end` returns once it is on disk. */
async function openNew(path: string) {
  const handle = await open(path, 'wx', 0o600);
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    async write(text: string) {
      const data = Buffer.from(text, 'utf8');
      hash.update(data);
      bytes += data.length;
      await handle.writeFile(data);
    },
    async end() {
      try {
        await handle.sync();
      } finally {
        await handle.close();
      }
      return { bytes, sha256: hash.digest('hex') };
    },
    drop: () => handle.close(),
  };
}
