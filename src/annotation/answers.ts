import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { AnnotatorName, Take } from '../model/annotation.ts';
import { parseJson } from '../reading/json.ts';
import { linesOf, readError } from '../reading/lines.ts';
import { writeError } from '../writing.ts';
import type { AnnotationTrace } from './trace.ts';

/** One line of an annotator's file after its head. `take` null takes an answer back; times are epoch milliseconds. */
const Line = z.strictObject({
  trace: z.string().max(600),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  event: z.int().min(0).max(10_000),
  take: Take.nullable(),
  at: z.number(),
});
type Line = z.infer<typeof Line>;

const Head = z.strictObject({ annotator: AnnotatorName, version: z.literal(1) });

/** Everything one annotator answered. */
export interface Answers {
  readonly annotator: string;
  /** Answers to exactly this trace, one for each event; null where there is none. Positions it cannot have are left out. */
  of(trace: AnnotationTrace): readonly (Take | null)[];
  /** How many answers stand to earlier contents of this trace's file, when there are none to its present one. */
  stale(trace: AnnotationTrace): number;
}

/** Ends every annotator's file. */
const SUFFIX = '.answers.jsonl';

/**
 * The name of an annotator's file: readable letters, then a hash of the whole name with case folded, so that no name
 * can be a path, a device or another's file on any system.
 */
export function fileOf(name: string): string {
  const folded = name.toLowerCase();
  const letters = folded.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const hash = createHash('sha256').update(folded).digest('hex').slice(0, 10);
  return `${letters || 'annotator'}-${hash}${SUFFIX}`;
}

/** Parses a name; `usage` in one sentence when it cannot be one. */
export function annotatorOf(name: string): string {
  const parsed = AnnotatorName.safeParse(name);
  if (parsed.success) return parsed.data;
  const why = parsed.error.issues[0]?.message ?? 'choose another name';
  throw new AppError('usage', `[annotation] ${JSON.stringify(name)} is no annotator’s name: ${why}`);
}

/**
 * Reads one annotator's file and no other. A last line that was only half written is passed over; a damaged line
 * anywhere else rejects with `bad-input` naming file and line. No file means no answers.
 */
export async function readAnswers(folder: string, name: string): Promise<Answers> {
  return (await readFileOf(join(folder, fileOf(name)))) ?? createTally(name);
}

/** Reads every annotator's answers in a folder, in the order of names; only for finished traces (see `pool.ts`). */
export async function readEverybody(folder: string): Promise<readonly Answers[]> {
  const names = await readdir(folder).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return [];
    throw readError(thrown, folder, 'annotation');
  });
  const all: Answers[] = [];
  for (const name of names.filter((each) => each.endsWith(SUFFIX))) {
    const answers = await readFileOf(join(folder, name));
    if (!answers) continue;
    const twice = all.some((each) => fileOf(each.annotator) === fileOf(answers.annotator));
    if (twice) {
      throw new AppError(
        'bad-input',
        `[annotation] ${folder} holds two files of ${answers.annotator}: move one of them away`,
      );
    }
    all.push(answers);
  }
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  return all.toSorted((a, b) => compare(a.annotator, b.annotator));
}

/**
 * Keeps one answer: it is on the disk when this resolves. One line is one write, and a line that an earlier death left
 * half written is cut off first. Files are 0600 in a 0700 folder. Rejects with `disk-full` or `permission`.
 */
export async function keepAnswer(
  folder: string,
  name: string,
  answer: { readonly trace: AnnotationTrace; readonly event: number; readonly take: Take | null },
  now: number,
): Promise<void> {
  const line: Line = {
    trace: answer.trace.label,
    digest: answer.trace.digest,
    event: answer.event,
    take: answer.take === null ? null : [...answer.take],
    at: now,
  };
  const file = join(folder, fileOf(name));
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const handle = await open(file, 'a+', 0o600);
    try {
      const empty = await mendEnd(handle);
      const head = empty ? `${JSON.stringify({ annotator: name, version: 1 })}\n` : '';
      await handle.write(`${head}${JSON.stringify(line)}\n`);
      await handle.datasync();
    } finally {
      await handle.close();
    }
  } catch (thrown) {
    throw writeError(thrown, file, 'annotation', 'answer it again');
  }
}

/** Longest line that may be half written: far more than any answer takes. */
const TAIL = 16_384;

/** Cuts off what stands behind the last line end; answers whether the file is empty then. */
async function mendEnd(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  const from = Math.max(0, size - TAIL);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
  const last = buffer.subarray(0, bytesRead).lastIndexOf(0x0a);
  if (last === -1 && from > 0) {
    throw new AppError(
      'bad-input',
      '[annotation] the end of this annotator’s file is no answer of ours: move the file away and begin anew',
    );
  }
  const end = from + last + 1;
  if (end < size) await handle.truncate(end);
  return end === 0;
}

async function readFileOf(file: string): Promise<Answers | null> {
  let tally: Tally | null = null;
  try {
    for await (const { text, number, whole } of linesOf(file, { speaker: 'annotation' })) {
      // What stands behind the last line end was not whole when its writer died.
      if (!whole) break;
      if (tally) {
        // Two that begin at once, a terminal and a window, write the head both.
        const head = Head.safeParse(parseJson(text)).data;
        if (head && fileOf(head.annotator) === fileOf(tally.annotator)) continue;
        tally.add(parse(Line, text, file, number));
      } else tally = createTally(parse(Head, text, file, number).annotator);
    }
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'not-found') return null;
    throw thrown;
  }
  return tally;
}

function parse<T>(schema: z.ZodType<T>, line: string, file: string, number: number): T {
  const parsed = schema.safeParse(parseJson(line));
  if (parsed.success) return parsed.data;
  throw new AppError(
    'bad-input',
    `[annotation] ${file} line ${number} is damaged: mend or remove that line, the others are kept`,
  );
}

/** Answers as they are read, line by line: the newest counts. */
interface Tally extends Answers {
  add(line: Line): void;
}

function createTally(annotator: string): Tally {
  const byTrace = new Map<string, Map<number, Take>>();
  const digests = new Map<string, Set<string>>();
  return {
    annotator,
    add({ trace, digest, event, take }) {
      const kept = byTrace.get(digest) ?? new Map<number, Take>();
      byTrace.set(digest, kept);
      if (take === null) kept.delete(event);
      else kept.set(event, take);
      digests.set(trace, (digests.get(trace) ?? new Set()).add(digest));
    },
    of({ digest, events }) {
      const kept = byTrace.get(digest);
      return events.map(({ candidates }, at) => {
        const take = kept?.get(at);
        return take?.every((each) => each < candidates.length) && candidates.length > 0 ? take : null;
      });
    },
    stale({ label, digest }) {
      if ((byTrace.get(digest)?.size ?? 0) > 0) return 0;
      const earlier = [...(digests.get(label) ?? [])].map((each) => byTrace.get(each)?.size ?? 0);
      return Math.max(0, ...earlier);
    },
  };
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown reason';
}
