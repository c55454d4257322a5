import { z } from 'zod';

/** Letters of any script, digits, spaces, dots, hyphens and underscores: no path, no control character. */
const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N} ._-]{0,38}[\p{L}\p{M}\p{N}.])?$/u;

/** Who annotates: 1 to 40 characters, beginning with a letter or digit. Upper and lower case are one name. */
export const AnnotatorName = z
  .string()
  .trim()
  .max(80)
  .transform((name) => name.normalize('NFC'))
  .refine(
    (name) => NAME.test(name),
    'a name has 1 to 40 letters, digits, spaces, dots, hyphens or underscores',
  );
export type AnnotatorName = z.infer<typeof AnnotatorName>;

/** Candidates of one event at most; the keys 1 to 9 reach the first nine, the arrows all. */
export const MOST_CANDIDATES = 50;

/** One event of a trace: when, what was seen, and which tasks were proposed there. None means: nobody is asked about it. */
export const AnnotationEvent = z.object({
  /** Unix seconds as a string, or prose, as the file has it. */
  time: z.string(),
  event: z.string(),
  candidates: z.array(z.string()).max(MOST_CANDIDATES),
});
export type AnnotationEvent = z.infer<typeof AnnotationEvent>;

/**
 * One annotator's answer about one event: positions of the candidates that they would take, in rising order. Empty
 * means "reject all", which is an answer; an event without an answer has none (`null` or absent).
 */
export const Take = z
  .array(
    z
      .int()
      .min(0)
      .max(MOST_CANDIDATES - 1),
  )
  .max(MOST_CANDIDATES);
export type Take = readonly number[];

/** One trace of a folder as the list shows it. Counts are of events with candidates. */
export const TraceSummary = z.object({
  /** File name inside the folder. */
  name: z.string(),
  /** SHA-256 of all that an annotator sees of it, in hex. */
  digest: z.string(),
  events: z.number(),
  asked: z.number(),
  answered: z.number(),
  /** One sentence where answers exist to an earlier version of this file, which do not count any more. */
  changed: z.string().optional(),
});
export type TraceSummary = z.infer<typeof TraceSummary>;

/** How far several annotators agree on one kind of vote. Shares are from 0 to 1; null where it is not defined. */
export const AgreementRow = z.object({
  name: z.enum(['all', 'candidates', 'help']),
  /** Things voted on by at least two annotators, and the votes on them. */
  units: z.number(),
  votes: z.number(),
  /** Votes that agree with the verdict that the conversion writes (`valid`); for `help` with its majority. */
  verdict: z.number().nullable(),
  /** Votes that agree with the majority of their unit; in a tie half of them do. */
  majority: z.number().nullable(),
  /** Pairs of votes on one unit that agree. */
  pairwise: z.number().nullable(),
  /** Mean of Cohen's kappa over the pairs of annotators for which it is defined. */
  cohen: z.number().nullable(),
  fleiss: z.number().nullable(),
  /** Units that every annotator voted on: what Fleiss' kappa is made of. */
  fleissUnits: z.number(),
  alpha: z.number().nullable(),
});
export type AgreementRow = z.infer<typeof AgreementRow>;

/** Figures of the paper's own annotation, to read the table by. */
export const ReferenceRow = z.object({
  name: z.enum(['released test split', 'all released votes']),
  verdict: z.number(),
  why: z.string(),
});
export type ReferenceRow = z.infer<typeof ReferenceRow>;

/** The whole table: who, over how much, each pair, and the reference rows. */
export const Agreement = z.object({
  annotators: z.array(z.string()),
  traces: z.number(),
  /** Traces that stay blind, because somebody has begun them and not finished. */
  leftOut: z.array(z.string()),
  rows: z.array(AgreementRow),
  pairs: z.array(
    z.object({
      a: z.string(),
      b: z.string(),
      units: z.number(),
      agree: z.number().nullable(),
      kappa: z.number().nullable(),
    }),
  ),
  references: z.array(ReferenceRow),
});
export type Agreement = z.infer<typeof Agreement>;

/** What a conversion to reward data wrote and left out. */
export const Converted = z.object({
  file: z.string(),
  rows: z.number(),
  windows: z.number(),
  categories: z.record(z.string(), z.number()),
  /** Reason -> how many rows or events. */
  leftOut: z.record(z.string(), z.number()),
});
export type Converted = z.infer<typeof Converted>;
