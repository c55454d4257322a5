import { z } from 'zod';
import { Decision } from '../model/decision.ts';
import { Event } from '../model/event.ts';
import { Answer, AuditEntry, Feedback } from '../model/feedback.ts';
import { ForgetFilter, KeepFrom, LogCopy } from '../model/log.ts';
import { Moment } from '../model/moment.ts';
import { KeptMute } from '../model/mute.ts';
import { Observation } from '../model/observation.ts';
import { Captured, Offered, Told } from '../model/outcome.ts';
import { StudyReply } from '../model/study.ts';
import { Suggestion, SuggestionState } from '../model/suggestion.ts';
import type { Contract } from '../rpc.ts';

const nothing = z.object({}).strict();

const range = {
  before: z.number().int().optional(),
  limit: z.number().int().min(1).max(1000).optional(),
  from: z.number().int().optional(),
  to: z.number().int().optional(),
};

const many = { ...range, limit: z.number().int().min(1).max(5000).optional() };

const page = <T extends z.ZodType>(row: T) => z.object({ rows: z.array(row), next: z.number().optional() });

/** In an object, because a bare null does not travel through rpc.ts. */
const found = <T extends z.ZodType>(row: T) => z.object({ row: row.nullable() });

/** Rows in one call: a page of writes, so that one line stays far below the cap. */
export const CALL_ROWS = 500;

const KINDS = [
  'window',
  'afk',
  'clipboard',
  'keyboard',
  'file',
  'capture',
  'dropped',
  'described',
  'editor',
  'retracted',
] as const satisfies readonly Event['kind'][];

/** The log as a second process reaches it; the methods of EventLog with parsed inputs. `close` stays with the owner. */
export const logContract = {
  channels: {
    append: { input: z.array(Event).max(CALL_ROWS), output: nothing },
    observe: { input: z.array(Observation).max(CALL_ROWS), output: nothing },
    suggest: { input: Suggestion, output: nothing },
    answer: { input: Answer, output: nothing },
    feedback: { input: Feedback, output: nothing },
    reply: {
      input: z.strictObject({
        feedback: z.uuid(),
        at: z.number().int(),
        replies: z.array(StudyReply).max(5),
      }),
      output: z.boolean(),
    },
    decide: { input: Decision, output: nothing },
    audit: { input: AuditEntry, output: nothing },
    mute: { input: KeptMute, output: nothing },
    events: {
      input: z.strictObject({ ...range, kinds: z.array(z.enum(KINDS)).optional() }),
      output: page(Event),
    },
    observations: {
      input: z.strictObject({
        ...range,
        text: z.string().max(1000).optional(),
        app: z.string().max(256).optional(),
        site: z.string().max(253).optional(),
      }),
      output: page(Observation),
    },
    suggestions: {
      input: z.strictObject({ ...range, states: z.array(SuggestionState).optional() }),
      output: page(Suggestion),
    },
    suggestion: { input: z.uuid(), output: found(Suggestion) },
    answerOf: { input: z.uuid(), output: found(Answer) },
    feedbacks: { input: z.strictObject(range), output: page(Feedback) },
    decisions: { input: z.strictObject(range), output: page(Decision) },
    audits: { input: z.strictObject(range), output: page(AuditEntry) },
    moments: { input: z.strictObject(many), output: page(Moment) },
    offered: { input: z.strictObject(many), output: page(Offered) },
    told: { input: z.strictObject(many), output: page(Told) },
    captured: {
      input: z.strictObject({ from: z.number().int(), to: z.number().int() }),
      output: Captured,
    },
    mutes: { input: nothing, output: z.array(KeptMute) },
    quarters: {
      input: z.strictObject({ app: z.string().max(256).optional(), from: z.number().int().optional() }),
      output: z.array(z.tuple([z.number().int(), z.number().int()])),
    },
    byTime: {
      input: z.strictObject({
        from: z.number().int().optional(),
        to: z.number().int().optional(),
        skip: z.number().int().nonnegative().optional(),
        limit: z.number().int().min(1).max(1000).optional(),
        app: z.string().max(256).optional(),
      }),
      output: z.object({ rows: z.array(Observation) }),
    },
    stays: {
      input: z.number().int(),
      output: z.array(Observation.pick({ id: true, time: true, duration: true }).extend({ app: z.string() })),
    },
    forget: { input: ForgetFilter, output: z.number() },
    /** Absolute, because the two processes may stand in different folders. */
    backup: {
      input: z
        .string()
        .max(4096)
        .regex(/^(\/|[A-Za-z]:[\\/])/),
      output: nothing,
    },
    retain: {
      input: z.strictObject({ from: KeepFrom, limit: z.number().int().min(1).max(10_000) }),
      output: z.number(),
    },
    rotateKey: { input: nothing, output: nothing },
    copies: { input: nothing, output: z.array(LogCopy) },
    noteCopy: { input: LogCopy, output: nothing },
    keepBackup: { input: nothing, output: z.boolean() },
    check: { input: nothing, output: z.string() },
    state: {
      input: nothing,
      output: z.object({
        place: z.string(),
        encrypted: z.boolean(),
        key: z.enum(['keyring', 'file', 'none']),
        events: z.number(),
        observations: z.number(),
        bytes: z.number(),
        schema: z.number(),
        warning: z.string().optional(),
      }),
    },
  },
  events: {},
} satisfies Contract;
export type LogContract = typeof logContract;
