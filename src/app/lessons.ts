import type { Feedback } from '../model/feedback.ts';
import { labelOf } from '../model/label.ts';
import type { EventLog } from '../model/log.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { type Lesson, MOST_LESSONS } from '../reward/learn.ts';

/** Rows read at once: each holds all that was seen, and the program must stay awake. */
const ROWS = 50;

/** Makes a lesson of an answer and the suggestion it is about; null where it cannot be rated. */
export type Rate = (feedback: Feedback, suggestion: Suggestion | null) => Promise<Lesson | null>;

/** All answers of this user that can be learnt from, kept as numbers. */
export interface Lessons {
  /** Reads the log unless that was done; later answers come by `add`. */
  load(): Promise<void>;
  loaded(): boolean;
  add(feedback: Feedback): Promise<void>;
  /** The newest, at most `MOST_LESSONS`. */
  list(): readonly Lesson[];
  /** Answers with a label, by what they say; more than are learnt from when there are very many. */
  counts(): Readonly<Record<string, number>>;
  total(): number;
  /** Something was forgotten: reads all anew when next asked. */
  drop(): void;
}

/** Reads lessons from the log. */
export function createLessons(log: Pick<EventLog, 'feedbacks' | 'suggestion'>, rate: Rate): Lessons {
  let known = new Map<string, string>();
  let lessons = new Map<string, Lesson>();
  let reading: Promise<void> | null = null;
  let done = false;
  /** Rises with each `drop`: what was read before it must not come back. */
  let round = 0;

  async function take(feedback: Feedback, mine: number, rated: boolean): Promise<void> {
    const says = saysOf(feedback);
    if (says === null || known.has(feedback.id) || mine !== round) return;
    known.set(feedback.id, says);
    if (!rated) return;
    const suggestion = feedback.suggestion ? await log.suggestion(feedback.suggestion) : null;
    const lesson = await rate(feedback, suggestion);
    if (lesson && mine === round) lessons.set(feedback.id, lesson);
  }

  async function read(mine: number): Promise<void> {
    for (let before: number | undefined; ;) {
      const page = await log.feedbacks({ limit: ROWS, ...(before !== undefined && { before }) });
      for (const row of page.rows) await take(row, mine, lessons.size < MOST_LESSONS);
      if (mine !== round) return;
      if (page.next === undefined) break;
      before = page.next;
    }
    done = true;
  }

  return {
    load() {
      if (done) return Promise.resolve();
      const mine = round;
      reading ??= read(mine).finally(() => {
        if (mine === round) reading = null;
      });
      return reading;
    },
    loaded: () => done,
    async add(feedback) {
      if (done || reading) await take(feedback, round, true);
    },
    list: () => [...lessons.values()].toSorted((a, b) => a.at - b.at).slice(-MOST_LESSONS),
    counts() {
      const counts: Record<string, number> = {};
      for (const says of known.values()) counts[says] = (counts[says] ?? 0) + 1;
      return counts;
    },
    total: () => known.size,
    drop() {
      round += 1;
      known = new Map();
      lessons = new Map();
      reading = null;
      done = false;
    },
  };
}

/** What an answer says, as the card counts it; null where it says nothing that can be learnt. */
function saysOf(feedback: Feedback): string | null {
  const label = labelOf(feedback);
  if (typeof label === 'string') return null;
  if (label.pred_task !== null) return feedback.label;
  return label.help_needed ? 'help was wanted' : 'no help was wanted';
}
