import type { LatencyResult } from '../../bench/latency/figures.ts';
import type { Spread } from '../../bench/latency/spread.ts';
import { amount } from '../../bench/report/words.ts';
import { table } from '../output.ts';

/** The figures of `bench latency` for a person. */
export function linesOfLatency(result: LatencyResult): readonly string[] {
  return [
    ...table([
      ['turns', 'side', 'run', 'prefill', 'output', 'model time', 'first token', 'proposal'],
      ...result.rows.map((row) => [
        String(row.turns),
        row.side,
        `${row.executed} of ${row.calls}`,
        count(row.prefillTokens),
        count(row.outputTokens),
        row.totalMs === null && row.estimatedMs !== null
          ? `about ${time(row.estimatedMs)}, not run`
          : time(row.totalMs),
        spread(row.firstTokenMs),
        spread(row.proposalMs),
      ]),
    ]),
    '',
    ...table([
      ['turns', 'naive ÷ ours: prefill', 'first token', 'whole call', 'whole history ÷ ours: prefill'],
      ...result.ratios.map((row, at) => [
        String(row.turns),
        row.prefillTokens?.toFixed(1) ?? '–',
        ratio(row.firstTokenMs),
        ratio(row.callMs),
        wholeRatio(result, at),
      ]),
    ]),
    '',
    ...result.gateOpens.map(({ turns, opened }) => `In ${turns} turns the gate opens ${opened} times.`),
    '',
    ...table([
      ['turns', 'side', 'calls', 'prefill', 'output', 'model time'],
      ...result.gate.map((row) => [
        String(row.turns),
        row.side,
        count(row.calls),
        count(row.prefillTokens),
        count(row.outputTokens),
        time(row.totalMs),
      ]),
    ]),
  ];
}

function wholeRatio(result: LatencyResult, at: number): string {
  const whole = result.wholeHistory[at]?.prefillTokens ?? null;
  const ours = result.rows.find((row) => row.side === 'ours' && row.turns === result.ratios[at]?.turns);
  return whole === null || !ours?.prefillTokens ? '–' : `${(whole / ours.prefillTokens).toFixed(1)}, counted`;
}

function count(value: number | null): string {
  return value === null ? '–' : amount(value, 'count');
}

function time(value: number | null): string {
  return value === null ? '–' : amount(value, 'milliseconds');
}

function spread(value: Spread | null): string {
  return value === null ? '–' : `${time(value.median)} [${time(value.low)}, ${time(value.high)}]`;
}

function ratio(value: Spread | null): string {
  if (value === null) return '–';
  return `${value.median.toFixed(1)} [${value.low.toFixed(1)}, ${value.high.toFixed(1)}], ${value.n} pairs`;
}
