import { Receipt } from 'lucide-react';
import { useState } from 'react';
import type { ReceiptDay } from '../../src/model/receipts.ts';
import { strings } from '../strings.ts';
import { Segments } from '../ui/controls.tsx';
import { numberOf, percentWords, spanOf } from '../ui/format.ts';
import { Legend, Swatch } from './marks.tsx';
import { Instead, Picture } from './Picture.tsx';
import { Plot } from '../ui/Plot.tsx';
import { named, Stacked, type Layer } from './Stacked.tsx';
import { useAsked } from './useAsked.ts';

type Metric = 'turns' | 'tokens' | 'seconds';

const whole = (count: number) => numberOf(Math.round(count));

function seriesOf(metric: Metric): readonly Layer<ReceiptDay>[] {
  const words = strings.insights.receipts;
  if (metric === 'turns') {
    return [
      { name: words.asked, look: 'solid', of: (day) => day.asked },
      { name: words.skipped, look: 'hatch', of: (day) => day.turns - day.asked },
    ];
  }
  if (metric === 'tokens') {
    return [
      { name: words.evaluated, look: 'solid', of: (day) => day.prefillTokens },
      { name: words.written, look: 'outline', of: (day) => day.outputTokens },
      { name: words.reused, look: 'hatch', of: (day) => Math.max(0, day.promptTokens - day.prefillTokens) },
    ];
  }
  return [{ name: words.seconds, look: 'solid', of: (day) => day.seconds }];
}

/** What the model cost, day by day. */
export function ReceiptsPicture({ days }: { readonly days: number }) {
  const { found, failed, again } = useAsked(`receipts ${days}`, (bridge) =>
    bridge.call('receipts.days', { days }),
  );
  const [metric, setMetric] = useState<Metric>('turns');
  const words = strings.insights.receipts;
  if (!found || found.days.length === 0) {
    return (
      <Instead
        title={words.title}
        state={failed ? 'failed' : found ? 'empty' : 'loading'}
        icon={Receipt}
        empty={words.empty}
        emptyHint={words.emptyHint}
        again={again}
      />
    );
  }
  const rows = found.days.toReversed();
  const sum = (part: (day: ReceiptDay) => number) => rows.reduce((all, day) => all + part(day), 0);
  const series = seriesOf(metric);
  const shown = (value: number) => (metric === 'seconds' ? spanOf(value * 1000) : whole(value));
  return (
    <Picture
      title={words.title}
      says={words.says(
        sum((day) => day.inferences),
        sum((day) => day.prefillTokens + day.outputTokens),
        spanOf(sum((day) => day.seconds) * 1000),
      )}
      hint={found.power}
      aside={<Segments label={words.metric} value={metric} choices={words.metrics} onChange={setMetric} />}
      table={{
        columns: Object.values(strings.learning.receipts.columns),
        rows: found.days.map((day) => ({ key: day.day, head: named(day.day), cells: cellsOf(day) })),
      }}
    >
      <Plot
        label={`${words.title}, ${words.metrics[metric]}. ${strings.insights.walk}`}
        className="h-[180px]"
        left={44}
        points={{
          count: rows.length,
          at: (index) => (index + 0.5) / rows.length,
          says: (index) =>
            [
              named(rows[index]!.day),
              ...series.map((each) => `${each.name} ${shown(each.of(rows[index]!))}`),
            ].join(', '),
          tip: (index) => ({
            title: named(rows[index]!.day),
            lines: series.map((each) => ({
              mark: <Swatch look={each.look} />,
              name: each.name,
              value: shown(each.of(rows[index]!)),
            })),
          }),
        }}
      >
        {(active) => <Stacked rows={rows} layers={series} active={active} left={44} tick={whole} />}
      </Plot>
      <Legend series={series} />
    </Picture>
  );
}

function cellsOf(day: ReceiptDay) {
  const without = day.turns === 0 ? '–' : percentWords(1 - Math.min(1, day.inferences / day.turns));
  return [
    whole(day.turns),
    without,
    whole(day.inferences),
    whole(day.prefillTokens),
    whole(day.promptTokens),
    whole(day.outputTokens),
    numberOf(day.seconds, 1),
    day.joules === null ? strings.learning.receipts.unknown : whole(day.joules),
  ].map((text) => ({ text }));
}
