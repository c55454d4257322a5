import { z } from 'zod';
import { Decision } from '../model/decision.ts';
import { Digest, DigestAnswer } from '../model/digest.ts';
import { Answer, AuditEntry, RejectReason } from '../model/feedback.ts';
import { Mute } from '../model/mute.ts';
import { Suggestion, SuggestionState } from '../model/suggestion.ts';
import { WhatIf } from '../model/whatIf.ts';
import { nothing, page } from './parts.ts';
import type { Contract } from '../rpc.ts';

/** Suggestions: answers, what was done, mutes and the dial. */
export const suggestionChannels = {
  'suggestions.list': {
    input: z.object({ ...page, states: z.array(SuggestionState).optional() }),
    output: z.object({ rows: z.array(Suggestion), next: z.number().optional() }),
  },
  'suggestions.get': {
    input: z.object({ id: z.uuid() }),
    output: z.object({ suggestion: Suggestion, decision: Decision.nullable(), answer: Answer.nullable() }),
  },
  'suggestions.answer': {
    input: z.object({
      id: z.uuid(),
      answer: z.enum(['accept', 'reject', 'snooze']),
      reason: RejectReason.optional(),
      /** The task in the person's own words; with `accept`, the answer counts as edited. */
      task: z.string().trim().min(1).max(300).optional(),
      via: z.enum(['card', 'inbox', 'hotkey']),
    }),
    output: Suggestion,
  },
  'answers.stop': { input: z.object({ suggestion: z.uuid() }), output: nothing },
  /** Takes back what an accepted suggestion did, as far as it still can be. */
  'operations.undo': { input: z.strictObject({ suggestion: z.uuid() }), output: AuditEntry },
  'operations.list': {
    input: z.object(page),
    output: z.object({ rows: z.array(AuditEntry), next: z.number().optional() }),
  },
  'digest.list': { input: nothing, output: Digest },
  'digest.answer': { input: DigestAnswer, output: Digest },
  'policy.whatIf': {
    input: z.strictObject({
      eagerness: z.number().min(0).max(1),
      days: z.number().int().min(1).max(366).optional(),
    }),
    output: WhatIf,
  },
  'policy.mutes': { input: nothing, output: z.array(Mute) },
  /** Mutes for good what a suggestion stands for. */
  'policy.mute': {
    input: z.strictObject({ suggestion: z.uuid(), what: z.enum(['topic', 'kind', 'app']) }),
    output: z.array(Mute),
  },
  'policy.unmute': {
    input: z.strictObject({ what: z.enum(['topic', 'kind', 'app']), name: z.string().min(1).max(300) }),
    output: z.array(Mute),
  },
} satisfies Contract['channels'];
