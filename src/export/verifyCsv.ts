import { createReadStream } from 'node:fs';
import { AppError } from '../errors.ts';
import { COLUMNS } from './csv.ts';

/** A cell that a spreadsheet would run. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
/** Columns that hold numbers, which may begin with a minus. */
const NUMBERS: ReadonlySet<string> = new Set([
  'latency_ms',
  'threshold',
  'propensity',
  'eagerness',
  'observations',
]);
/** Characters of one cell at most; a row is smaller, and the memory must not hold a file. */
const LONGEST = 4_000_000;
/** Cells of one row at most that are counted: an endless row must not fill the memory either. */
const MOST = 1000;

/**
 * Checks a table as `csv.ts` writes it (RFC 4180, CRLF): the header, the number of cells in every row, and that none would
 * run as a formula. How many rows there are, without the header. Rejects with the line where it breaks off.
 */
export async function checkCsv(
  path: string,
  say: (sentence: string) => void,
  onBytes: (bytes: number) => void,
): Promise<number> {
  let rows = -1;
  for await (const { cells, line } of recordsOf(path, onBytes)) {
    rows += 1;
    if (rows === 0) {
      if (cells.join() !== COLUMNS.join())
        say(`${path} line 1: these are not the columns of the table of answers`);
      continue;
    }
    if (cells.length !== COLUMNS.length)
      say(`${path} line ${line}: ${cells.length} cells, where there are ${COLUMNS.length} columns`);
    for (const [at, cell] of cells.entries()) {
      const column = COLUMNS[at] ?? '';
      if (FORMULA.test(cell) && !NUMBERS.has(column))
        say(`${path} line ${line}: a spreadsheet would run the cell of ${column}`);
    }
  }
  if (rows < 0) say(`${path} is empty: not even the columns are there`);
  return Math.max(0, rows);
}

/** One record with the line on which it began. */
interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
}

/** Records one by one, whatever is in their cells. */
async function* recordsOf(path: string, onBytes: (bytes: number) => void): AsyncGenerator<CsvRecord> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let cells: string[] = [];
  let cell = '';
  let state: 'start' | 'bare' | 'quoted' | 'closed' | 'return' = 'start';
  let line = 1;
  let begun = 1;
  const fail = (why: string): never => {
    throw new AppError('bad-input', `[export] ${path} line ${line}: ${why}`);
  };
  const decode = (chunk?: Buffer): string => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      return fail('this is not UTF-8');
    }
  };
  const endCell = () => {
    if (cells.length > MOST) fail('this has too many cells to be a row');
    cells.push(cell);
    cell = '';
    state = 'start';
  };
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    onBytes(chunk.length);
    for (const sign of decode(chunk)) {
      if (cell.length > LONGEST) fail('this is too long to be a cell');
      if (sign === '\n') line += 1;
      if (state === 'quoted') {
        if (sign === '"') state = 'closed';
        else cell += sign;
      } else if (state === 'return') {
        if (sign !== '\n') fail('a line ends without its second sign');
        endCell();
        yield { cells, line: begun };
        cells = [];
        begun = line;
      } else if (sign === ',') endCell();
      else if (sign === '\r') state = 'return';
      else if (state === 'closed') {
        if (sign !== '"') fail('something stands behind a quoted cell');
        cell += sign;
        state = 'quoted';
      } else if (sign === '"') {
        if (state === 'bare') fail('a quote stands in a cell without quotes');
        state = 'quoted';
      } else if (sign === '\n') fail('a line ends without its first sign');
      else {
        cell += sign;
        state = 'bare';
      }
    }
  }
  decode();
  if (state !== 'start' || cells.length > 0) fail('the file breaks off here');
}
