import { GateWeights } from '../../agent/gate.ts';
import { FACT_NAMES, type GateWindow, type Held, lessonsOf, nestedGates } from '../gateFolds.ts';
import type { Figures } from '../metrics.ts';
import { needFigures, type ReliabilityBin, reliabilityOf, type ScoreFigures } from '../need/figures.ts';
import { fitLessons, RECIPE } from './model.ts';

/** Figures of one detector of need, with how far its probabilities can be believed. */
export type GateFigures = Figures & ScoreFigures & { readonly reliability: readonly ReliabilityBin[] };

/** What is measured, each on traces that were left out; `plain` is the gate on a desktop's default sources alone. */
export interface GateMeasured {
  readonly always: GateFigures;
  readonly whole: GateFigures;
  readonly plain: GateFigures;
}

/** Leave-traces-out figures of always proposing and of the gate. Three traces or more. `onFit` hears how many fits are done. */
export function measureGate(
  windows: readonly GateWindow[],
  onFit?: (done: number, total: number) => void,
): GateMeasured {
  const base = windows.filter((window) => window.needed).length / windows.length;
  const { whole, plain } = nestedGates(windows, onFit);
  const figures = ({ probabilities, decisions }: Held): GateFigures => {
    const moments = windows.map(({ trace, needed }, at) => ({
      trace,
      needed,
      proposed: decisions[at]!,
      score: probabilities[at]!,
    }));
    return { ...needFigures(moments), reliability: reliabilityOf(moments) };
  };
  return {
    always: figures({ probabilities: windows.map(() => base), decisions: windows.map(() => true) }),
    whole: figures(whole),
    plain: figures(plain),
  };
}

/** Weights fitted on all windows, with the model card that says how they were measured. At least one window. */
export function fitGate(windows: readonly GateWindow[], { whole, plain }: GateMeasured): GateWeights {
  const model = fitLessons(FACT_NAMES, lessonsOf(windows));
  const traces = new Set(windows.map((window) => window.trace)).size;
  return GateWeights.parse({
    version: 'gate-2',
    bias: round(model.bias),
    features: FACT_NAMES.flatMap((name, at) =>
      model.weights[at] === 0
        ? []
        : [
            {
              name,
              weight: round(model.weights[at]!),
              mean: round(model.means[at]!),
              scale: round(model.scales[at]!),
            },
          ],
    ),
    card: {
      trainedOn: `${windows.length} human-judged windows of ${traces} ProactiveBench traces: ${RECIPE}.`,
      measured: `Leave-traces-out, all sources: ${said(whole)}. Default sources alone: ${said(plain)}. Which facts there are, and the known directions, were settled with these traces in sight: allow 0.01 to 0.03.`,
      limits:
        'The annotators agree poorly; an oracle of their labels reaches AUC 0.70 to 0.72 on all sixteen traces. Programming and web research only, in English and Chinese.',
      reliability: whole.reliability.map((bin) => ({
        ...bin,
        said: round(bin.said),
        needed: round(bin.needed),
      })),
    },
  });
}

function said(figures: GateFigures): string {
  return `AUC ${share(figures.auc)}, F1 ${share(figures.f1)}, Brier ${share(figures.brier)} (skill ${share(figures.brierSkill)}), ECE ${share(figures.ece)}, precision at 20 % ${share(figures.precisionAt20)}`;
}

function share(value: number | null): string {
  return (value ?? 0).toFixed(3);
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}
