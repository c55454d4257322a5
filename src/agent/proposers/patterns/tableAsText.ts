import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { clean } from '../../steps.ts';
import { ago, createPattern, inWords } from './pattern.ts';

const FRESH_MS = 180_000;
const LEAST_ROWS = 3;
const LIFETIME_MS = 300_000;
/** An instruction holds so many signs of the table; the rest is told to be left out. */
const MOST_SIGNS = 700;
const TEXT = /\.(?:md|markdown|txt|rst|tex|html?|odt|docx?)$/i;

/** Rows of a table were copied and pasted into a text that shows them as a heap of words. */
export function createTableAsText(): Proposer {
  return createPattern('table-as-text', ({ desk, stays, now }) => {
    const copy = desk.copies.at(-1);
    const work = stays.at(-1)?.work;
    if (!copy || work === undefined || !TEXT.test(work) || now - copy.at > FRESH_MS) return null;
    if (!desk.keys.some(({ pasted, at }) => pasted && at >= copy.at)) return null;
    const rows = rowsOf(copy.text);
    if (!rows) return null;
    const columns = rows[0]!.length;
    const head = clean(rows[0]!.join(', '));
    return {
      purpose: `Put a table into “${work}”`,
      task: `Turn the pasted rows “${head}” into a table for “${work}”`,
      message: `You pasted ${inWords(rows.length)} rows as plain text. Shall I turn them into a table for “${work}”?`,
      why: `You copied ${inWords(rows.length)} rows of ${inWords(columns)} columns ${ago(now - copy.at)} and pasted them as text`,
      operation: { kind: 'chat', instruction: instructionFor(rows) },
      topic: topicOf(`table ${head} ${work}`),
      lifetime: LIFETIME_MS,
    };
  });
}

/** Rows of equally many cells, or null where the text is no table. */
function rowsOf(text: string): readonly (readonly string[])[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (lines.length < LEAST_ROWS) return null;
  for (const mark of ['\t', ';', ',', '|']) {
    const rows = lines.map((line) => line.split(mark).map((cell) => clean(cell).replaceAll('|', '/')));
    const width = rows[0]!.length;
    if (width > 1 && rows.every((row) => row.length === width && row.some((cell) => cell !== '')))
      return rows;
  }
  return null;
}

/** Rows stand one after the other, each between bars: a line break would not survive a preview in one line. */
function instructionFor(rows: readonly (readonly string[])[]): string {
  let told = '';
  for (const row of rows) {
    const line = `| ${row.join(' | ')} |`;
    if (told.length + line.length > MOST_SIGNS) break;
    told += `${told ? ' / ' : ''}${line}`;
  }
  return `Write these rows as a Markdown table, the first row as its head, nothing changed or left out; rows are parted by a slash: ${told || `| ${rows[0]!.join(' | ').slice(0, 300)} |`}`;
}
