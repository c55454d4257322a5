import { z } from 'zod';
import {
  Agreement,
  AnnotationEvent,
  AnnotatorName,
  Converted,
  Take,
  TraceSummary,
} from '../model/annotation.ts';
import { ExportChoice, ExportPreview } from '../model/exporting.ts';
import { RewardCard } from '../model/learned.ts';
import { Receipts } from '../model/receipts.ts';
import { Participant, StudyFile, StudyReply } from '../model/study.ts';
import { nothing } from './parts.ts';
import { AppState } from './state.ts';
import type { Contract } from '../rpc.ts';

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

/** Learning from answers: reward model, receipts, studies, annotation and export. */
export const teachingChannels = {
  'reward.card': { input: nothing, output: RewardCard },
  /** Learns anew from all answers; a version that is worse on the held-back ones is refused and said so. */
  'reward.train': { input: nothing, output: RewardCard },
  'reward.use': { input: z.strictObject({ id: z.string().min(1).max(64) }), output: RewardCard },
  'receipts.days': {
    input: z.strictObject({ days: z.number().int().min(1).max(366).optional() }),
    output: Receipts,
  },
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
} satisfies Contract['channels'];
