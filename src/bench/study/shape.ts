import { z } from 'zod';
import { StudyRecord } from '../../model/study.ts';

/** Names of the figures, in the order of the tables. The first four are shares, the others a number an hour. */
export const FIGURES = ['accept', 'reject', 'ignore', 'need', 'proposalsPerHour', 'missedPerHour'] as const;
export type Figure = (typeof FIGURES)[number];

/** A figure with its interval; null where there is nothing to divide by, or too few participants to draw from. */
export const Measured = z.object({
  value: z.number().nullable(),
  ci: z.tuple([z.number(), z.number()]).readonly().nullable(),
});
export type Measured = z.infer<typeof Measured>;

const count = z.number().int().nonnegative();

/** What was done in one arm; counts, and milliseconds of `active` time. */
export const ArmCounts = z.object({
  turns: count,
  proposals: count,
  active: count,
  accepted: count,
  rejected: count,
  ignored: count,
  snoozed: count,
  expired: count,
  missed: count,
  /** Answers that tell whether help was wanted, and of them those that say yes. */
  told: count,
  needed: count,
  asked: count,
  replied: count,
  /** By question: sum and number of its scale replies. */
  scales: z.record(z.string(), z.object({ sum: count, count })),
  /** By question: how often each choice was taken. Free text is not counted. */
  choices: z.record(z.string(), z.record(z.string(), count)),
});
export type ArmCounts = z.infer<typeof ArmCounts>;

const figures = { figures: z.record(z.enum(FIGURES), Measured), scales: z.record(z.string(), Measured) };

/** One arm over all participants; `hours` are those in which something could have been proposed. */
export const ArmRow = z.object({
  arm: z.string(),
  participants: count,
  hours: z.number().nonnegative(),
  counts: ArmCounts,
  ...figures,
});
export type ArmRow = z.infer<typeof ArmRow>;

/** How an arm differs from the first one: its figure less the first one's. */
export const DifferenceRow = z.object({ arm: z.string(), from: z.string(), ...figures });
export type DifferenceRow = z.infer<typeof DifferenceRow>;

/** What a study found, over all archives. */
export const StudyReport = z.object({
  study: StudyRecord.pick({ id: true, title: true, sha256: true, questions: true }),
  archives: z.array(
    z.object({
      participant: z.string(),
      /** Of the archive's manifest. */
      sha256: z.string(),
      from: z.number().int(),
      to: z.number().int().nullable(),
    }),
  ),
  seed: z.number().int(),
  rounds: z.number().int(),
  rows: z.array(ArmRow),
  differences: z.array(DifferenceRow),
});
export type StudyReport = z.infer<typeof StudyReport>;
