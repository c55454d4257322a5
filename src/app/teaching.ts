import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { keepAnswer, readAnswers } from '../annotation/answers.ts';
import type { Assistant } from '../contract.ts';
import { AppError } from '../errors.ts';
import type { Clock } from '../model/ports.ts';
import type { Handlers } from '../rpc.ts';
import { agreement, convert, standing, summaryOf } from './annotating.ts';
import { readTraceFile } from './annotationFolder.ts';

/** What the Teach screen asks of the core. */
export type Teaching = Pick<
  Handlers<Assistant>,
  'annotation.open' | 'annotation.trace' | 'annotation.keep' | 'annotation.agreement' | 'annotation.convert'
>;

/**
 * Annotation for the window. A folder is what the person typed, or `traces` in the data folder; only trace files in it
 * are read. Annotators' files and reward data go to `annotations` in the data folder, nowhere else.
 */
export function createTeaching(data: string, clock: Clock): Teaching {
  const out = join(data, 'annotations');
  const folderOf = (typed: string | null) => (typed === null ? join(data, 'traces') : wholePath(typed));
  const traceIn = async (typed: string | null, name: string) => {
    const folder = await realpath(folderOf(typed)).catch((thrown: unknown) => {
      throw new AppError('not-found', '[annotation] the folder of traces is gone: open it anew', thrown);
    });
    return readTraceFile(folder, name);
  };
  // One answer after the other: the file tells their order.
  let last: Promise<unknown> = Promise.resolve();

  return {
    async 'annotation.open'({ folder, annotator }) {
      const { read, traces } = await standing(folderOf(folder), out, annotator);
      return { folder: read.folder, traces, odd: [...read.odd] };
    },
    async 'annotation.trace'({ folder, annotator, trace: name }) {
      const trace = await traceIn(folder, name);
      const answers = await readAnswers(out, annotator);
      const { changed } = summaryOf(trace, answers);
      return {
        digest: trace.digest,
        events: [...trace.events],
        answers: answers.of(trace).map((take) => (take === null ? null : [...take])),
        ...(changed !== undefined && { changed }),
      };
    },
    'annotation.keep'({ folder, annotator, trace: name, digest, event, take }) {
      const keep = async () => {
        const trace = await traceIn(folder, name);
        if (trace.digest !== digest) {
          throw new AppError(
            'refused',
            `[annotation] ${name} has changed since it was opened, so this answer was not kept: open it anew`,
          );
        }
        const count = trace.events[event]?.candidates.length ?? 0;
        if (count === 0 || take?.some((each) => each >= count)) {
          throw new AppError('bad-input', `[annotation] event ${event + 1} of ${name} has no such candidate`);
        }
        await keepAnswer(out, annotator, { trace, event, take: unique(take) }, clock.now());
        return {};
      };
      const kept = last.then(keep);
      last = kept.catch(() => undefined);
      return kept;
    },
    'annotation.agreement': ({ folder, annotator }) =>
      agreement({ folder: folderOf(folder), out, viewer: annotator }),
    'annotation.convert'({ folder, annotator }) {
      const time = new Date(clock.now()).toISOString().replaceAll(':', '-').slice(0, 19);
      const file = join(out, `reward-${time}.jsonl`);
      return convert({ folder: folderOf(folder), out, viewer: annotator }, file);
    },
  };
}

function unique(take: readonly number[] | null): readonly number[] | null {
  return take === null ? null : [...new Set(take)].toSorted((a, b) => a - b);
}

function wholePath(typed: string): string {
  const path = typed.startsWith('~/') ? join(homedir(), typed.slice(2)) : typed;
  if (isAbsolute(path) && !path.includes('\0')) return path;
  throw new AppError(
    'bad-input',
    '[annotation] name the whole path of the folder, or one that begins with ~/',
  );
}
