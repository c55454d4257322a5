import { z } from 'zod';
import { SOURCES } from '../model/guard.ts';
import { LANGUAGES } from '../model/language.ts';
import { Health } from '../model/monitor.ts';
import { SourceCounts } from '../model/report.ts';
import { ShortcutState } from '../model/chord.ts';
import { StudyState } from '../model/study.ts';
import { Suggestion } from '../model/suggestion.ts';

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
  /** What `held` says, for who says it in another language: the kind, and the program of a meeting. */
  hold: z
    .object({
      kind: z.enum(['fullScreen', 'meetings', 'sharing', 'battery']),
      app: z.string().max(200).optional(),
    })
    .optional(),
  /** Why the model rests just now, in words: on battery patterns alone propose. Absent while it may be asked. */
  resting: z.string().max(200).optional(),
  /** What `capture` means just now, in a few words of English; `captureDetails` says the same in every language. */
  says: z.string(),
  /** The language in force outside the window: tray and notifications. */
  language: z.enum(LANGUAGES),
  afk: z.boolean(),
  /** The keys that work in every app, and why one does not; absent where the host was not asked yet. */
  shortcuts: z.array(ShortcutState).optional(),
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
