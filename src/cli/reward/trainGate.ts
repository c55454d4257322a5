import { resolve } from 'node:path';
import { fitGate, type GateFigures, measureGate } from '../../bench/gate/fit.ts';
import { gateWindowsOf } from '../../bench/gateFolds.ts';
import { LEAST_TRACES } from '../../bench/need/detectors.ts';
import { writeResult } from '../../bench/writing.ts';
import { AppError } from '../../errors.ts';
import { readBenchFolder } from '../../proactivebench/folder.ts';
import { windowsOf } from '../../proactivebench/windows.ts';
import { progressBar, result, say, table } from '../output.ts';

/** Options of `beforehand reward train --what gate`. */
export interface TrainOptions {
  readonly data: string;
  readonly write?: string;
  readonly json: boolean;
}

/**
 * Fits the gate's weights on the judged windows of a folder and says how well such weights do on traces left out. Writes
 * them, with their model card, where `write` says. Rejects with `bad-input` for fewer traces than can be left out.
 */
export async function trainGate(options: TrainOptions): Promise<void> {
  const { train, test, models } = await readBenchFolder(options.data);
  const windows = gateWindowsOf(windowsOf([...train, ...test]), models);
  const traces = new Set(windows.map((window) => window.trace)).size;
  if (traces < LEAST_TRACES) {
    throw new AppError(
      'bad-input',
      `[reward] ${options.data} holds judged windows of ${traces} traces, and a threshold is chosen with whole traces left out: give a folder with ${LEAST_TRACES} or more`,
    );
  }
  const bar = progressBar('Leaving traces out', (n) => `${n} fits`);
  const measured = measureGate(windows, bar.update);
  bar.stop();
  const weights = fitGate(windows, measured);
  if (options.write !== undefined) {
    const file = resolve(options.write);
    await writeResult(file, `${JSON.stringify(weights, null, 2)}\n`);
    say(`Wrote ${file}.`);
  }
  const rows = [
    ['always', measured.always],
    ['gate', measured.whole],
    ['gate, default sources', measured.plain],
  ] as const;
  result(options.json, { what: 'gate', windows: windows.length, traces, figures: measured, weights }, [
    `${windows.length} windows of ${traces} traces, whole traces left out`,
    ...table([
      ['', 'AUC', 'F1', 'rate', 'precision at 20 %', 'Brier', 'skill', 'ECE'],
      ...rows.map(([name, row]) => [name, ...cells(row)]),
    ]),
    '',
    'What the gate said there, and how often help was needed then',
    ...table([
      ['P(need)', 'windows', 'said', 'needed'],
      ...measured.whole.reliability.map((bin) => [
        `${bin.from.toFixed(1)} to ${bin.to.toFixed(1)}`,
        String(bin.windows),
        bin.said.toFixed(2),
        bin.needed.toFixed(2),
      ]),
    ]),
    '',
    'Weights of the standardised facts, in log-odds',
    ...table(weights.features.map(({ name, weight }) => [name, weight.toFixed(3)])),
  ]);
}

function cells(row: GateFigures): readonly string[] {
  return [row.auc, row.f1, row.proposalRate, row.precisionAt20, row.brier, row.brierSkill, row.ece].map(
    (each) => (each === null ? '-' : each.toFixed(3)),
  );
}
