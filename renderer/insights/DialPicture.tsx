import { SlidersHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from 'recharts';
import type { WhatIf, WhatIfPoint } from '../../src/model/whatIf.ts';
import { useView } from '../store.ts';
import { strings } from '../strings.ts';
import { EagernessDial } from '../today/Eagerness.tsx';
import { numberOf, percentOf } from '../ui/format.ts';
import { Empty } from '../ui/parts.tsx';
import { AXIS } from './marks.tsx';
import { Instead, Picture } from './Picture.tsx';
import { Plot } from '../ui/Plot.tsx';
import { useAsked } from './useAsked.ts';

/** Milliseconds of rest before the days are replayed: a dial that moves asks once. */
const REST = 150;

/** Lines by dash and mark, so that they are told apart without colour. */
const LINES = {
  shown: { dash: '2 3', width: 1.5, colour: 'var(--dim)' },
  accepted: { dash: '', width: 2.5, colour: 'var(--accent)' },
  missed: { dash: '7 4', width: 1.5, colour: 'var(--ink)' },
} as const;
const SERIES = ['shown', 'accepted', 'missed'] as const;

const valueOf = (point: WhatIfPoint, series: (typeof SERIES)[number]) =>
  series === 'shown' ? point.shown : point[series][1];

/** The dial, and what its other settings would have done over these days. */
export function DialPicture({ days }: { readonly days: number }) {
  const settings = useView((view) => view.settings);
  const [moved, setMoved] = useState<number | null>(null);
  const value = moved ?? settings?.eagerness ?? 0.4;
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST);
    return () => clearTimeout(timer);
  }, [value]);
  const { found, failed, again } = useAsked(`whatIf ${days} ${rested}`, (bridge) =>
    bridge.call('policy.whatIf', { eagerness: rested, days }),
  );
  const words = strings.insights.dial;
  if (!settings) return null;
  if (!found) {
    return (
      <Instead
        title={words.title}
        state={failed ? 'failed' : 'loading'}
        icon={SlidersHorizontal}
        empty=""
        emptyHint=""
        again={again}
      />
    );
  }
  const numbers = (point: WhatIfPoint) => [
    { text: numberOf(Math.round(point.shown)) },
    { text: numberOf(point.accepted[1], 1) },
    { text: words.between(point.accepted[0], point.accepted[2]) },
    { text: numberOf(point.missed[1], 1) },
    { text: words.between(point.missed[0], point.missed[2]) },
  ];
  const { interval } = strings.learning.whatIf;
  return (
    <Picture
      title={words.title}
      says={words.hint}
      hint={found.moments > 0 ? found.basis : undefined}
      table={{
        columns: [
          words.dialAt,
          words.shown,
          words.accepted,
          `${words.accepted}, ${interval}`,
          words.missed,
          `${words.missed}, ${interval}`,
        ],
        rows: rowsOf(found).map(({ point, note }) => ({
          key: `${point.eagerness} ${note}`,
          head: `${percentOf(point.eagerness)}${note === '' ? '' : ` (${note})`}`,
          cells: numbers(point),
        })),
      }}
    >
      <div className="grid grid-cols-1 gap-x-6 gap-y-4 md:grid-cols-[240px_minmax(0,1fr)]">
        <div>
          <EagernessDial onMove={setMoved} />
          {found.moments > 0 && (
            <p aria-live="polite" className="mt-3 border-t border-line pt-2.5 text-small">
              {strings.learning.whatIf.days(found.days)}{' '}
              <b className="font-semibold">
                {words.says(found.asked.shown, found.asked.accepted[1], found.asked.missed[1])}
              </b>
            </p>
          )}
        </div>
        {found.moments === 0 ? (
          <Empty icon={SlidersHorizontal} title={words.empty} hint={words.emptyHint} />
        ) : (
          <Curve found={found} />
        )}
      </div>
    </Picture>
  );
}

/** The curve's points with where the dial stands and where it is tried, by dial. */
function rowsOf({ curve, now, asked }: WhatIf): { readonly point: WhatIfPoint; readonly note: string }[] {
  const words = strings.insights.dial;
  const noted = [
    ...curve.filter(({ eagerness }) => eagerness !== now.eagerness).map((point) => ({ point, note: '' })),
    { point: now, note: words.now },
    ...(asked.eagerness === now.eagerness ? [] : [{ point: asked, note: words.tried }]),
  ];
  return noted.toSorted((a, b) => a.point.eagerness - b.point.eagerness);
}

function Curve({ found }: { readonly found: WhatIf }) {
  const words = strings.insights.dial;
  const rows = rowsOf(found);
  const data = rows.map(({ point }) => ({
    at: point.eagerness,
    shown: point.shown,
    accepted: point.accepted[1],
    missed: point.missed[1],
    acceptedBand: [point.accepted[0], point.accepted[2]],
    missedBand: [point.missed[0], point.missed[2]],
  }));
  return (
    <div className="min-w-0">
      <Plot
        label={`${words.curve}. ${strings.insights.walk}`}
        className="h-[220px]"
        left={34}
        right={12}
        points={{
          count: rows.length,
          at: (index) => rows[index]!.point.eagerness,
          says(index) {
            const { point, note } = rows[index]!;
            const said = words.says(point.shown, point.accepted[1], point.missed[1]);
            return `${words.at(percentOf(point.eagerness))}${note === '' ? '' : `, ${note}`}: ${said}`;
          },
          tip(index) {
            const { point, note } = rows[index]!;
            return {
              title: `${words.at(percentOf(point.eagerness))}${note === '' ? '' : ` (${note})`}`,
              lines: SERIES.map((series) => ({
                mark: <Dash of={series} />,
                name: words[series],
                value:
                  series === 'shown'
                    ? numberOf(Math.round(point.shown))
                    : `${numberOf(point[series][1], 1)} (${words.between(point[series][0], point[series][2])})`,
              })),
            };
          },
        }}
      >
        {(active) => (
          <ResponsiveContainer width="100%" height="100%">
            <ComposedChart
              data={data}
              margin={{ top: 16, right: 12, bottom: 0, left: 0 }}
              accessibilityLayer={false}
            >
              <CartesianGrid vertical={false} stroke="var(--line)" />
              <XAxis
                {...AXIS}
                dataKey="at"
                type="number"
                domain={[0, 1]}
                ticks={[0, 0.2, 0.4, 0.6, 0.8, 1]}
                tickFormatter={(value: number) => String(percentOf(value))}
                height={22}
              />
              <YAxis {...AXIS} width={34} allowDecimals={false} />
              {(['acceptedBand', 'missedBand'] as const).map((band) => (
                <Area
                  key={band}
                  dataKey={band}
                  isAnimationActive={false}
                  stroke="none"
                  fill={band === 'acceptedBand' ? 'var(--accent)' : 'var(--ink)'}
                  fillOpacity={band === 'acceptedBand' ? 0.13 : 0.07}
                  activeDot={false}
                />
              ))}
              <ReferenceLine
                x={found.now.eagerness}
                stroke="var(--edge)"
                label={{ value: words.now, position: 'top', fill: 'var(--dim)', fontSize: 11 }}
              />
              {found.asked.eagerness !== found.now.eagerness && (
                <ReferenceLine
                  x={found.asked.eagerness}
                  stroke="var(--accent)"
                  label={{ value: words.tried, position: 'top', fill: 'var(--accent)', fontSize: 11 }}
                />
              )}
              {active !== null && (
                <ReferenceLine x={rows[active]!.point.eagerness} stroke="var(--edge)" strokeDasharray="2 3" />
              )}
              {SERIES.map((series) => (
                <Line
                  key={series}
                  dataKey={series}
                  isAnimationActive={false}
                  stroke={LINES[series].colour}
                  strokeWidth={LINES[series].width}
                  strokeDasharray={LINES[series].dash}
                  dot={false}
                  activeDot={false}
                />
              ))}
            </ComposedChart>
          </ResponsiveContainer>
        )}
      </Plot>
      <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-[12px] text-dim">
        {SERIES.map((series) => (
          <li key={series} className="inline-flex items-center gap-1.5">
            <Dash of={series} />
            {words[series]}{' '}
            <span className="text-ink">{numberOf(Math.round(valueOf(found.now, series)))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Dash({ of }: { readonly of: (typeof SERIES)[number] }) {
  const { dash, width, colour } = LINES[of];
  return (
    <svg aria-hidden="true" width="20" height="8" className="shrink-0">
      <line x1="0" y1="4" x2="20" y2="4" stroke={colour} strokeWidth={width} strokeDasharray={dash} />
    </svg>
  );
}
