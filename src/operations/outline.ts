import { parseJson } from '../reading/json.ts';
import { kindOf } from './kinds.ts';

/** Headings, first sentences, columns or keys at most: an outline is read in a glance. */
const MOST = 24;
const LONGEST = 160;
/** Of a line no more is looked at: a file is data, and a line of its own making must not hold the program up. */
const LINE = 400;

const CODE = new Set(
  (
    'ts tsx js jsx mjs cjs py rb go rs java kt c h cc cpp hpp cs swift php lua r jl sh bash zsh ps1 sql ' +
    'scala dart vue svelte css scss'
  ).split(' '),
);
/** Lines that begin something with a name, in the languages above. */
const BEGINS =
  /^\s{0,4}(?:export\s+|public\s+|private\s+|protected\s+|static\s+|async\s+|pub(?:\(\w+\))?\s+|default\s+|abstract\s+|final\s+)*(?:function\*?|class|interface|type|enum|struct|trait|impl|def|func|fn|module|namespace|const|create\s+(?:table|view|function|index))\s+[\p{L}_$][^\n]{0,140}/iu;

/** What a text is made of, from the text alone: counts, then headings, first sentences, columns, keys or definitions. */
export function outlineOf(name: string, text: string, cut: boolean): readonly string[] {
  const kind = kindOf(name);
  const lines = text.split('\n');
  const parts = partsOf(kind, text, lines);
  return [
    `${name}\n${sizeOf(kind, text, lines, cut)}`,
    ...(parts.rows.length > 0
      ? [
          `${parts.title}\n${parts.rows
            .slice(0, MOST)
            .map((row) => `- ${short(row)}`)
            .join('\n')}`,
        ]
      : []),
    ...(parts.rows.length > MOST ? [`… and ${parts.rows.length - MOST} more.`] : []),
  ];
}

interface Parts {
  readonly title: string;
  readonly rows: readonly string[];
}

function partsOf(kind: string, text: string, lines: readonly string[]): Parts {
  if (kind === 'csv' || kind === 'tsv') return columns(lines, kind === 'tsv' ? '\t' : undefined);
  if (kind === 'json') return keys(text) ?? paragraphs(lines);
  if (CODE.has(kind)) {
    const rows = lines
      .map((line) => line.slice(0, LINE))
      .filter((line) => BEGINS.test(line))
      .map((line) => line.trim().replace(/\s*[{:(=]+$/, ''));
    return { title: 'What it defines', rows };
  }
  const headings = headingsOf(lines);
  return headings.length >= 2 ? { title: 'Its parts', rows: headings } : paragraphs(lines);
}

/** Headings of Markdown, each with the first sentence under it; also those underlined by a row of signs. */
function headingsOf(lines: readonly string[]): readonly string[] {
  const found: string[] = [];
  let fenced = false;
  lines.forEach((line, at) => {
    if (/^\s*(?:```|~~~)/.test(line)) fenced = !fenced;
    if (fenced) return;
    const marked = /^#{1,6}\s+(\S.*)/.exec(line.slice(0, LINE));
    const under = /^(?:={3,}|-{3,})\s*$/.test(lines[at + 1] ?? '') && line.trim() && !/^[-=|>]/.test(line);
    const title = marked ? marked[1]!.replace(/#*$/, '').trim() : under ? line.trim() : null;
    if (!title) return;
    const first = at + (under ? 2 : 1);
    const rest = lines.slice(first, first + 4);
    const below = rest.findIndex((each) => each.trim() && !/^\s*(?:[-*|>]|\d+\.)/.test(each));
    const body = below >= 0 && !/^#{1,6}\s/.test(rest[below]!) ? firstSentence(rest[below]!) : '';
    found.push(body ? `${title}: ${body}` : title);
  });
  return found;
}

function paragraphs(lines: readonly string[]): Parts {
  const rows = outsideFences(lines)
    .join('\n')
    .split(/\n\s*\n/)
    .map((each) => firstSentence(each.replace(/\s+/g, ' ').trim()))
    .filter((each) => each.length > 0);
  return { title: 'How its paragraphs begin', rows };
}

/** What stands between fences is an example of something else; a fence that never ends begins none. */
function outsideFences(lines: readonly string[]): readonly string[] {
  const end = lines.findLastIndex((line) => FENCE_END.test(line));
  let within = false;
  return lines.map((line, at) => {
    if (within) {
      within = !FENCE_END.test(line);
      return '';
    }
    within = at < end && /^[ \t]*(?:```|~~~)/.test(line);
    return within ? '' : line;
  });
}

const FENCE_END = /^[ \t]*(?:```|~~~)[ \t]*$/;

function columns(lines: readonly string[], separator?: string): Parts {
  const head = lines[0] ?? '';
  const sign = separator ?? (head.split(';').length > head.split(',').length ? ';' : ',');
  return { title: 'Its columns', rows: head.split(sign).map((each) => each.replace(/^"|"$/g, '').trim()) };
}

function keys(text: string): Parts | null {
  const value = parseJson(text);
  if (Array.isArray(value)) {
    const first: unknown = value[0];
    const inside = typeof first === 'object' && first !== null ? Object.keys(first) : [];
    return { title: `A list of ${value.length.toLocaleString('en')}; each has`, rows: inside };
  }
  if (typeof value !== 'object' || value === null) return null;
  const rows = Object.entries(value).map(([key, each]: [string, unknown]) =>
    Array.isArray(each) ? `${key}: a list of ${each.length}` : `${key}: ${typeof each}`,
  );
  return { title: 'Its keys', rows };
}

function sizeOf(kind: string, text: string, lines: readonly string[], cut: boolean): string {
  const full = lines.filter((line) => line.trim()).length;
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const counts =
    kind === 'csv' || kind === 'tsv'
      ? said(Math.max(0, full - 1), 'row')
      : `${said(full, 'line')}, ${said(words, 'word')}`;
  return cut ? `${counts} in the part that was read; it goes on.` : `${counts}.`;
}

function firstSentence(text: string): string {
  const found = /^.{8,}?[.!?…。！？](?=\s|$)/u.exec(text.trim());
  return found?.[0] ?? text.trim();
}

const short = (text: string) =>
  text.length > LONGEST ? `${text.slice(0, LONGEST - 1).toWellFormed()}…` : text;

const said = (count: number, one: string) => `${count.toLocaleString('en')} ${count === 1 ? one : `${one}s`}`;
