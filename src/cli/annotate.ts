import { type Command, Option } from 'commander';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { annotatorOf } from '../annotation/answers.ts';
import type { Ties } from '../annotation/convert.ts';
import { readTraceFolder } from '../app/annotationFolder.ts';
import { agreement, convert } from '../app/annotating.ts';
import { AppError } from '../errors.ts';
import type { Agreement, Converted, TraceSummary } from '../model/annotation.ts';
import { systemClock } from '../model/ports.ts';
import { createPaths } from '../paths.ts';
import { annotate } from './annotating/sittings.ts';
import { plain } from './annotating/text.ts';
import { result, say, table } from './output.ts';

interface Options {
  readonly annotator?: string;
  readonly out?: string;
  readonly agreement: boolean;
  readonly convert?: string;
  readonly ties: Ties;
  readonly json: boolean;
}

/** `beforehand annotate`: traces judged event by event from the keyboard, their agreement, and reward data from them. */
export function addAnnotate(program: Command): void {
  program
    .command('annotate')
    .description(
      'go through traces event by event and tick the proposed tasks you would take; one file an annotator, each blind to the others',
    )
    .argument(
      '<dir>',
      'folder of traces in the layout of ProactiveBench’s test_data, or of one model’s traces',
    )
    .option('--annotator <name>', 'who you are; your login name by default')
    .option('--out <dir>', 'folder of the annotators’ files; annotations in the data folder by default')
    .option(
      '--agreement',
      'print how far annotators agree instead; with --annotator, over what they finished',
      false,
    )
    .option('--convert <file>', 'write reward data (JSONL) from finished traces to a new file instead')
    .addOption(
      new Option('--ties <what>', 'proposals with a tied vote, in --convert')
        .choices(['leave-out', 'reject'])
        .default('leave-out'),
    )
    .option('--json', 'print JSON', false)
    .action(run);
}

async function run(folder: string, options: Options): Promise<void> {
  if (options.agreement && options.convert !== undefined) {
    throw new AppError('usage', '[annotation] --agreement and --convert are two things: pass one of them');
  }
  const out = options.out ?? join(createPaths().data, 'annotations');
  const viewer = options.annotator === undefined ? undefined : annotatorOf(options.annotator);
  const whose = { folder, out, ...(viewer !== undefined && { viewer }) };
  if (options.convert !== undefined) {
    const done = await convert(whose, options.convert, options.ties);
    return result(options.json, done, convertedLines(done));
  }
  if (options.agreement) {
    const found = await agreement(whose);
    return result(options.json, found, agreementLines(found));
  }
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new AppError(
      'usage',
      '[annotation] annotating needs a terminal: run it in one, or pass --agreement or --convert FILE',
    );
  }
  const annotator = viewer ?? annotatorOf(userInfo().username);
  for (const sentence of (await readTraceFolder(folder)).odd) say(plain(sentence));
  const tty = { input: process.stdin, output: process.stderr };
  const traces = await annotate({ folder, out, annotator }, tty, systemClock.now);
  result(options.json, { annotator, out, traces }, keptLines(annotator, traces));
}

function keptLines(annotator: string, traces: readonly TraceSummary[]): readonly string[] {
  return [
    ...table([
      ['trace', 'answered', 'of'],
      ...traces.map((each) => [plain(each.name), String(each.answered), String(each.asked)]),
    ]),
    `Kept for ${annotator}; the same command goes on where you were.`,
  ];
}

const NAMES = { all: 'all votes', candidates: 'votes on candidates', help: 'take anything at all' } as const;
const share = (part: number | null) => (part === null ? '-' : `${(100 * part).toFixed(2)} %`);
const kappa = (value: number | null) => (value === null ? '-' : value.toFixed(3));

function agreementLines(found: Agreement): readonly string[] {
  const { annotators, traces, rows, pairs, references, leftOut } = found;
  const lines = [`${traces} traces, annotators: ${annotators.join(', ') || 'none'}`, ''];
  lines.push(
    ...table([
      ['', 'units', 'votes', 'verdict', 'majority', 'pairwise', 'Cohen', 'Fleiss', 'alpha'],
      ...rows.map((row) => [
        NAMES[row.name],
        String(row.units),
        String(row.votes),
        share(row.verdict),
        share(row.majority),
        share(row.pairwise),
        kappa(row.cohen),
        kappa(row.fleiss),
        kappa(row.alpha),
      ]),
      ...references.map(({ name, verdict }) => [
        `ProactiveBench, ${name}`,
        '',
        '',
        `${Number((100 * verdict).toFixed(2))} %`,
      ]),
    ]),
    '',
    ...references.map(({ name, why }) => `ProactiveBench, ${name}: ${why}`),
  );
  if (pairs.length > 0) {
    lines.push(
      '',
      ...table([
        ['pair (candidates)', 'units', 'agree', 'Cohen'],
        ...pairs.map((pair) => [
          `${pair.a}, ${pair.b}`,
          String(pair.units),
          share(pair.agree),
          kappa(pair.kappa),
        ]),
      ]),
    );
  }
  if (annotators.length < 2) {
    lines.push('', 'Agreement takes two annotators who have answered the same trace.');
  }
  if (leftOut.length > 0) {
    lines.push('', `Left out, since they are begun and not finished: ${leftOut.map(plain).join(', ')}.`);
  }
  return lines;
}

function convertedLines(done: Converted): readonly string[] {
  return table([
    ['windows', String(done.windows), ''],
    ['rows', String(done.rows), done.file],
    ...counts(done.categories),
    ...(Object.keys(done.leftOut).length > 0 ? [['left out', '', '']] : []),
    ...counts(done.leftOut),
  ]);
}

function counts(all: Readonly<Record<string, number>>): readonly (readonly string[])[] {
  return Object.entries(all).map(([name, count]) => ['', String(count), name]);
}
