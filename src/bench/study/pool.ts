import { AppError } from '../../errors.ts';
import type { StudyAnswerRow } from '../../model/studyRows.ts';
import type { StudyArchive } from './archive.ts';
import type { ArmCounts } from './shape.ts';

/** Two turns further apart (ms) have a pause between them, which is no time in which something could be proposed. */
const GAP_MS = 5 * 60_000;

/** One archive in figures. `trace` is the participant: what the bootstrap draws. */
export interface Pooled {
  readonly trace: string;
  readonly arms: Readonly<Record<string, ArmCounts>>;
}

/** The name of the only arm of a study without arms. */
export const NO_ARM = 'all';

const NONE: ArmCounts = {
  turns: 0,
  proposals: 0,
  active: 0,
  accepted: 0,
  rejected: 0,
  ignored: 0,
  snoozed: 0,
  expired: 0,
  missed: 0,
  told: 0,
  needed: 0,
  asked: 0,
  replied: 0,
  scales: {},
  choices: {},
};

/**
 * Refuses archives that do not belong together, with `bad-input` in one sentence: another study or another version of
 * it, an archive twice, a participant in two at the same time.
 */
export function checkTogether(archives: readonly StudyArchive[]): void {
  const [first, ...rest] = archives;
  if (!first) throw new AppError('usage', '[study] name at least one archive');
  for (const each of rest) {
    if (each.record.id !== first.record.id) {
      throw refuse(each, `is of the study ${each.record.id}, and ${first.folder} of ${first.record.id}`);
    }
    if (each.record.sha256 !== first.record.sha256) {
      throw refuse(each, `is of another version of ${each.record.id} than ${first.folder}`);
    }
  }
  archives.forEach((each, at) => {
    for (const other of archives.slice(0, at)) {
      if (each.record.consent.id === other.record.consent.id) {
        throw refuse(
          each,
          `is a second archive of what ${other.folder} holds (participant ${each.record.participant})`,
        );
      }
      if (each.record.participant === other.record.participant && overlap(each, other)) {
        throw refuse(each, `is of ${each.record.participant}, as is ${other.folder}, at the same time`);
      }
    }
  });
}

function refuse(one: StudyArchive, why: string): AppError {
  return new AppError('bad-input', `[study] ${one.folder} ${why}: leave it out`);
}

function overlap({ record: a }: StudyArchive, { record: b }: StudyArchive): boolean {
  return a.from < (b.to ?? Infinity) && b.from < (a.to ?? Infinity);
}

/** Counts one archive, row by row. Rejects as reading does. */
export async function pool(archive: StudyArchive): Promise<Pooled> {
  const { record } = archive;
  const arms: Record<string, ArmCounts> = {};
  for (const arm of record.arms.length > 0 ? record.arms : [NO_ARM]) arms[arm] = NONE;
  const count = (arm: string | null, change: (now: ArmCounts) => Partial<ArmCounts>) => {
    const now = arms[arm ?? NO_ARM] ?? NONE;
    arms[arm ?? NO_ARM] = { ...now, ...change(now) };
  };
  let before: { readonly at: number; readonly arm: string | null } | null = null;
  for await (const turn of archive.turns()) {
    const { at, arm, outcome } = turn;
    // Newest first, so the row read before came after. Where the arm changed in between, each has half: to leave that time
    // out would count the hours of an arm with short stretches for less than they were, and its rates for more.
    const between = before ? Math.abs(before.at - at) : 0;
    const gap = between <= GAP_MS ? between : 0;
    const other = before && before.arm !== arm ? Math.floor(gap / 2) : 0;
    if (before && other > 0) count(before.arm, (now) => ({ active: now.active + other }));
    before = { at, arm };
    count(arm, (now) => ({
      turns: now.turns + 1,
      proposals: now.proposals + (outcome === 'proposal' ? 1 : 0),
      active: now.active + gap - other,
    }));
  }
  const choices = new Set(record.questions.flatMap(({ id, kind }) => (kind === 'choice' ? [id] : [])));
  for await (const answer of archive.answers()) count(answer.arm, (now) => answered(now, answer, choices));
  return { trace: record.participant, arms };
}

const PLACE = {
  accepted: 'accepted',
  edited: 'accepted',
  rejected: 'rejected',
  ignored: 'ignored',
  snoozed: 'snoozed',
  expired: 'expired',
  'missed-need': 'missed',
} as const;

function answered(now: ArmCounts, answer: StudyAnswerRow, choosing: ReadonlySet<string>): Partial<ArmCounts> {
  const place = PLACE[answer.label];
  const scales = { ...now.scales };
  const choices = { ...now.choices };
  for (const { question, value } of answer.replies) {
    if (typeof value !== 'number') {
      if (choosing.has(question)) choices[question] = added(own(choices, question) ?? {}, value, 1);
      continue;
    }
    const { sum, count } = own(scales, question) ?? { sum: 0, count: 0 };
    scales[question] = { sum: sum + value, count: count + 1 };
  }
  return {
    [place]: now[place] + 1,
    told: now.told + (answer.needed === null ? 0 : 1),
    needed: now.needed + (answer.needed ? 1 : 0),
    asked: now.asked + (answer.asked ? 1 : 0),
    replied: now.replied + (answer.replies.length > 0 ? 1 : 0),
    scales,
    choices,
  };
}

/** A member of its own: a choice or question may be called `constructor`. */
export function own<T>(members: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

/** Counts with one of them more; a choice called `__proto__` is a count like any other. */
function added(counts: Readonly<Record<string, number>>, name: string, more: number): Record<string, number> {
  const others = Object.entries(counts).filter(([each]) => each !== name);
  return Object.fromEntries([...others, [name, (own(counts, name) ?? 0) + more]]);
}

/** Several participants' counts of one arm as one. */
export function summed(all: readonly ArmCounts[]): ArmCounts {
  return all.reduce((sum, each) => {
    const scales = { ...sum.scales };
    for (const [question, { sum: more, count }] of Object.entries(each.scales)) {
      const now = own(scales, question) ?? { sum: 0, count: 0 };
      scales[question] = { sum: now.sum + more, count: now.count + count };
    }
    const choices = { ...sum.choices };
    for (const [question, more] of Object.entries(each.choices)) {
      choices[question] = Object.entries(more).reduce(
        (now, [choice, count]) => added(now, choice, count),
        own(choices, question) ?? {},
      );
    }
    const figures = Object.fromEntries(
      Object.entries(sum).flatMap(([name, value]) =>
        typeof value === 'number' ? [[name, value + (each[name as 'turns'] ?? 0)]] : [],
      ),
    );
    return { ...sum, ...figures, scales, choices };
  }, NONE);
}
