import { z } from 'zod';
import { Outcome, type Decision } from './decision.ts';
import { type Feedback, FeedbackLabel, FeedbackVia, RejectReason } from './feedback.ts';
import { labelOf } from './label.ts';
import { StudyReply } from './study.ts';

const arm = z.string().max(48).nullable();

/** One answer in a study's archive: how it was answered, never what it was about. Times are milliseconds. */
export const StudyAnswerRow = z.strictObject({
  id: z.uuid(),
  at: z.number().int(),
  arm,
  label: FeedbackLabel,
  latency: z.number().int().nonnegative(),
  via: FeedbackVia,
  reason: RejectReason.nullable(),
  /** Whether help was wanted; null where the answer does not tell. */
  needed: z.boolean().nullable(),
  /** `pattern:…` or `model`; null for a missed need. */
  proposer: z.string().max(64).nullable(),
  /** P(help is needed) from which the model was asked. */
  threshold: z.number().min(0).max(1).nullable(),
  /** Whether the questions were put; `replies` holds those that were not skipped. */
  asked: z.boolean(),
  replies: z.array(StudyReply).max(5),
});
export type StudyAnswerRow = z.infer<typeof StudyAnswerRow>;

/** One turn of the agent in a study's archive, silence included. `need` is the gate's probability. */
export const StudyTurnRow = z.strictObject({
  at: z.number().int(),
  arm,
  outcome: Outcome,
  need: z.number().min(0).max(1).nullable(),
  tokens: z.number().int().nonnegative(),
  ms: z.number().nonnegative(),
});
export type StudyTurnRow = z.infer<typeof StudyTurnRow>;

/** Names of the two files. */
export const STUDY_ANSWERS = 'study_answers.jsonl';
/** Name of the file of turns in an archive. */
export const STUDY_TURNS = 'study_turns.jsonl';

/** An answer that a study marked, as its row. */
export function answerRow(feedback: Feedback): StudyAnswerRow {
  const { id, at, label, latency, via, study } = feedback;
  const told = labelOf(feedback);
  return {
    id,
    at,
    arm: study?.arm ?? null,
    label,
    latency,
    via,
    reason: feedback.reason ?? null,
    needed: typeof told === 'string' ? null : told.help_needed,
    proposer: feedback.proposal?.proposer ?? null,
    threshold: feedback.policy?.threshold ?? null,
    asked: study?.askedAt !== undefined,
    replies: study?.replies ?? [],
  };
}

/** A turn that a study marked, as its row. */
export function turnRow({ at, study, outcome, gate, receipts, ms }: Decision): StudyTurnRow {
  return {
    at,
    arm: study?.arm ?? null,
    outcome,
    need: gate?.probability ?? null,
    tokens: receipts.reduce((sum, each) => sum + each.prefillTokens + each.outputTokens, 0),
    ms,
  };
}
