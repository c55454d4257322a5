import { readFile, stat } from 'node:fs/promises';
import { AppError } from '../errors.ts';
import { problem } from '../reading/json.ts';
import { readError } from '../reading/lines.ts';
import { SPEAKER } from './place.ts';
import { CommittedResult } from './rows.ts';
import type { Found } from './stream.ts';

/** Bytes of a results file at most: the released ones hold three lines. */
const LARGEST = 4_000_000;

/**
 * Committed results (`results/<model>.csv`) and the lines that are none. Rejects with `bad-input` for what is no CSV, not
 * UTF-8 or larger than such a file is, otherwise as `readError`.
 */
export async function readCommitted(
  path: string,
  onChunk?: (chunk: Buffer) => void,
): Promise<{
  readonly results: readonly CommittedResult[];
  readonly bad: readonly Extract<Found<CommittedResult>, { bad: string }>[];
}> {
  const bad: Extract<Found<CommittedResult>, { bad: string }>[] = [];
  const results: CommittedResult[] = [];
  for (const [index, record] of (await recordsOf(path, onChunk)).entries()) {
    if (index === 0) continue;
    const [category, recall, precision, accuracy, falseAlarm, f1, acceptRate, events] = record;
    const row = CommittedResult.safeParse({
      category,
      recall: numberIn(recall),
      precision: numberIn(precision),
      accuracy: numberIn(accuracy),
      falseAlarm: numberIn(falseAlarm),
      f1: numberIn(f1),
      acceptRate: numberIn(acceptRate),
      events: numberIn(events),
    });
    if (row.success) results.push(row.data);
    else bad.push({ line: index + 1, bad: `not a line of results, ${problem(row.error)}` });
  }
  return { results, bad };
}

async function recordsOf(path: string, onChunk?: (chunk: Buffer) => void): Promise<readonly string[][]> {
  let bytes: Buffer;
  try {
    const { size } = await stat(path);
    if (size > LARGEST)
      throw new AppError(
        'bad-input',
        `[${SPEAKER}] ${path}: ${size} bytes are too many for committed results`,
      );
    bytes = await readFile(path);
  } catch (thrown) {
    throw readError(thrown, path, SPEAKER);
  }
  onChunk?.(bytes);
  const { parse } = await import('csv-parse/sync');
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true }) as string[][];
  } catch (thrown) {
    const line = thrown instanceof Error && 'lines' in thrown ? ` line ${String(thrown.lines)}` : '';
    throw new AppError('bad-input', `[${SPEAKER}] ${path}${line}: this is no CSV in UTF-8`, thrown);
  }
}

/** A number, or what zod refuses: an empty field is no zero. */
function numberIn(text: string | undefined): number | undefined {
  return text === undefined || text.trim() === '' ? undefined : Number(text);
}
