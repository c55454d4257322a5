import { createHash } from 'node:crypto';
import type { AnnotationEvent } from '../model/annotation.ts';

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

/** A trace from its observations and the tasks proposed at each; a task that stands twice is asked once. */
export function traceOf(
  name: string,
  folder: string,
  steps: readonly {
    readonly time: string | number;
    readonly event: string;
    readonly tasks: readonly string[];
  }[],
): AnnotationTrace {
  const events = steps.map(({ time, event, tasks }): AnnotationEvent => ({
    time: String(time),
    event,
    candidates: [...new Set(tasks.map((each) => each.trim()))],
  }));
  return { name, label: `${folder}/${name}`, digest: digestOf(events), events };
}

function digestOf(events: readonly AnnotationEvent[]): string {
  const seen = events.map(({ time, event, candidates }) => [time, event, candidates]);
  return createHash('sha256').update(JSON.stringify(seen)).digest('hex');
}
