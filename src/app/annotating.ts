import { randomUUID } from 'node:crypto';
import { access, link, mkdir, open, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Answers, readAnswers, readEverybody } from '../annotation/answers.ts';
import { rewardRows, type Ties } from '../annotation/convert.ts';
import { readTraceFolder, type TraceFolder } from './annotationFolder.ts';
import { begun, finished, pool, type Pool } from '../annotation/pool.ts';
import { agreementOf } from '../annotation/table.ts';
import type { AnnotationTrace } from '../annotation/trace.ts';
import { AppError } from '../errors.ts';
import type { Agreement, Converted, TraceSummary } from '../model/annotation.ts';
import { progressOf } from '../model/sitting.ts';
import { writeError } from '../writing.ts';

/** Where traces are read from, where annotators' files lie, and who looks; no viewer is who organises. */
export interface Whose {
  readonly folder: string;
  readonly out: string;
  readonly viewer?: string;
}

/** A folder of traces as one annotator stands in it; reads nobody else's answers. */
export async function standing(
  from: string,
  out: string,
  annotator: string,
): Promise<{ readonly read: TraceFolder; readonly answers: Answers; readonly traces: TraceSummary[] }> {
  const read = await readTraceFolder(from);
  const answers = await readAnswers(out, annotator);
  return { read, answers, traces: read.traces.map((trace) => summaryOf(trace, answers)) };
}

/** How one annotator stands in one trace. */
export function summaryOf(trace: AnnotationTrace, answers: Answers): TraceSummary {
  const stale = answers.stale(trace);
  const those = stale === 1 ? 'its 1 answer is' : `its ${stale} answers are`;
  return {
    name: trace.name,
    digest: trace.digest,
    events: trace.events.length,
    ...progressOf({ events: trace.events, answers: answers.of(trace) }),
    ...(stale > 0 && {
      changed: `${trace.name} has changed since ${answers.annotator} annotated it, so ${those} kept but not counted: answer it anew, or put the earlier file back.`,
    }),
  };
}

/** The agreement table over what may be seen (`pool.ts` says what may). */
export async function agreement(whose: Whose): Promise<Agreement> {
  return agreementOf(await gather(whose));
}

/** What may be seen. Nobody else's file is opened for an annotator who has finished nothing. */
async function gather({ folder, out, viewer }: Whose): Promise<Pool> {
  const { traces } = await readTraceFolder(folder);
  if (viewer !== undefined) {
    const own = await readAnswers(out, viewer);
    if (!traces.some((trace) => begun(trace, own) && finished(trace, own)))
      return pool(traces, [own], viewer);
  }
  return pool(traces, await readEverybody(out), viewer);
}

/**
 * Writes the reward data of what may be seen to a new file, all or nothing, 0600. Rejects with `refused` when the
 * file exists and `not-found` when no trace is finished; neither writes anything.
 */
export async function convert(whose: Whose, file: string, ties: Ties = 'leave-out'): Promise<Converted> {
  const target = resolve(file);
  const exists = await access(target).then(
    () => true,
    () => false,
  );
  if (exists) throw taken(target);
  const { pooled, leftOut } = await gather(whose);
  if (pooled.length === 0) {
    const why = leftOut.length > 0 ? `${leftOut.length} begun, none finished` : 'none was begun';
    throw new AppError('not-found', `[annotation] no trace is ready to convert (${why}): finish one first`);
  }
  const report = { rows: 0, windows: 0, categories: {} as Record<string, number> };
  const without: Record<string, number> = leftOut.length > 0 ? { 'unfinished trace': leftOut.length } : {};
  await writeNew(target, function* () {
    for (const { rows, leftOut: reasons } of rewardRows(pooled, ties)) {
      if (rows.length > 0) report.windows += 1;
      for (const reason of reasons) without[WORDS[reason]] = (without[WORDS[reason]] ?? 0) + 1;
      for (const row of rows) {
        report.rows += 1;
        report.categories[row.category] = (report.categories[row.category] ?? 0) + 1;
        yield `${JSON.stringify(row)}\n`;
      }
    }
  });
  return { file: target, ...report, leftOut: without };
}

const WORDS = {
  'no-candidates': 'event without candidates',
  unanswered: 'event nobody answered',
  tie: 'proposal with a tied vote',
} as const;

function taken(target: string): AppError {
  return new AppError('refused', `[annotation] ${target} exists already: name a new file`);
}

async function writeNew(target: string, lines: () => Generator<string>): Promise<void> {
  const beside = `${target}.${randomUUID()}.part`;
  try {
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const handle = await open(beside, 'wx', 0o600);
    try {
      for (const line of lines()) await handle.appendFile(line);
      await handle.sync();
    } finally {
      await handle.close();
    }
    // A link, unlike a rename, never replaces what somebody put there meanwhile.
    await link(beside, target);
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') throw taken(target);
    throw writeError(thrown, target, 'annotation');
  } finally {
    await rm(beside, { force: true });
  }
}
