/**
 * Measures redaction: recall by family of secrets and of personal data, variants, precision, false findings in ordinary
 * text, microseconds a text, growth with length, and every pattern against ReDoS.
 *
 *     node test/bench/redact.ts [--held-out] [--peers] [--data DIR] [--against DIR] [--patterns] [--list FILE] [--json]
 *
 * Without `--held-out` the third of the kinds that was set apart is left out. `--peers` puts secretlint and redact-pii
 * (installed into a temporary folder) beside ours; `--against` an older `src/privacy`; `--data` is ProactiveBench.
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { redact } from '../../src/privacy/redact.ts';
import { families, kindsOf, samples } from '../privacy/corpus/corpus.ts';
import {
  falseFindings,
  measure,
  precision,
  recall,
  type Redactor,
  type Score,
} from '../privacy/corpus/measure.ts';
import { ordinaryText } from '../privacy/corpus/ordinary.ts';
import { personalKinds, personalSamples } from '../privacy/corpus/personal.ts';
import { variantSamples } from '../privacy/corpus/variants.ts';
import { checkPatterns, growth, speed } from './redactCost.ts';
import { peers } from './redactPeers.ts';

const { values } = parseArgs({
  options: {
    'held-out': { type: 'boolean' },
    peers: { type: 'boolean' },
    patterns: { type: 'boolean' },
    json: { type: 'boolean' },
    data: { type: 'string', default: resolve(import.meta.dirname, '../../../shared/data/proactivebench') },
    against: { type: 'string' },
    list: { type: 'string' },
  },
});
const options = { person: { home: '/home/ada', user: 'ada' }, region: 'US' };
const report: Record<string, unknown> = {};
const listed: string[] = [];

type Redact = typeof redact;
const older = values.against
  ? ((await import(pathToFileURL(join(resolve(values.against), 'redact.ts')).href)) as { redact: Redact })
      .redact
  : undefined;
const redactors: Record<string, Redactor> = {
  ours: (text) => redact(text, options).text,
  ...(older && { before: (text: string) => older(text, options).text }),
  ...(values.peers && (await peers())),
};

const percent = (share: number): string => (share * 100).toFixed(2).padStart(7);

function table(title: string, rows: Readonly<Record<string, Record<string, string | number>>>): void {
  report[title] = rows;
  if (values.json) return;
  console.log(`\n${title}`);
  for (const [name, cells] of Object.entries(rows)) {
    const line = Object.entries(cells).map(([key, value]) => `${key} ${value}`);
    console.log(`  ${name.padEnd(34)} ${line.join('   ')}`);
  }
}

/** Recall of every redactor over groups of samples, by group and over all. */
async function recallTable(
  title: string,
  groups: Readonly<Record<string, Parameters<typeof measure>[0]>>,
): Promise<void> {
  const rows: Record<string, Record<string, string>> = {};
  const all: Record<string, Score[]> = {};
  for (const [group, list] of Object.entries(groups)) {
    rows[group] = {};
    for (const [name, redactor] of Object.entries(redactors)) {
      const scores = await measure(list, redactor);
      rows[group][name] = percent(recall(scores));
      (all[name] ??= []).push(...scores);
      if (name === 'ours')
        listed.push(...scores.flatMap(({ kind, missed }) => missed.map((text) => `missed ${kind}: ${text}`)));
    }
  }
  rows['all'] = Object.fromEntries(
    Object.entries(all).map(([name, scores]) => [name, percent(recall(scores))]),
  );
  rows['kinds caught 20 of 20'] = Object.fromEntries(
    Object.entries(all).map(([name, scores]) => [
      name,
      `${scores.filter((each) => each.caught === each.all).length}/${scores.length}`,
    ]),
  );
  table(title, rows);
}

const names = Object.keys(families);
await recallTable(
  'Secrets, kinds seen (recall, %)',
  Object.fromEntries(
    names.map((name) => [`${name} (${kindsOf(name, 'seen').length})`, samples(name, 'seen')]),
  ),
);
if (values['held-out']) {
  await recallTable(
    'Secrets, kinds set apart (recall, %)',
    Object.fromEntries(
      names.map((name) => [`${name} (${kindsOf(name, 'held out').length})`, samples(name, 'held out')]),
    ),
  );
}
const groupOf = (kind: string): string => kind.split(' ')[0]!;
await recallTable(
  'Personal data (recall, %)',
  Object.fromEntries(
    [...new Set(personalKinds.map(groupOf))].map((group) => [
      group,
      personalKinds.filter((kind) => groupOf(kind) === group).flatMap(personalSamples),
    ]),
  ),
);
await recallTable(
  'Variants of kinds seen (recall, %)',
  variantSamples(
    names.flatMap((name) => samples(name, 'seen')),
    samples('vendors', 'seen'),
  ),
);

const ordinary = ordinaryText(resolve(import.meta.dirname, '../..'), values.data);
const clean: Record<string, Record<string, string | number>> = {};
for (const { name, lines } of ordinary) {
  clean[name] = { lines: lines.length };
  for (const [who, redactor] of Object.entries(redactors)) {
    const wrong = await falseFindings(lines, redactor);
    clean[name][who] =
      `${wrong.length} (${((wrong.length * 1000) / lines.length).toFixed(2)} in 1,000 lines)`;
    if (who === 'ours') listed.push(...wrong.map((each) => `false in ${name}: ${each}`));
  }
}
table('False findings in ordinary text', clean);

const mixed: Record<string, Record<string, string | number>> = {};
const every = names.flatMap((name) => samples(name, 'seen'));
const lines = ordinary.flatMap((source) => source.lines.filter((_, at) => at % 5 < 2));
for (const [who, redactor] of Object.entries(redactors)) {
  const { right, wrong, list } = await precision(every, lines, redactor);
  mixed[who] = { right, wrong, precision: percent(right / (right + wrong)) };
  if (who === 'ours') listed.push(...list.map((each) => `false among samples: ${each}`));
}
table('Precision on mixed text: each sample between six ordinary lines (%)', mixed);

table(
  'Processor time a text (µs, median of 9, interleaved)',
  speed({ ours: redact, ...(older && { before: older }) }),
);
table('Growth: time at 20,000 characters ÷ time at 5,000 (linear: 4)', growth(redact));
if (values.patterns) table('Patterns (recheck)', await checkPatterns(redact));
if (values.list) writeFileSync(values.list, `${listed.join('\n')}\n`);
if (values.json) console.log(JSON.stringify(report, undefined, 2));
