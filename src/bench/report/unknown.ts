import type { Block, Cell, Column, Table } from './blocks.ts';

/** Rows of one table at most; a results row is 4 MB at most anyway. */
const MOST_ROWS = 1000;
const MOST_COLUMNS = 40;
/** Deeper values stand as JSON. */
const DEEPEST = 4;
/** Characters of one cell. */
const LONGEST = 400;

type Members = Readonly<Record<string, unknown>>;

/** Any JSON value as tables, so that what no plot is made for is shown and not dropped. */
export function unknownBlocks(value: unknown, caption: string, depth = 0): readonly Block[] {
  if (Array.isArray(value)) {
    if (value.length === 0) return [];
    if (value.every(isMembers)) return [tableOf(value, caption)];
    return [
      tableOf(
        value.map((each, at) => ({ at: at + 1, value: each })),
        caption,
      ),
    ];
  }
  if (!isMembers(value)) return [{ kind: 'text', text: `${caption}: ${written(value)}` }];
  const entries = Object.entries(value);
  const isShort = ([, each]: readonly [string, unknown]) =>
    depth >= DEEPEST || !(Array.isArray(each) || isMembers(each)) || written(each).length <= 80;
  const flat = entries.filter(isShort);
  const blocks: Block[] = [];
  if (flat.length > 0) {
    blocks.push({
      kind: 'table',
      caption,
      columns: [
        { name: 'Name', kind: 'text' },
        { name: 'Value', kind: 'text' },
      ],
      rows: flat.slice(0, MOST_ROWS).map(([name, each]) => [name, written(each)]),
    });
  }
  for (const entry of entries)
    if (!isShort(entry)) blocks.push(...unknownBlocks(entry[1], `${caption}: ${entry[0]}`, depth + 1));
  return blocks;
}

/** A table of objects: a column a member; a member that is an object gives a column for each of its own. */
export function tableOf(rows: readonly Members[], caption: string): Table {
  const flat = rows.slice(0, MOST_ROWS).map(flatten);
  const names = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  const columns = names.slice(0, MOST_COLUMNS);
  const left = [
    rows.length > MOST_ROWS ? `the first ${MOST_ROWS} of ${rows.length} rows` : '',
    names.length > MOST_COLUMNS ? `the first ${MOST_COLUMNS} of ${names.length} columns` : '',
  ].filter((each) => each !== '');
  return {
    kind: 'table',
    caption: left.length > 0 ? `${caption} (${left.join(', ')})` : caption,
    columns: columns.map((name): Column => {
      const numeric = flat.every((row) => row[name] === undefined || typeof row[name] === 'number');
      return { name, kind: numeric ? 'number' : 'text' };
    }),
    rows: flat.map((row) =>
      columns.map((name): Cell => (row[name] === undefined ? null : cellOf(row[name]))),
    ),
  };
}

function flatten(row: Members): Members {
  const out: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(row)) {
    if (isMembers(value) && Object.keys(value).length > 0)
      for (const [inner, each] of Object.entries(value)) out[`${name}.${inner}`] = each;
    else out[name] = value;
  }
  return out;
}

function cellOf(value: unknown): Cell {
  return typeof value === 'number' ? value : value === null ? null : written(value);
}

/** A value in words: text as it stands, numbers without noise, the rest as JSON, cut with a mark where it is long. */
function written(value: unknown): string {
  const text =
    typeof value === 'string'
      ? value
      : JSON.stringify(value, (_key, each: unknown) =>
          typeof each === 'number' && !Number.isInteger(each) ? Number(each.toPrecision(6)) : each,
        );
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}… (${text.length} characters)` : text;
}

/** An object of JSON, not a list. */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
