import { z } from 'zod';
import { Settings } from './settings.ts';

/**
 * What a terminal or a page would obey instead of showing: control characters, overrides and isolates of the writing
 * direction, separators of lines, invisible ones, half surrogates.
 */
const OBEYED = /[\p{Cc}\p{Cs}\u200B\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/u;
const plain = (text: string) => !OBEYED.test(text.replace(/[\n\t]/g, ''));

/** One line of plain text, at most so many characters. */
const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => !OBEYED.test(text), 'holds a control character or a line end');
/** Paragraphs of plain text. */
const paragraphs = z.string().max(20_000).refine(plain, 'holds a control character');

const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{1,47}$/, 'wants 2 to 48 of a-z, 0-9 and -');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'wants 64 hex digits');

/** A pseudonym: letters, digits, `-` and `_`, so that neither a mail address nor a full name fits. */
export const Participant = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$/, 'wants 1 to 32 letters, digits, - or _: a pseudonym, no name');

/** The sources that a study may name. Typed text is none of them. */
export const StudySource = z.enum(['window', 'idle', 'clipboard', 'keyboard', 'files', 'activityWatch']);
export type StudySource = z.infer<typeof StudySource>;

/** What a participant may be asked after an answer. Every question can be skipped. */
export const StudyQuestion = z.discriminatedUnion('kind', [
  z.strictObject({
    id: slug,
    kind: z.literal('choice'),
    text: line(200),
    choices: z.array(line(80)).min(2).max(6),
  }),
  /** 1 to 5; `low` and `high` name the ends. */
  z.strictObject({ id: slug, kind: z.literal('scale'), text: line(200), low: line(40), high: line(40) }),
  z.strictObject({ id: slug, kind: z.literal('text'), text: line(200) }),
]);
export type StudyQuestion = z.infer<typeof StudyQuestion>;

/** One of the ways in which the agent works during a study. What is left out stays as the participant has it. */
export const StudyArm = z.strictObject({
  id: slug,
  /** Its share, among those of the other arms. */
  weight: z.number().int().min(1).max(8).default(1),
  /** `off`: every event that the rules let pass reaches the proposers, and no score holds back what they offer. */
  gate: z.enum(['on', 'off']).default('on'),
  eagerness: Settings.shape.eagerness.unwrap().optional(),
  /** Who may propose. `none` is silence: a control. */
  proposers: z.enum(['all', 'patterns', 'model', 'none']).default('all'),
});
export type StudyArm = z.infer<typeof StudyArm>;

const pinned = z.strictObject({ version: line(64), sha256 });

/** Settings that a study may set for its time. None of them decides what is watched, kept or excluded. */
const studySettings = z.strictObject({
  mode: Settings.shape.mode.unwrap(),
  eagerness: Settings.shape.eagerness.unwrap(),
  cooldownSeconds: Settings.shape.cooldownSeconds.unwrap(),
  dailyCap: Settings.shape.dailyCap.unwrap(),
  cardSeconds: Settings.shape.cardSeconds.unwrap(),
  snoozeMinutes: Settings.shape.snoozeMinutes.unwrap(),
});

const unique = (ids: readonly string[]) => new Set(ids).size === ids.length;

/** A study, as its researcher writes it. Nothing in it can loosen what the participant keeps private. */
export const StudyFile = z
  .strictObject({
    /** Version of this format. */
    study: z.literal(1),
    id: slug,
    title: line(80),
    /** Who receives the data: the people, not a place on the net; nothing is sent by itself. */
    receiver: line(200),
    /** What the participant agrees to, whole. */
    consent: z
      .union([paragraphs, z.array(paragraphs).max(100)])
      .transform((text) => (typeof text === 'string' ? text : text.join('\n\n')).trim())
      // Once more, for it is kept and handed over as one text.
      .pipe(paragraphs),
    participant: Participant.optional(),
    /** `only`: all that may be watched meanwhile. `on`: those of them that the study asks to switch on. */
    sources: z
      .strictObject({
        only: z.array(StudySource).min(1),
        on: z.array(StudySource).default([]),
      })
      .optional(),
    /** Apps whose typed text may be kept meanwhile, where the participant chose that already; the consent must name each. */
    typedApps: z.array(line(64)).max(20).default([]),
    frozen: z
      .strictObject({
        /**
         * An alias of the catalogue with its file's digest, or `none` with null. Never an endpoint: that would send data.
         * `proposals` and `threshold` are the settings of that name, so that it speaks alike for everybody.
         */
        model: z.strictObject({
          alias: slug.refine((alias) => alias !== 'remote'),
          sha256: sha256.nullable(),
          proposals: Settings.shape.model.unwrap().shape.proposals.unwrap().default('auto'),
          threshold: Settings.shape.model.unwrap().shape.threshold.unwrap().default(0.5),
        }),
        gate: pinned,
        prompts: z.strictObject({ decide: pinned, answer: pinned }),
      })
      .partial()
      .prefault({}),
    settings: studySettings.partial().prefault({}),
    arms: z
      .strictObject({
        /** A moment is `minutes` of the local day. */
        by: z.enum(['participant', 'day', 'moment']),
        minutes: z.number().int().min(5).max(720).default(60),
        seed: line(64),
        of: z.array(StudyArm).min(2).max(8),
      })
      .optional(),
    questions: z.array(StudyQuestion).max(5).default([]),
    asks: z
      .strictObject({
        after: z
          .array(z.enum(['accepted', 'rejected']))
          .min(1)
          .default(['accepted', 'rejected']),
        /** At least so many minutes between two askings, and at most so many askings a day. */
        minutes: z.number().int().min(0).max(10_080).default(30),
        perDay: z.number().int().min(1).max(50).default(6),
      })
      .prefault({}),
    /** So many days from its application, or to the end of a local day. */
    lasts: z.union([
      z.strictObject({ days: z.number().int().min(1).max(366) }),
      z.strictObject({ until: z.iso.date() }),
    ]),
  })
  .refine((file) => file.consent.length >= 40, { path: ['consent'], message: 'says too little to agree to' })
  .refine((file) => file.sources?.on.every((each) => file.sources?.only.includes(each)) ?? true, {
    path: ['sources', 'on'],
    message: 'names a source that `only` leaves out',
  })
  .refine((file) => file.typedApps.every((app) => file.consent.toLowerCase().includes(app.toLowerCase())), {
    path: ['typedApps'],
    message: 'names an app that the consent does not',
  })
  .refine((file) => unique(file.arms?.of.map(({ id }) => id) ?? []), {
    path: ['arms'],
    message: 'has an id twice',
  })
  .refine((file) => unique(file.questions.map(({ id }) => id)), {
    path: ['questions'],
    message: 'has an id twice',
  });
export type StudyFile = z.infer<typeof StudyFile>;

/**
 * The study in force, as every suggestion, decision and answer made meanwhile carries it. `consent` is the id of the
 * record: who takes part twice has two. `arm` is absent without arms.
 */
export const StudyMark = z.object({
  id: slug,
  participant: Participant,
  consent: z.uuid(),
  arm: slug.optional(),
});
export type StudyMark = z.infer<typeof StudyMark>;

/** What a participant said to one question: a choice or text as a string, a scale as 1 to 5. Skipped ones are absent. */
export const StudyReply = z.strictObject({
  question: slug,
  value: z.union([
    z.string().min(1).max(1000).refine(plain, 'holds a control character'),
    z.number().int().min(1).max(5),
  ]),
});
export type StudyReply = z.infer<typeof StudyReply>;

/** The mark of an answer, with what was said to the study's questions; `askedAt` (epoch ms) tells that they were put. */
export const StudyAnswered = StudyMark.extend({
  askedAt: z.number().int().optional(),
  replies: z.array(StudyReply).max(5).optional(),
});
export type StudyAnswered = z.infer<typeof StudyAnswered>;

/** That a participant agreed: when, to which words and which study, by what means. Times are epoch milliseconds. */
export const ConsentRecord = z.object({
  id: z.uuid(),
  at: z.number().int(),
  study: slug,
  participant: Participant,
  /** Of the consent text in UTF-8, and of the study file in canonical form. */
  consentSha256: sha256,
  studySha256: sha256,
  /** Agreed on the terminal, or by the phrase on the command line. */
  how: z.enum(['terminal', 'phrase']),
});
export type ConsentRecord = z.infer<typeof ConsentRecord>;

/** One setting that a study changes: where, and its values before and meanwhile. */
export const StudyChange = z.object({
  setting: z
    .string()
    .max(64)
    .regex(/^[a-zA-Z]+(\.[a-zA-Z]+)?$/),
  before: z.json(),
  after: z.json(),
});
export type StudyChange = z.infer<typeof StudyChange>;

/** A study in force: its file, the consent to it, when it ends by itself (epoch ms), and what ending puts back. */
export const AppliedStudy = z.object({
  file: StudyFile,
  consent: ConsentRecord,
  until: z.number().int(),
  changes: z.array(StudyChange).max(40),
});
export type AppliedStudy = z.infer<typeof AppliedStudy>;

/** A study that was in force, for exporting what it collected. */
export const PastStudy = AppliedStudy.extend({ endedAt: z.number().int() });
export type PastStudy = z.infer<typeof PastStudy>;

/** The studies of this machine: the one in force and those before it, newest first. */
export const Studies = z.object({
  now: AppliedStudy.nullable().default(null),
  past: z.array(PastStudy).max(50).default([]),
});
export type Studies = z.infer<typeof Studies>;

/** What an export says of the study whose answers it holds: in its manifest, beside the hashes. */
export const StudyRecord = z.object({
  id: slug,
  title: line(80),
  receiver: line(200),
  participant: Participant,
  /** Of the study file in canonical form. */
  sha256,
  consent: ConsentRecord,
  consentText: paragraphs,
  arms: z.array(slug).max(8),
  questions: z.array(StudyQuestion).max(5),
  /** Epoch milliseconds; `to` is null while the study is in force. */
  from: z.number().int(),
  to: z.number().int().nullable(),
});
export type StudyRecord = z.infer<typeof StudyRecord>;

/** The questions that are open now, after an answer. */
export const StudyAsk = z.object({
  feedback: z.uuid(),
  suggestion: z.uuid(),
  questions: z.array(StudyQuestion).min(1).max(5),
});
export type StudyAsk = z.infer<typeof StudyAsk>;

/** What every surface shows of the study in force. The arm is not among it: a participant who knew it would answer to it. */
export const StudyState = z.object({
  id: slug,
  title: line(80),
  receiver: line(200),
  consent: paragraphs,
  participant: Participant,
  until: z.number().int(),
  /** Why nothing is collected just now, where something frozen is not as the file has it. */
  broken: z.string().max(500).optional(),
  asks: StudyAsk.nullable(),
});
export type StudyState = z.infer<typeof StudyState>;
