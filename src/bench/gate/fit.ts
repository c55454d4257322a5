import { GateWeights } from '../../agent/gate.ts';
import { fitLogistic } from '../../agent/logistic.ts';
import {
  bestRidge,
  factRow,
  type GateWindow,
  nestedGate,
  weighedFacts,
  withDefaultSources,
} from '../gateFolds.ts';
import { needFigures, type ScoreFigures } from '../need/figures.ts';
import type { Figures } from '../metrics.ts';

/** Figures of one detector of need. */
export type GateFigures = Figures & ScoreFigures;

/** Leave-traces-out figures by the detector's name: `always`, the gate, and the gate on default sources alone. */
export function measureGate(windows: readonly GateWindow[]): Readonly<Record<string, GateFigures>> {
  const base = windows.filter((window) => window.needed).length / windows.length;
  const gate = nestedGate(windows);
  const plain = nestedGate(withDefaultSources(windows));
  const figures = (probabilities: readonly number[], decisions: readonly boolean[]) =>
    needFigures(
      windows.map(({ trace, needed }, at) => ({
        trace,
        needed,
        proposed: decisions[at]!,
        score: probabilities[at]!,
      })),
    );
  return {
    always: figures(
      windows.map(() => base),
      windows.map(() => true),
    ),
    gate: figures(gate.probabilities, gate.decisions),
    'gate, default sources': figures(plain.probabilities, plain.decisions),
  };
}

/** Weights fitted on all windows, with the model card that says how they were measured. At least one window. */
export function fitGate(windows: readonly GateWindow[], measured: GateFigures): GateWeights {
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
      measured: `Leave-traces-out: AUC ${share(measured.auc)}, F1 ${share(measured.f1)}, Brier ${share(measured.brier)}. Facts were chosen with these windows in sight: allow 0.01 to 0.03.`,
      limits:
        'The annotators agree poorly; an oracle of their labels reaches AUC 0.70 to 0.72. Programming and web research only.',
    },
  });
}

function share(value: number | null): string {
  return (value ?? 0).toFixed(3);
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
