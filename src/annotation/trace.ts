import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import { type AnnotationEvent, MOST_CANDIDATES } from '../model/annotation.ts';

/** A trace as it is annotated. */
export interface AnnotationTrace {
  /** File name inside its folder. */
  readonly name: string;
  /** Folder and file name, `test_data/code_11.json`: what answers are filed under beside the digest. */
  readonly label: string;
  /** SHA-256 in hex of what an annotator sees: times, events and candidates, not how the file is written. */
  readonly digest: string;
  readonly events: readonly AnnotationEvent[];
}

/** Events of one trace at most: one screen answers all of it at once. */
const MOST_EVENTS = 5000;
/** Characters of one text at most; more is no event a person can read. */
const LONGEST = 8000;

const Text = z.string().max(LONGEST);
const Candidates = z.union([z.array(Text), Text, z.null()]);
const Step = z.object({
  observation: z.object({ time: z.union([z.string(), z.number()]), event: Text.min(1) }),
  agent_response: z.union([Candidates, z.object({ candidate_task: Candidates.optional() })]).optional(),
});

/**
 * The text of one `test_data/*.json` or `traces/<model>/*.json` file. `agent_response` is a list, an object with
 * `candidate_task`, one string or null; empty, "null" and null all mean that nothing was proposed. A candidate that
 * stands twice is asked once. Throws `bad-input` naming the file and the entry.
 */
export function readTrace(text: string, name: string, folder: string): AnnotationTrace {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    throw bad(name, 'it is not whole JSON: restore the file or leave it out', thrown);
  }
  if (!Array.isArray(value)) throw bad(name, 'it is no list of observations: name a folder of traces');
  if (value.length === 0) throw bad(name, 'it is empty: leave it out');
  if (value.length > MOST_EVENTS) throw bad(name, `it has more than ${MOST_EVENTS} events: cut it in parts`);
  const events = value.map((each, at): AnnotationEvent => {
    const step = Step.safeParse(each);
    if (!step.success) {
      const issue = step.error.issues[0];
      const where = issue?.path.join('.') || 'the entry';
      throw bad(name, `entry ${at + 1} is no step of a trace (${where}): mend or remove it`);
    }
    const { observation, agent_response: response } = step.data;
    const candidates = candidatesOf(response);
    if (candidates.length > MOST_CANDIDATES) {
      throw bad(name, `entry ${at + 1} has more than ${MOST_CANDIDATES} candidate tasks: shorten the list`);
    }
    return { time: String(observation.time), event: observation.event, candidates };
  });
  return { name, label: `${folder}/${name}`, digest: digestOf(events), events };
}

function candidatesOf(response: z.infer<typeof Step>['agent_response']): string[] {
  const given =
    response !== null && typeof response === 'object' && !Array.isArray(response)
      ? response.candidate_task
      : response;
  const list = typeof given === 'string' ? [given] : (given ?? []);
  return [...new Set(list.map((each) => each.trim()))].filter((each) => each !== '' && each !== 'null');
}

function digestOf(events: readonly AnnotationEvent[]): string {
  const seen = events.map(({ time, event, candidates }) => [time, event, candidates]);
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex');
}

function bad(name: string, why: string, cause?: unknown): AppError {
  return new AppError('bad-input', `[annotation] ${JSON.stringify(name)} cannot be annotated: ${why}`, cause);
}
