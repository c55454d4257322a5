import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../errors.ts';
import { StudyRecord } from '../../model/study.ts';
import { STUDY_ANSWERS, STUDY_TURNS, StudyAnswerRow, StudyTurnRow } from '../../model/studyRows.ts';
import { parseJson, problem } from '../../reading/json.ts';
import { linesOf, readError } from '../../reading/lines.ts';
import { fitting } from '../../study/asking.ts';
import { digestOf } from '../../study/read.ts';

/** Largest manifest in bytes: a study's has a consent text and a handful of files. */
const LONGEST = 1_000_000;

/** What of an export's manifest a report needs; src/export/manifest.ts defines the whole. */
const StudyManifest = z.object({
  by: z.literal('beforehand'),
  schema: z.literal(2),
  files: z.array(
    z.object({
      name: z.string().regex(/^[\w-][\w.-]*$/),
      rows: z.number().int().nonnegative(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  study: StudyRecord,
});

/** One participant's archive, verified. */
export interface StudyArchive {
  readonly folder: string;
  readonly record: StudyRecord;
  /** SHA-256 of the manifest's bytes: which names every file by its own. */
  readonly sha256: string;
  answers(): AsyncGenerator<StudyAnswerRow>;
  turns(): AsyncGenerator<StudyTurnRow>;
}

/**
 * Opens an archive that `study export` wrote, and compares every file with the manifest. Rejects with `bad-input` in one
 * sentence for what is no such archive, was changed, or misses or has a file too many; `not-found` and the like as the
 * disk does. The manifest is not signed: who writes a new one can still deceive.
 */
export async function openArchive(folder: string): Promise<StudyArchive> {
  const bad = (why: string, cause?: unknown) =>
    new AppError('bad-input', `[study] ${folder} ${why}; ask the participant for the archive again`, cause);
  const { bytes, manifest } = await manifestOf(folder, bad);
  const { study: record, files } = manifest;
  const names = new Set([...files.map((file) => file.name), 'manifest.json']);
  const there = await readdir(folder);
  const strange = there.find((name) => !names.has(name));
  if (strange !== undefined)
    throw bad(`holds ${JSON.stringify(basename(strange))}, which its manifest does not name`);
  for (const { name, sha256 } of files) {
    const stat = await lstat(join(folder, name)).catch(() => null);
    if (!stat?.isFile()) throw bad(`lacks ${name}, which its manifest names`);
    if ((await hashOf(join(folder, name))) !== sha256)
      throw bad(`was changed: ${name} is not what was exported`);
  }
  for (const name of [STUDY_ANSWERS, STUDY_TURNS]) {
    if (!names.has(name)) throw bad(`holds no ${name}, so it is no study’s archive`);
  }
  if (digestOf(record.consentText) !== record.consent.consentSha256) {
    throw bad('was changed: its consent text is not the one that was agreed to');
  }
  if (record.consent.participant !== record.participant || record.consent.study !== record.id) {
    throw bad('was changed: its consent record is of another participant or study');
  }
  const arms = new Set<string | null>([null, ...record.arms]);
  return {
    folder,
    record,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    answers: () =>
      rowsOf(join(folder, STUDY_ANSWERS), StudyAnswerRow, arms, ({ replies }) =>
        fitting(record.questions, replies).length < replies.length
          ? 'a reply to what the study does not ask, or not as it asks'
          : null,
      ),
    turns: () => rowsOf(join(folder, STUDY_TURNS), StudyTurnRow, arms),
  };
}

async function manifestOf(folder: string, bad: (why: string, cause?: unknown) => AppError) {
  const file = join(folder, 'manifest.json');
  let bytes: Buffer;
  try {
    const stat = await lstat(file);
    if (!stat.isFile() || stat.size > LONGEST) throw bad('has no manifest that can be read');
    bytes = await readFile(file);
  } catch (thrown) {
    throw readError(thrown, file, 'study');
  }
  const parsed = StudyManifest.safeParse(parseJson(bytes.toString('utf8')));
  if (!parsed.success)
    throw bad(`is no study’s archive (manifest.json: ${problem(parsed.error)})`, parsed.error);
  return { bytes, manifest: parsed.data };
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function* rowsOf<T extends { readonly arm: string | null }>(
  file: string,
  schema: z.ZodType<T>,
  arms: ReadonlySet<string | null>,
  wrong: (row: T) => string | null = () => null,
): AsyncGenerator<T> {
  for await (const { text, number } of linesOf(file, { speaker: 'study' })) {
    const parsed = schema.safeParse(parseJson(text));
    const why = parsed.success
      ? arms.has(parsed.data.arm)
        ? wrong(parsed.data)
        : 'an arm that the study does not have'
      : problem(parsed.error);
    if (why !== null || !parsed.data) {
      throw new AppError(
        'bad-input',
        `[study] ${file} line ${number}: ${why}; ask the participant for the archive again`,
      );
    }
    yield parsed.data;
  }
}
