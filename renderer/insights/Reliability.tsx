import { useState } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  ErrorBar,
  LabelList,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import type { Bin, Insights } from '../../src/model/insights.ts';
import { strings } from '../strings.ts';
import { Segments } from '../ui/controls.tsx';
import { numberOf, percentOf, percentWords } from '../ui/format.ts';
import { AXIS } from './marks.tsx';
import { Picture } from './Picture.tsx';
import { Plot } from '../ui/Plot.tsx';
import type { Opened } from './RowsDialog.tsx';

/** Fewer answers than these say nothing: the picture would be of chance. */
const FEW = 10;

type Whose = 'own' | 'theirs';

const rangeOf = (low: number, high: number) => `${percentOf(low)}–${percentWords(high)}`;

/** Whether what was said of a suggestion came true as often as it was said. */
export function Reliability({
  found: { answers, own, shipped },
  onOpen,
}: {
  readonly found: Insights['reliability'];
  readonly onOpen: (opened: Opened) => void;
}) {
  const words = strings.insights.reliability;
  const few = answers < FEW;
  const [chosen, setChosen] = useState<Whose | null>(null);
  const whose = chosen ?? (few ? 'theirs' : 'own');
  const theirs = whose === 'theirs';
  const bins = theirs ? shipped.bins : own;
  const open = (bin: Bin) =>
    onOpen({
      title: `${words.bin} ${rangeOf(bin.from, bin.to)}`,
      pick: { bin: Math.round(bin.from * 10) },
    });
  const accepted = Math.round(own.reduce((sum, bin) => sum + bin.share * bin.count, 0));
  const countOf = (bin: Bin) => (theirs ? words.windowsOf : words.answersOf)(bin.count);
  const saysOf = (bin: Bin) =>
    words.point(
      percentWords(bin.said),
      percentWords(bin.share),
      percentWords(bin.low),
      percentWords(bin.high),
      countOf(bin),
    );
  return (
    <Picture
      title={words.title}
      says={
        few ? `${words.few(answers)} ${words.fewCounts(accepted, answers - accepted)}` : words.says(answers)
      }
      hint={theirs ? `${words.shipped(shipped.version, shipped.windows)} ${words.hint}` : words.hint}
      table={{
        columns: [words.bin, words.said, words.became, words.interval, theirs ? words.windows : words.count],
        rows: bins.map((bin) => ({
          key: String(bin.from),
          head: rangeOf(bin.from, bin.to),
          cells: [
            { text: percentWords(bin.said) },
            { text: percentWords(bin.share) },
            { text: rangeOf(bin.low, bin.high) },
            { text: numberOf(bin.count), open: theirs ? undefined : () => open(bin) },
          ],
        })),
      }}
    >
      <div className="mb-2 flex">
        <Segments
          label={words.series}
          value={whose}
          choices={{ own: `${words.own} (${answers})`, theirs: `${words.theirs} (${shipped.windows})` }}
          onChange={setChosen}
        />
      </div>
      {whose === 'own' && few ? (
        <p className="py-10 text-center text-small text-dim">{words.few(answers)}</p>
      ) : (
        <Plot
          label={`${words.title} ${strings.insights.walk}`}
          className="h-[236px]"
          left={48}
          right={14}
          points={{
            count: bins.length,
            at: (index) => bins[index]!.said,
            says: (index) => saysOf(bins[index]!),
            tip(index) {
              const bin = bins[index]!;
              return {
                lines: [
                  { name: words.said, value: percentWords(bin.said) },
                  { name: words.became, value: percentWords(bin.share) },
                  { name: words.interval, value: rangeOf(bin.low, bin.high) },
                  { name: theirs ? words.windows : words.count, value: numberOf(bin.count) },
                ],
              };
            },
            open: theirs ? undefined : (index) => open(bins[index]!),
          }}
        >
          {(active) => (
            <ResponsiveContainer width="100%" height="100%">
              <ComposedChart
                data={bins.map((bin) => ({
                  ...bin,
                  error: [bin.share - bin.low, bin.high - bin.share],
                }))}
                margin={{ top: 14, right: 14, bottom: 0, left: 0 }}
                accessibilityLayer={false}
              >
                <CartesianGrid stroke="var(--line)" />
                <XAxis
                  {...AXIS}
                  dataKey="said"
                  type="number"
                  domain={[0, 1]}
                  ticks={[0, 0.25, 0.5, 0.75, 1]}
                  tickFormatter={percentWords}
                  height={22}
                />
                <YAxis
                  {...AXIS}
                  type="number"
                  domain={[0, 1]}
                  ticks={[0, 0.25, 0.5, 0.75, 1]}
                  tickFormatter={percentWords}
                  width={48}
                />
                <ReferenceLine
                  segment={[
                    { x: 0, y: 0 },
                    { x: 1, y: 1 },
                  ]}
                  stroke="var(--edge)"
                  strokeDasharray="4 4"
                />
                {active !== null && (
                  <ReferenceLine x={bins[active]!.said} stroke="var(--edge)" strokeDasharray="2 3" />
                )}
                <Line
                  dataKey="share"
                  isAnimationActive={false}
                  stroke="var(--accent)"
                  strokeWidth={1.5}
                  dot={{ r: 4, fill: 'var(--accent)', stroke: 'var(--surface)', strokeWidth: 1.5 }}
                  activeDot={false}
                >
                  <ErrorBar
                    dataKey="error"
                    direction="y"
                    width={5}
                    stroke="var(--dim)"
                    strokeWidth={1.2}
                    isAnimationActive={false}
                  />
                </Line>
                <Line dataKey="low" isAnimationActive={false} stroke="none" dot={false} activeDot={false}>
                  <LabelList
                    dataKey="count"
                    position="bottom"
                    offset={5}
                    style={{ fill: 'var(--dim)', fontSize: 11 }}
                  />
                </Line>
              </ComposedChart>
            </ResponsiveContainer>
          )}
        </Plot>
      )}
    </Picture>
  );
}
