import { stringify } from 'csv-stringify/sync';
import type { Feedback } from '../model/feedback.ts';

/** Columns of the table of answers, in order. Times are ISO 8601 in UTC, latency is milliseconds. */
export const COLUMNS = [
  'id',
  'at',
  'label',
  'via',
  'reason',
  'needed',
  'latency_ms',
  'suggestion',
  'task',
  'message',
  'why',
  'operation',
  'topic',
  'proposer',
  'model',
  'prompt_version',
  'threshold',
  'propensity',
  'eagerness',
  'observations',
  'last_observation',
  'seen',
  'study',
  'arm',
  'replies',
] as const;
type Column = (typeof COLUMNS)[number];

/**
 * Records as CSV (RFC 4180, CRLF, every text quoted). A text that a spreadsheet would run as a formula gets an
 * apostrophe in front; half surrogates, which UTF-8 cannot hold, become U+FFFD.
 */
export function csvText(records: readonly (readonly (string | number)[])[]): string {
  const clean = records.map((record) =>
    record.map((value) => (typeof value === 'string' ? value.toWellFormed() : value)),
  );
  return stringify(clean, {
    record_delimiter: '\r\n',
    quoted_string: true,
    escape_formulas: true,
    header: false,
  });
}

/** The first line of the table. */
export function csvHeader(): string {
  return `${COLUMNS.join(',')}\r\n`;
}

/** Answers as lines of the table, without its header, in the order given. */
export function csvRows(rows: readonly Feedback[]): string {
  return csvText(
    rows.map((feedback) => {
      const cells = csvCells(feedback);
      return COLUMNS.map((column) => cells[column] ?? '');
    }),
  );
}

/** The cells that an answer has, by column. */
export function csvCells(feedback: Feedback): Partial<Record<Column, string | number>> {
  const { proposal, policy, seen } = feedback;
  const operation = proposal?.operation;
  return {
    id: feedback.id,
    at: new Date(feedback.at).toISOString(),
    label: feedback.label,
    via: feedback.via,
    reason: feedback.reason,
    needed: feedback.needed === undefined ? undefined : String(feedback.needed),
    latency_ms: feedback.latency,
    suggestion: feedback.suggestion,
    task: proposal?.task,
    message: proposal?.message,
    why: proposal?.why,
    operation: operation?.kind,
    topic: proposal?.topic,
    proposer: proposal?.proposer,
    model: feedback.model,
    prompt_version: feedback.promptVersion,
    threshold: policy?.threshold,
    propensity: policy?.propensity,
    eagerness: policy?.eagerness,
    observations: seen.length,
    last_observation: seen.at(-1)?.event,
    seen: seen.map(({ time, event }) => `${new Date(time).toISOString()} ${event}`).join('\n'),
    study: feedback.study?.id,
    arm: feedback.study?.arm,
    replies: feedback.study?.replies?.map(({ question, value }) => `${question}: ${value}`).join('\n'),
  };
}
