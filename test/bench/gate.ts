/**
 * Measures the gate on human-judged windows in ProactiveBench's layout, and fits the weights that ship.
 *
 *     node test/bench/gate.ts --data DIR [--write] [--json]
 *
 * Leave-traces-out as src/bench/gateFolds.ts has it. Only weights leave this script, never text.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { GateWeights } from '../../src/agent/gate.ts';
import { fitLogistic } from '../../src/agent/logistic.ts';
import {
  bestRidge,
  factRow,
  type GateWindow,
  gateWindowsOf,
  nestedGate,
  weighedFacts,
  withDefaultSources,
} from '../../src/bench/gateFolds.ts';
import { needFigures } from '../../src/bench/need/figures.ts';
import { readBenchFolder } from '../../src/proactivebench/folder.ts';
import { windowsOf } from '../../src/proactivebench/windows.ts';

export interface Score {
  readonly auc: number;
  readonly f1: number;
  readonly brier: number;
  readonly rate: number;
  readonly precisionAt20: number;
}

/** Distinct windows of a reward-data folder. */
export async function readWindows(folder: string): Promise<readonly GateWindow[]> {
  const { train, test } = await readBenchFolder(folder);
  return gateWindowsOf(windowsOf([...train, ...test]));
}

function scoreFor(
  windows: readonly GateWindow[],
  probabilities: readonly number[],
  decisions: readonly boolean[],
): Score {
  const { auc, f1, brier, proposalRate, precisionAt20 } = needFigures(
    windows.map(({ trace, needed }, at) => ({
      trace,
      needed,
      proposed: decisions[at]!,
      score: probabilities[at]!,
    })),
  );
  return { auc: auc!, f1, brier: brier!, rate: proposalRate, precisionAt20: precisionAt20! };
}

/** Leave-traces-out scores of `always`, the gate, and the gate on what a desktop shows by default. */
export function measure(windows: readonly GateWindow[]): Readonly<Record<string, Score>> {
  const base = windows.filter((window) => window.needed).length / windows.length;
  const gate = nestedGate(windows);
  const plain = nestedGate(withDefaultSources(windows));
  return {
    always: scoreFor(
      windows,
      windows.map(() => base),
      windows.map(() => true),
    ),
    gate: scoreFor(windows, gate.probabilities, gate.decisions),
    'gate, default sources': scoreFor(windows, plain.probabilities, plain.decisions),
  };
}

/** Weights fitted on all windows, with the model card. */
export function fit(windows: readonly GateWindow[], score: Score): GateWeights {
  const rows = windows.map(factRow);
  const { ridge } = bestRidge(windows, rows);
  const model = fitLogistic(
    rows,
    windows.map((window) => window.needed),
    ridge,
  );
  const names = weighedFacts(windows[0]!).map((fact) => fact.name);
  const traces = new Set(windows.map((window) => window.trace)).size;
  return GateWeights.parse({
    version: 'gate-1',
    bias: round(model.bias),
    features: names.map((name, at) => ({
      name,
      weight: round(model.weights[at]!),
      mean: round(model.means[at]!),
      scale: round(model.scales[at]!),
    })),
    card: {
      trainedOn: `${windows.length} human-judged windows of ${traces} ProactiveBench traces; L2 logistic regression, ridge ${ridge}.`,
      measured: `Leave-traces-out: AUC ${score.auc.toFixed(3)}, F1 ${score.f1.toFixed(3)}, Brier ${score.brier.toFixed(3)}. Facts were chosen with these windows in sight: allow 0.01 to 0.03.`,
      limits:
        'The annotators agree poorly; an oracle of their labels reaches AUC 0.70 to 0.72. Programming and web research only.',
    },
  });
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, write: { type: 'boolean' }, json: { type: 'boolean' } },
  });
  if (values.data === undefined) {
    console.error('Usage: node test/bench/gate.ts --data DIR [--write] [--json]');
    process.exitCode = 2;
    return;
  }
  const windows = await readWindows(values.data);
  const scores = measure(windows);
  if (values.json) console.log(JSON.stringify({ windows: windows.length, scores }));
  else {
    const traces = new Set(windows.map((window) => window.trace)).size;
    console.log(`${windows.length} windows, ${traces} traces, leave-traces-out\n`);
    console.log('| gate | AUC | F1 | rate | precision at 20 % | Brier |\n|---|---|---|---|---|---|');
    for (const [name, s] of Object.entries(scores)) {
      const cells = [s.auc, s.f1, s.rate, s.precisionAt20, s.brier].map((each) => each.toFixed(3));
      console.log(`| ${name} | ${cells.join(' | ')} |`);
    }
  }
  if (!values.write) return;
  const file = fileURLToPath(new URL('../../src/assets/gate.json', import.meta.url));
  writeFileSync(file, `${JSON.stringify(fit(windows, scores['gate']!), null, 2)}\n`);
  console.error(`wrote ${file}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
