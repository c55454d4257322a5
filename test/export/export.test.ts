import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { exportError } from '../../src/export/folder.ts';
import { runExport } from '../../src/export/export.ts';
import { type ExportFormat, FORMATS } from '../../src/model/exporting.ts';
import { Manifest } from '../../src/export/manifest.ts';
import { ProactiveBenchRow } from '../../src/export/proactivebench.ts';
import { feedbackOf } from '../../src/feedback/feedback.ts';
import { createMemoryLog } from '../../src/log/memory.ts';
import type { FeedbackLabel } from '../../src/model/feedback.ts';
import type { EventLog } from '../../src/model/log.ts';
import { newId } from '../../src/model/id.ts';
import { proposal, seen, suggestion } from '../suggestions/fakes.ts';
import { exportOptions } from './fakes.ts';

const clock = { now: () => Date.UTC(2026, 0, 15) };
/** An export in one format, with names kept. */
function write(options: { readonly log: EventLog; readonly format: ExportFormat; readonly out: string }) {
  return runExport({ ...exportOptions(options.log, [options.format]), out: options.out, consent: 'agreed' });
}
let folder: string;
let out: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beforehand-export-'));
  out = join(folder, 'deep', 'out');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function logWith(labels: readonly FeedbackLabel[]): Promise<EventLog> {
  const log = createMemoryLog(clock);
  for (const [at, label] of labels.entries()) {
    await log.feedback(
      feedbackOf(suggestion(`topic ${at}`, 1000 + at), label, { at: 2000 + at, via: 'card' }),
    );
  }
  return log;
}

const names = (path: string) => readdirSync(path).sort();
const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe('an export', () => {
  it('is rows and a manifest that holds their hash and what was left out', async () => {
    const log = await logWith(['accepted', 'ignored', 'missed-need', 'ignored', 'expired', 'rejected']);
    const heard: number[][] = [];
    const manifest = await runExport({
      ...exportOptions(log, ['proactivebench']),
      out,
      consent: 'agreed',
      onProgress: (done, total) => heard.push([done, total]),
    });
    expect(names(out)).toEqual(['manifest.json', 'reward_data.jsonl']);
    const bytes = readFileSync(join(out, 'reward_data.jsonl'));
    const rows = bytes.toString().trimEnd().split('\n');
    expect(rows.map((row) => ProactiveBenchRow.parse(JSON.parse(row)).pred_task)).toEqual([
      null,
      'Look up topic 0',
    ]);
    expect(Manifest.parse(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')))).toEqual(manifest);
    expect(manifest).toMatchObject({
      schema: 2,
      formats: ['proactivebench'],
      created: '2026-01-15T00:00:00.000Z',
      counts: {
        answers: 6,
        formats: { proactivebench: { rows: 2, leftOut: { ignored: 2, expired: 1, 'need-unknown': 1 } } },
      },
      consent: { text: 'agreed', given: '2026-01-15T00:00:00.000Z' },
      replaced: null,
      files: [{ rows: 2, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }],
    });
    expect(heard).toEqual([
      [6, 0],
      [6, 6],
    ]);
  });

  it('is private: files 0600, folder 0700', async () => {
    await write({ log: await logWith(['accepted']), format: 'csv', out });
    expect(mode(out)).toBe('700');
    for (const name of names(out)) expect(mode(join(out, name))).toBe('600');
  });

  it('of many pages keeps every answer once, newest first', async () => {
    const log = await logWith(Array.from({ length: 1234 }, () => 'accepted' as const));
    const { counts } = await write({ log, format: 'csv', out });
    expect(counts).toEqual({ answers: 1234, formats: { csv: { rows: 1234, leftOut: {} } } });
    const ids = readFileSync(join(out, 'feedback.csv'), 'utf8')
      .split('\r\n')
      .slice(1, -1)
      .map((line) => /"Look up topic (\d+)"/.exec(line)?.[1]);
    expect(ids).toEqual(Array.from({ length: 1234 }, (_, at) => String(1233 - at)));
  });

  it('of an empty log is empty, not missing', async () => {
    const { counts } = await write({ log: await logWith([]), format: 'proactivebench', out });
    expect(counts.formats).toEqual({ proactivebench: { rows: 0, leftOut: {} } });
    expect(readFileSync(join(out, 'reward_data.jsonl'), 'utf8')).toBe('');
  });
});

describe('where it goes', () => {
  it('an empty folder and an earlier export, also of the other format, are replaced', async () => {
    mkdirSync(out, { recursive: true });
    await write({ log: await logWith(['accepted']), format: 'csv', out });
    await write({ log: await logWith(['rejected']), format: 'proactivebench', out });
    expect(names(out)).toEqual(['manifest.json', 'reward_data.jsonl']);
    expect(names(join(folder, 'deep'))).toEqual(['out']);
  });

  it.each<[string, (out: string) => void]>([
    ['a folder with other files', (path) => writeFileSync(join(path, 'thesis.tex'), 'x')],
    [
      'a manifest of something else',
      (path) => writeFileSync(join(path, 'manifest.json'), '{"name": "web app"}'),
    ],
  ])('%s is refused and left as it is', async (_, fill) => {
    mkdirSync(out, { recursive: true });
    fill(out);
    const before = names(out);
    const refused = write({ log: await logWith(['accepted']), format: 'csv', out });
    await expect(refused).rejects.toMatchObject({ code: 'refused' });
    expect(names(out)).toEqual(before);
  });

  it('an earlier export with a file of the user beside it is refused', async () => {
    const log = await logWith(['accepted']);
    await write({ log, format: 'csv', out });
    writeFileSync(join(out, 'notes.md'), 'mine');
    await expect(write({ log, format: 'csv', out })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('notes.md'),
    });
    expect(readFileSync(join(out, 'notes.md'), 'utf8')).toBe('mine');
  });

  it('a file in its place, or on the way, is refused in a sentence', async () => {
    writeFileSync(join(folder, 'file'), 'x');
    const log = await logWith([]);
    for (const path of [join(folder, 'file'), join(folder, 'file', 'below')]) {
      const error = await write({ log, format: 'csv', out: path }).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(AppError);
      expect((error as AppError).message).toContain(path);
    }
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('x');
  });
});

describe('all or nothing', () => {
  it.each(['an earlier export', 'an empty folder'])(
    'what somebody puts into %s while the next one is written is not lost',
    async (what) => {
      const log = await logWith(['accepted']);
      if (what === 'an empty folder') mkdirSync(out, { recursive: true });
      else await write({ log, format: 'csv', out });
      const before = names(out);
      const during: EventLog = {
        ...log,
        feedbacks: (range) => {
          writeFileSync(join(out, 'notes.md'), 'mine');
          return log.feedbacks(range);
        },
      };
      await expect(write({ log: during, format: 'csv', out })).rejects.toMatchObject({
        code: 'refused',
        message: `[export] ${out} holds other files ("notes.md"): name a new or empty folder`,
      });
      expect(names(out)).toEqual([...before, 'notes.md'].sort());
      expect(names(join(folder, 'deep'))).toEqual(['out']);
    },
  );

  it('a log that fails on the way leaves the earlier export and no rest', async () => {
    await write({ log: await logWith(['accepted']), format: 'csv', out });
    const before = readFileSync(join(out, 'feedback.csv'), 'utf8');
    const log = await logWith(Array.from({ length: 800 }, () => 'accepted' as const));
    let pages = 0;
    const failing: EventLog = {
      ...log,
      feedbacks: (range) => {
        if (++pages > 1) throw new AppError('log-damaged', '[log] page 7 is damaged');
        return log.feedbacks(range);
      },
    };
    await expect(write({ log: failing, format: 'csv', out })).rejects.toMatchObject({
      code: 'log-damaged',
    });
    expect(readFileSync(join(out, 'feedback.csv'), 'utf8')).toBe(before);
    expect(names(join(folder, 'deep'))).toEqual(['out']);
  });

  it('into a new folder leaves none', async () => {
    const failing = {
      ...(await logWith([])),
      feedbacks: () => Promise.reject(new AppError('log-damaged', '[log] x')),
    };
    await expect(write({ log: failing, format: 'csv', out })).rejects.toThrow();
    expect(existsSync(out)).toBe(false);
    expect(names(join(folder, 'deep'))).toEqual([]);
  });

  it.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EACCES', 'permission'],
    ['EROFS', 'permission'],
    ['EIO', 'unreadable'],
  ])('%s is told as %s, with the folder', (cause, code) => {
    const error = exportError(Object.assign(new Error(cause), { code: cause }), '/mnt/stick');
    expect(error).toMatchObject({ code, message: expect.stringContaining('/mnt/stick') });
  });
});

it('a text that was cut within an emoji stands in every format as strict readers take it', async () => {
  const log = createMemoryLog(clock);
  const cut = 'Look up \ud83d';
  const made = suggestion('x', 1000, {
    seen: [seen(cut, 'Code', 900)],
    proposal: proposal('x', { task: cut, message: cut, operation: { kind: 'chat', instruction: cut } }),
  });
  await log.feedback(feedbackOf(made, 'accepted', { at: 2000, via: 'card' }));
  const window = { id: newId(1), at: 1, duration: 0, monitor: 'w', app: 'a', kind: 'window' } as const;
  await log.append([{ ...window, data: { title: cut } }]);
  await runExport({ ...exportOptions(log, FORMATS), out, consent: 'yes' });
  for (const name of names(out).filter((each) => each !== 'manifest.json' && each !== 'dataset_info.json')) {
    const text = readFileSync(join(out, name), 'utf8');
    expect([name, text.includes('Look up'), /\\u[dD][89a-fA-F]/.test(text)]).toEqual([name, true, false]);
  }
});
