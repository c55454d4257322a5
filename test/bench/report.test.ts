import { expect, it } from 'vitest';
import { renderMarkdown } from '../../src/bench/report/markdown.ts';
import { renderPage } from '../../src/bench/report/page.ts';
import { latestRuns, reportOf } from '../../src/bench/report/runs.ts';
import type { Report, Section } from '../../src/bench/report/blocks.ts';
import { detectors, everyKind, HOSTILE, latency, resultRow } from './resultRows.ts';

const blocksOf = (section: Section | undefined) =>
  (section?.blocks ?? []).flatMap((block) => (block.kind === 'folded' ? [block, ...block.blocks] : [block]));
const kinds = (report: Report, title: string) =>
  blocksOf(report.sections.find((section) => section.title.startsWith(title))).map((block) => block.kind);

it('shows the newest run of each data, model and command, and folds the older ones', () => {
  const older = resultRow({ at: '2026-11-20T10:00:00.000Z' });
  const other = resultRow({ at: '2026-11-19T10:00:00.000Z', model: { alias: 'b', digest: 'b' } });
  const { shown, older: folded } = latestRuns([older, resultRow(), other]);
  expect(shown.map((row) => row.at.slice(8, 10))).toEqual(['24', '19']);
  expect(folded).toEqual([older]);
});

it('never mixes runs of other data, models or commits, and says in what they differ', () => {
  const report = reportOf(everyKind());
  const need = report.sections.filter((section) => /need/i.test(section.title));
  expect(need.map((section) => section.level)).toEqual([2, 3, 3]);
  expect(blocksOf(need[0])[0]).toEqual({
    kind: 'text',
    text: 'These 2 runs differ in data, commit. Each has its own tables and plots; none is mixed with another.',
  });
  for (const section of need.slice(1)) {
    const scatter = blocksOf(section).find((block) => block.kind === 'scatter');
    expect(scatter?.kind === 'scatter' && scatter.points).toHaveLength(20);
  }
});

it('plots detectors by who made them, with their intervals, and keeps what they say beside', () => {
  const report = reportOf([resultRow()]);
  expect(kinds(report, 'Need')).toEqual([
    'table',
    'scatter',
    'bars',
    'scatter',
    'bars',
    'confusion',
    'table',
    'folded',
    'table',
    'table',
  ]);
  const [, scatter, bars] = blocksOf(report.sections[0]);
  expect(scatter?.kind === 'scatter' && scatter.points.map((point) => point.origin)).toEqual([
    ...Array.from({ length: 2 }, () => 'reference'),
    ...Array.from({ length: 15 }, () => 'published'),
    ...Array.from({ length: 3 }, () => 'ours'),
  ]);
  const made = detectors(1).find((row) => row['name'] === 'gate')!;
  expect(bars?.kind === 'bars' && bars.items.find((item) => item.name === 'gate')).toMatchObject({
    value: made['f1'],
    low: expect.any(Number),
  });
  const page = renderPage(report);
  expect(page).toContain('made up for gate');
  expect(page).toContain('216');
});

it('says at its name, in plots and table, that a row is not held out', () => {
  const rows = detectors(1).map((row) =>
    row['name'] === 'gate' ? { ...row, note: 'fitted here', heldOut: false } : row,
  );
  const [section] = reportOf([resultRow({ result: { rows } })]).sections;
  const blocks = blocksOf(section);
  expect(blocks).toContainEqual({ kind: 'text', text: '* gate: fitted here' });
  const scatter = blocks.find((block) => block.kind === 'scatter');
  const names = scatter?.kind === 'scatter' ? scatter.points.map((point) => point.name) : [];
  expect(names.filter((name) => name.includes('*'))).toEqual(['gate *']);
});

it('gives each split its own plots, and latency its panels', () => {
  const report = reportOf(everyKind());
  const captions = blocksOf(report.sections.find((section) => section.title.startsWith('Reward')))
    .filter((block) => block.kind === 'scatter')
    .map((block) => block.kind === 'scatter' && block.caption);
  expect(captions).toEqual([
    'Reward, paper split: precision against recall, with lines of equal F1',
    'Reward, trace-disjoint split: precision against recall, with lines of equal F1',
  ]);
  expect(kinds(report, 'Latency').slice(0, 6)).toEqual([
    'table',
    'pairs',
    'pairs',
    'table',
    'pairs',
    'table',
  ]);
  expect(renderPage(report)).toContain('(counted, not run)');
});

it('keeps rows of one name apart by judge, category and counting, and draws each as what it is', () => {
  const row = (
    name: string,
    kind: string,
    judge: string,
    category: string,
    counting: string,
    f1: number,
  ) => ({
    name,
    kind,
    judge,
    category,
    counting,
    precision: f1,
    recall: f1,
    f1,
  });
  const rows = ['linear', 'other'].flatMap((judge) =>
    ['real', 'all'].flatMap((category) => [
      row('patterns', 'ours', judge, category, 'script', 0.25),
      row('patterns', 'ours', judge, category, 'turn', 0.5),
      row('gate', 'reference', judge, category, 'script', 0.75),
    ]),
  );
  const report = reportOf([resultRow({ bench: 'proactivebench', result: { rows } })]);
  const blocks = blocksOf(report.sections.find((section) => section.title.startsWith('ProactiveBench')));
  const bars = blocks.flatMap((block) => (block.kind === 'bars' ? [block] : []));
  expect(bars.map(({ caption, items }) => [caption, items.map((item) => [item.name, item.origin])])).toEqual(
    ['linear', 'other'].map((judge) => [
      `Protocol, judge ${judge}, real, counted by script: F1`,
      [
        ['gate', 'reference'],
        ['patterns', 'ours'],
      ],
    ]),
  );
  const table = blocks.find((block) => block.kind === 'table' && block.caption === 'Protocol: all figures');
  const first = table?.kind === 'table' ? table.rows.map((line) => JSON.stringify(line.slice(0, 4))) : [];
  expect(new Set(first).size).toBe(rows.length);
});

it('draws no judge of reward data as published', () => {
  const rows = ['majority', 'sixteen features', 'one human against the others'].map((name) => ({
    name,
    split: 'paper',
    precision: 0.5,
    recall: 0.5,
    f1: 0.5,
  }));
  const [bars] = blocksOf(reportOf([resultRow({ bench: 'reward', result: { rows } })]).sections[0]).flatMap(
    (block) => (block.kind === 'bars' ? [block] : []),
  );
  expect(Object.fromEntries(bars!.items.map((item) => [item.name, item.origin]))).toEqual({
    majority: 'reference',
    'one human against the others': 'reference',
    'sixteen features': 'ours',
  });
});

it('shows a shape it does not know as plain tables, whole', () => {
  const result = {
    arms: [{ name: 'a', n: 3, rate: { value: 0.25 } }],
    note: 'why',
    deep: { er: { list: ['x'] } },
  };
  const text = renderMarkdown(reportOf([resultRow({ bench: 'study', result })]));
  for (const part of ['rate.value', '0.25', 'why', 'x', 'study']) expect(text).toContain(part);
  const broken = renderMarkdown(
    reportOf([resultRow({ bench: 'latency', result: { ...latency(), rows: 7 } })]),
  );
  expect(broken).toContain('38.9');
});

it('escapes everything: no markup of a stranger, no script, no address', () => {
  const page = renderPage(reportOf(everyKind()));
  const tags = page.match(/<[^>]*>/g)!;
  expect(
    tags.filter((each) => /^<(?:script|img|iframe|link|base|object|a(?! href="#s\d+">))\b/i.test(each)),
  ).toEqual([]);
  expect(tags.filter((each) => /\s(?:on\w+|src|style|xlink:href)=/i.test(each))).toEqual([]);
  expect(page.includes('\u202E')).toBe(false);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page.match(/<style>/g)).toHaveLength(1);
  const text = renderMarkdown(reportOf(everyKind()));
  expect(/<script|<img|(?<!\\)\[a\]|\u202E/i.test(text)).toBe(false);
  expect(text.split('\n').filter((each) => each.startsWith('# '))).toEqual(['# Beforehand: bench results']);
  // A cell stays a cell: every line of a table has the bars of its head.
  for (const block of text.split('\n\n').filter((each) => each.startsWith('|'))) {
    const bars = block
      .trim()
      .split('\n')
      .map((each) => each.replaceAll('\\|', '').match(/\|/g)?.length);
    expect(new Set(bars).size).toBe(1);
  }
  expect(HOSTILE).toContain('\u202E');
});

it('draws one item, no item, and numbers that are no fractions', () => {
  const row = { name: 'only', precision: 1, recall: 0, f1: 0 };
  for (const rows of [[row], [], [{ ...row, precision: 7 }], [{ ...row, f1: Number.POSITIVE_INFINITY }]]) {
    const page = renderPage(reportOf([resultRow({ result: { rows } })]));
    expect(/NaN|Infinity|undefined/.exec(page)).toBeNull();
  }
  expect(renderPage(reportOf([]))).toContain('0 runs of 0 benches');
});

it('the same rows give the same bytes', () => {
  expect(renderPage(reportOf(everyKind()))).toBe(renderPage(reportOf(everyKind())));
});

it('a bench that is called as every object has a member is a bench like any other', () => {
  for (const bench of ['constructor', '__proto__', 'toString']) {
    const report = reportOf([resultRow({ bench })]);
    expect(report.sections[0]?.title).toBe(bench);
    expect(renderPage(report)).toContain(`${bench}: this run`);
  }
});
