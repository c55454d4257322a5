import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COLUMNS, csvHeader, csvRows, csvText } from '../../src/export/csv.ts';
import { feedbackOf, missedNeed } from '../../src/feedback/feedback.ts';
import { proposal, seen, suggestion } from '../suggestions/fakes.ts';

/** An own reader of RFC 4180, so that the writer is not checked by itself. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (let at = 0; at < text.length;) {
    let value = '';
    if (text[at] === '"') {
      for (at++; ; at++) {
        if (at >= text.length) throw new Error('an open quote');
        if (text[at] === '"' && text[at + 1] === '"') value += text[at++];
        else if (text[at] === '"') break;
        else value += text[at];
      }
      at++;
    } else while (at < text.length && !',\r\n'.includes(text[at]!)) value += text[at++];
    record.push(value);
    if (text[at] === ',') at++;
    else if (text.startsWith('\r\n', at)) {
      records.push(record);
      record = [];
      at += 2;
    } else throw new Error(`${JSON.stringify(text[at])} after a value`);
  }
  return records;
}

const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;
const safe = (value: string) => (FORMULA.test(value) ? `'${value}` : value);

const NASTY = [
  ...'",;\n\r\t=+-@\'|\\\0\uFEFF\u2028＝＋ßé \ud800',
  '',
  '""',
  '\r\n',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://x")',
  '🎉',
  '日本',
];
const nasty = fc.constantFrom(...NASTY);
const hostile = fc.oneof(
  fc.array(nasty, { maxLength: 12 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.tuple(nasty, fc.string({ maxLength: 10 })).map((parts) => parts.join('')),
);

const row = fc.array(hostile, { minLength: 3, maxLength: 3 });

describe('CSV', () => {
  it('comes back as it went, a formula with an apostrophe in front: 10,000 rows of hostile strings', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 10, maxLength: 10 }), (records) => {
        // Through the bytes, as a file would.
        const text = Buffer.from(csvText(records), 'utf8').toString('utf8');
        const expected = records.map((record) => record.map((value) => safe(value.toWellFormed())));
        expect(parseCsv(text)).toEqual(expected);
        for (const value of parseCsv(text).flat()) expect(value).not.toMatch(FORMULA);
      }),
      { numRuns: 1000 },
    );
  });

  it('numbers stay numbers, below zero too', () => {
    expect(csvText([[-1, 0.5, '-1']])).toBe(`-1,0.5,"'-1"\r\n`);
  });

  it('has every answer under its columns', () => {
    const made = suggestion('x', 1000, {
      seen: [seen('The user types, "quoted"\nand on.', 'E', 1), seen('=2+5', 'E', 2)],
      proposal: proposal('x', { task: '=1+1', model: 'small@abc' }),
      history: [{ state: 'shown', at: 1000 }],
    });
    const rows = [
      feedbackOf(made, 'rejected', { at: 1500, via: 'card', reason: 'wrong' }),
      missedNeed({ seen: [seen()], at: 7 }),
    ];
    const [header, first, second, ...rest] = parseCsv(csvHeader() + csvRows(rows));
    expect(rest).toEqual([]);
    expect(header).toEqual([...COLUMNS]);
    const cells = Object.fromEntries(COLUMNS.map((column, at) => [column, first![at]]));
    expect(cells).toMatchObject({
      id: rows[0]!.id,
      at: '1970-01-01T00:00:01.500Z',
      label: 'rejected',
      via: 'card',
      reason: 'wrong',
      latency_ms: '500',
      task: "'=1+1",
      operation: 'search',
      model: 'small@abc',
      threshold: '0.5',
      observations: '2',
      last_observation: "'=2+5",
      seen: '1970-01-01T00:00:00.001Z The user types, "quoted"\nand on.\n1970-01-01T00:00:00.002Z =2+5',
    });
    expect(second).toHaveLength(COLUMNS.length);
    expect(second![COLUMNS.indexOf('label')]).toBe('missed-need');
  });
});
