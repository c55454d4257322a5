import { z } from 'zod';
import { Receipt } from './decision.ts';
import { Observation } from './observation.ts';
import { Proposal } from './proposal.ts';
import { StudyAnswered } from './study.ts';
import { PolicySnapshot } from './policy.ts';

/** What became of a suggestion, or `missed-need`: the user pressed "I needed help here". */
export const FeedbackLabel = z.enum([
  'accepted',
  'rejected',
  'ignored',
  'snoozed',
  'expired',
  'edited',
  'missed-need',
]);
export type FeedbackLabel = z.infer<typeof FeedbackLabel>;

/** Where an answer came from. `timeout` is nobody: the time ran out. */
export const FeedbackVia = z.enum([
  'card',
  'notification',
  'inbox',
  'digest',
  'hotkey',
  'annotation',
  'timeout',
]);
export type FeedbackVia = z.infer<typeof FeedbackVia>;

/** The optional one-key reason of a dismiss. */
export const RejectReason = z.enum(['not-needed', 'wrong', 'too-late', 'never-here']);
export type RejectReason = z.infer<typeof RejectReason>;

/** One logged answer, with exactly what the model saw. `latency` is milliseconds from shown to answered. */
export const Feedback = z.object({
  id: z.uuid(),
  at: z.number().int(),
  suggestion: z.uuid().optional(),
  /** The turn that it is about, where that made no suggestion (the digest). */
  decision: z.uuid().optional(),
  proposal: Proposal.optional(),
  seen: z.array(Observation),
  label: FeedbackLabel,
  latency: z.number().int().nonnegative(),
  via: FeedbackVia,
  reason: RejectReason.optional(),
  /** The task as the person worded it before accepting; with label `edited`. */
  edited: z.string().min(1).max(300).optional(),
  /** Whether help was wanted at that moment, where the person said so itself (the digest); wins over all else. */
  needed: z.boolean().optional(),
  policy: PolicySnapshot.optional(),
  model: z.string().max(200).optional(),
  promptVersion: z.string().max(64).optional(),
  /** The study then in force, if any. */
  study: StudyAnswered.optional(),
});
export type Feedback = z.infer<typeof Feedback>;

/** One thing the assistant did for the user, or undid. Never content that was not shown before. */
export const AuditEntry = z.object({
  id: z.uuid(),
  at: z.number().int(),
  suggestion: z.uuid(),
  operation: z.enum(['search', 'chat', 'read', 'rename', 'open', 'remind', 'mcp', 'undo']),
  /** The arguments as previewed and as executed. */
  arguments: z.string().max(40_000),
  result: z.enum(['done', 'failed', 'stopped']),
  /** It can still be taken back with `operations.undo`. */
  undoable: z.boolean().optional(),
  detail: z.string().max(1000).optional(),
  /** What the model calls behind it cost. */
  receipts: z.array(Receipt).max(16).optional(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** What an accepted suggestion came to: the answer that was written, whole or so far, or what was done, in words. */
export const Answer = z.object({
  suggestion: z.uuid(),
  at: z.number().int(),
  text: z.string(),
  state: z.enum(['writing', 'done', 'stopped', 'failed']),
  /** What a larger model would add, or why it failed. */
  note: z.string().max(500).optional(),
  /** A larger model would write it better: the window offers to choose one. */
  larger: z.boolean().optional(),
  /** What was done can be taken back with `operations.undo`. */
  undoable: z.boolean().optional(),
});
export type Answer = z.infer<typeof Answer>;
