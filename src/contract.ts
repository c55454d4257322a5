import { z } from 'zod';
import {
  Agreement,
  AnnotationEvent,
  AnnotatorName,
  Converted,
  Take,
  TraceSummary,
} from './model/annotation.ts';
import { Decision } from './model/decision.ts';
import { Digest, DigestAnswer } from './model/digest.ts';
import { ExportChoice, ExportPreview } from './model/exporting.ts';
import { Answer, AuditEntry, RejectReason } from './model/feedback.ts';
import { SOURCES } from './model/guard.ts';
import { ForgetFilter, LogCopy } from './model/log.ts';
import { RewardCard } from './model/learned.ts';
import { Fingerprint, McpName, McpServerSetting, McpServerState } from './model/mcp.ts';
import { Health } from './model/monitor.ts';
import { Receipts } from './model/receipts.ts';
import { PrivacyReport, SourceCounts } from './model/report.ts';
import { Observation } from './model/observation.ts';
import { Settings, SettingsPatch } from './model/settings.ts';
import { Participant, StudyFile, StudyReply, StudyState } from './model/study.ts';
import { Suggestion, SuggestionState } from './model/suggestion.ts';
import { Mute } from './model/mute.ts';
import { WhatIf } from './model/whatIf.ts';
import type { Contract } from './rpc.ts';

const nothing = z.object({}).strict();

/** The model as the window shows it. */
export const ModelState = z.object({
  alias: z.string(),
  state: z.enum(['loading', 'ready', 'missing', 'damaged', 'failed', 'off']),
  reason: z.string().optional(),
  /** Whether what it proposes is shown by default, and if not, why and how to have it measured. */
  shows: z.boolean(),
  hidden: z.string().optional(),
  /** Whether it writes the answers to what is accepted; as `shows` where it is not told. */
  answers: z.boolean().optional(),
  leaves: z.boolean(),
  memoryBytes: z.number().optional(),
});
export type ModelState = z.infer<typeof ModelState>;

/** One model of the catalogue, as a person chooses it. Bytes are bytes. */
export const ModelChoice = z.object({
  alias: z.string(),
  title: z.string(),
  summary: z.string(),
  bytes: z.number(),
  memoryBytes: z.number(),
  licence: z.string(),
  installed: z.boolean(),
  inUse: z.boolean(),
  fits: z.boolean(),
  /** Whether what it proposes has earned to be shown on this machine. */
  shows: z.boolean(),
  answers: z.boolean(),
  /** Hash known beforehand, pinned at first download, or not yet known. */
  pinned: z.enum(['shipped', 'first-download', 'none']),
});
export type ModelChoice = z.infer<typeof ModelChoice>;

/** The whole program at a glance: what the status line, the tray and `doctor` show. */
export const AppState = z.object({
  version: z.string(),
  host: z.enum(['desktop', 'browser', 'headless']),
  demo: z.boolean(),
  /** The core's clock, epoch milliseconds: a recorded day has its own time. */
  now: z.number().optional(),
  /** Three states a person can tell apart. `wrong` names what is wrong in `reason`. */
  capture: z.enum(['watching', 'paused', 'wrong']),
  reason: z.string().optional(),
  /** Epoch ms; 0 means until resumed; null when not paused. */
  pausedUntil: z.number().nullable(),
  /** Who paused: the person, the chosen hours, or that nobody has been through Welcome; null when not paused. */
  pausedBy: z.enum(['you', 'hours', 'welcome']).nullable(),
  /** Epoch ms until which no card comes; null outside the quiet hours. */
  quietUntil: z.number().nullable(),
  /** Why no card comes just now although it is watching (a full screen, a meeting), in words; absent when nothing holds it. */
  held: z.string().max(200).optional(),
  /** Why the model rests just now, in words: on battery patterns alone propose. Absent while it may be asked. */
  resting: z.string().max(200).optional(),
  /** What `capture` means just now, in a few words: the same on every surface. */
  says: z.string(),
  afk: z.boolean(),
  sources: z.array(Health),
  model: ModelState,
  store: z.object({
    place: z.string(),
    encrypted: z.boolean(),
    key: z.enum(['keyring', 'file', 'none']),
    bytes: z.number(),
    events: z.number(),
    warning: z.string().optional(),
  }),
  counts: SourceCounts.extend({ sources: z.partialRecord(z.enum(SOURCES), SourceCounts) }),
  today: z.object({
    shown: z.number(),
    accepted: z.number(),
    rejected: z.number(),
    ignored: z.number(),
    silent: z.number(),
    modelCalls: z.number(),
    tokens: z.number(),
  }),
  /** The study in force; absent without one. */
  study: StudyState.optional(),
  current: Suggestion.nullable(),
  /** How many more wait behind the current one. */
  waiting: z.number(),
});
export type AppState = z.infer<typeof AppState>;

const page = { before: z.number().int().optional(), limit: z.number().int().min(1).max(500).optional() };

/** One shipped list: entries that protect an app, a title or a site, and why. */
export const ExclusionList = z.object({
  kind: z.enum(['app', 'title', 'site']),
  reason: z.string(),
  entries: z.array(z.string()),
});
export type ExclusionList = z.infer<typeof ExclusionList>;

/** The shipped lists. `settings.allowed` switches entries off; the marks of private windows cannot be. */
export const ShippedExclusions = z.object({
  lists: z.array(ExclusionList),
  privateMarks: z.array(z.string()),
});
export type ShippedExclusions = z.infer<typeof ShippedExclusions>;

/** A folder of traces (null: `traces` in the data folder) and who annotates. */
const teaching = { folder: z.string().min(1).max(4096).nullable(), annotator: AnnotatorName };
/** One trace of that folder, by its file's name alone. */
const teachingTrace = {
  ...teaching,
  trace: z
    .string()
    .max(255)
    .regex(/^[^/\\]+$/),
};

/** Channel name -> input and output schema: one map for IPC, WebSocket and the core's own socket. */
export const contract = {
  'state.get': { input: nothing, output: AppState },
  'capture.pause': {
    input: z.union([
      z.strictObject({ minutes: z.number().min(0).max(10_080).nullable() }),
      z.strictObject({ until: z.literal('tomorrow') }),
    ]),
    output: AppState,
  },
  /** Lets every source prove now that it works; the answer is how it went. */
  'capture.check': { input: nothing, output: AppState },
  'capture.resume': { input: nothing, output: AppState },
  'observations.list': {
    input: z.object({ ...page, text: z.string().max(200).optional(), app: z.string().max(256).optional() }),
    output: z.object({ rows: z.array(Observation), next: z.number().optional() }),
  },
  forget: { input: ForgetFilter, output: z.object({ forgotten: z.number() }) },
  /** Locks the log with a new key and destroys the old one. */
  'key.rotate': { input: nothing, output: nothing },
  'copies.list': { input: nothing, output: z.array(LogCopy) },
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
  'reward.card': { input: nothing, output: RewardCard },
  /** Learns anew from all answers; a version that is worse on the held-back ones is refused and said so. */
  'reward.train': { input: nothing, output: RewardCard },
  'reward.use': { input: z.strictObject({ id: z.string().min(1).max(64) }), output: RewardCard },
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
  'receipts.days': {
    input: z.strictObject({ days: z.number().int().min(1).max(366).optional() }),
    output: Receipts,
  },
  /** `look` names a server to be started and asked for its tools; without it nothing is started. */
  'mcp.servers': { input: z.strictObject({ look: McpName.optional() }), output: z.array(McpServerState) },
  /**
   * Allows or forbids one tool of one server. `sha256` is what the person was shown: a tool that is another by now is
   * refused. Left out, it is pinned as the server describes it at this moment.
   */
  'mcp.allow': {
    input: z.strictObject({
      server: McpName,
      tool: z.string().min(1).max(128),
      allowed: z.boolean(),
      sha256: Fingerprint.optional(),
    }),
    output: z.array(McpServerState),
  },
  'mcp.switch': {
    input: z.strictObject({ server: McpName, on: z.boolean() }),
    output: z.array(McpServerState),
  },
  'mcp.remove': { input: z.strictObject({ server: McpName }), output: z.array(McpServerState) },
  /** Names a program to be started, so only the command line has a way to it: a page is refused. */
  'mcp.add': {
    input: McpServerSetting.pick({ name: true, command: true, args: true, env: true }),
    output: z.array(McpServerState),
  },
  'need.record': { input: nothing, output: z.object({ observations: z.number() }) },
  'decisions.list': {
    input: z.object(page),
    output: z.object({ rows: z.array(Decision), next: z.number().optional() }),
  },
  'settings.get': { input: nothing, output: Settings },
  'settings.set': { input: SettingsPatch, output: Settings },
  'privacy.sample': {
    input: z.object({ source: z.enum(['window', 'clipboard', 'keyboard', 'typed', 'files', 'idle']) }),
    output: z.object({ stored: z.string(), never: z.string() }),
  },
  'privacy.exclusions': { input: nothing, output: ShippedExclusions },
  'privacy.report': { input: nothing, output: PrivacyReport },
  /** Makes a new key for ActivityWatch clients; it is given this once and replaces the old one. */
  'activityWatch.renewKey': { input: nothing, output: z.object({ key: z.string() }) },
  /** The participant agreed where the command was given: only the command line has a way to it. */
  'study.apply': {
    input: z.strictObject({
      file: StudyFile,
      participant: Participant,
      how: z.enum(['terminal', 'phrase']),
    }),
    output: AppState,
  },
  /** Ends the study in force at once; what it collected stays until it is forgotten. */
  'study.end': { input: nothing, output: AppState },
  /** What was said to the open questions; an empty list skips them. */
  'study.reply': {
    input: z.strictObject({ feedback: z.uuid(), replies: z.array(StudyReply).max(5) }),
    output: nothing,
  },
  /** A folder of traces as this annotator stands in it; nobody else's answers are read. */
  'annotation.open': {
    input: z.strictObject(teaching),
    output: z.object({ folder: z.string(), traces: z.array(TraceSummary), odd: z.array(z.string()) }),
  },
  'annotation.trace': {
    input: z.strictObject(teachingTrace),
    output: z.object({
      digest: z.string(),
      events: z.array(AnnotationEvent),
      answers: z.array(Take.nullable()),
      changed: z.string().optional(),
    }),
  },
  /** Keeps one answer, or takes it back (`take` null); refused when the trace is not the one that was opened. */
  'annotation.keep': {
    input: z.strictObject({
      ...teachingTrace,
      digest: z.string().regex(/^[0-9a-f]{64}$/),
      event: z.int().min(0).max(10_000),
      take: Take.nullable(),
    }),
    output: nothing,
  },
  /** Over the traces that this annotator has finished. */
  'annotation.agreement': { input: z.strictObject(teaching), output: Agreement },
  /** Writes reward data of those traces to a new file in the data folder. */
  'annotation.convert': { input: z.strictObject(teaching), output: Converted },
  /** What an export would write, with the words to agree to and where it would go; nothing is written. */
  'export.preview': {
    input: ExportChoice,
    output: ExportPreview.extend({ consent: z.string(), folder: z.string() }),
  },
  /** Writes it. `consent` are the words of the preview; `folder` an absolute path, below `exports/` where absent. */
  'export.write': {
    input: z.strictObject({
      choice: ExportChoice,
      consent: z.string().min(1).max(20_000),
      folder: z.string().min(1).max(1024).optional(),
    }),
    output: z.object({
      folder: z.string(),
      files: z.array(z.object({ name: z.string(), rows: z.number(), bytes: z.number() })),
    }),
  },
  'export.stop': { input: nothing, output: nothing },
  'models.list': { input: nothing, output: z.array(ModelChoice) },
  /** `file` and `adapter` are absolute paths; what is absent is taken off. */
  'models.use': {
    input: z.strictObject({
      alias: z.string().max(100),
      file: z.string().min(1).max(4096).optional(),
      adapter: z.string().min(1).max(4096).optional(),
    }),
    output: Settings,
  },
  /** Measures the model in use, in the background; told as progress of `measure`. False while it is being measured. */
  'models.measure': { input: nothing, output: z.object({ started: z.boolean() }) },
  'models.pull': {
    input: z.object({ alias: z.string().max(100) }),
    output: z.object({ started: z.boolean() }),
  },
} satisfies Contract['channels'];

/** What the core tells without being asked. */
export const events = {
  state: AppState,
  observed: z.array(Observation),
  suggestion: Suggestion,
  answer: Answer,
  progress: z.object({
    task: z.string(),
    done: z.number(),
    total: z.number(),
    state: z.enum(['running', 'done', 'failed']),
    message: z.string().optional(),
  }),
} satisfies Contract['events'];

/** The contract of the assistant as `rpc.ts` takes it. */
export const assistant = { channels: contract, events };
export type Assistant = typeof assistant;
