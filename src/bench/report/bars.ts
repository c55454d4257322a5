import type { Bars, Confusion, Pairs } from './blocks.ts';
import { type Drawing, label, scaleOf, short, tag, ticksOf, widthOf } from './svg.ts';
import { amount } from './words.ts';

const WIDTH = 760;
const ROW = 24;
const BAR = 14;
/** Letters of a name beside a bar. */
const NAME = 41;

/** Room for the longest name, within reason. */
function gutter(names: readonly string[]): number {
  return Math.min(276, Math.max(60, ...names.map((name) => widthOf(short(name, NAME)))) + 14);
}

/** One bar an item, in the order given, with its interval as a whisker and its value in figures. */
export function drawBars(figure: Bars): Drawing {
  const left = gutter(figure.items.map((item) => item.name));
  const top = 12;
  const bottom = top + figure.items.length * ROW;
  const largest = Math.max(...figure.items.map((item) => Math.max(item.value, item.high ?? 0)), 0);
  const domain: readonly [number, number] = [0, figure.scale === 'share' ? 1 : largest * 1.02 || 1];
  const x = scaleOf(domain, [left, WIDTH - 76]);
  const parts = axis(domain, x, top, bottom, figure.scale);
  for (const [at, item] of figure.items.entries()) {
    const y = top + at * ROW + (ROW - BAR) / 2;
    const middle = y + BAR / 2;
    parts.push(label(left - 8, middle + 4, short(item.name, NAME), { anchor: 'end' }));
    parts.push(bar(left, y, x(item.value) - left, item.origin));
    if (item.low !== undefined && item.high !== undefined)
      parts.push(whisker(x(item.low), x(item.high), middle));
    parts.push(
      label(Math.max(x(item.high ?? 0), x(item.value)) + 6, middle + 4, amount(item.value, figure.scale)),
    );
  }
  if (figure.reference) {
    const at = x(figure.reference.value);
    parts.push(tag('line', { x1: at, x2: at, y1: top - 4, y2: bottom, class: 'mark' }));
    parts.push(label(at, bottom + 32, figure.reference.label, { anchor: 'middle', look: 'dim' }));
  }
  parts.push(label(left, bottom + 32, figure.axis, { look: 'axis' }));
  return { width: WIDTH, height: bottom + 42, body: parts.join('') };
}

const KINDS = [
  ['cd', 'CD: proposed, needed'],
  ['mn', 'MN: silent, needed'],
  ['fa', 'FA: proposed, not needed'],
  ['nr', 'NR: silent, not needed'],
] as const;

/** The four counts of each item, as shares of one bar; need stands left, so that bars of one data set line up. */
export function drawConfusion(figure: Confusion): Drawing {
  const left = gutter(figure.items.map((item) => item.name));
  const top = 34;
  const parts: string[] = [];
  let at = 8;
  for (const [kind, words] of KINDS) {
    parts.push(
      tag('rect', { x: at, y: 8, width: 11, height: 11, class: kind }),
      label(at + 16, 18, words, { look: 'dim' }),
    );
    at += 16 + widthOf(words) + 14;
  }
  for (const [index, item] of figure.items.entries()) {
    const y = top + index * ROW + (ROW - 18) / 2;
    const total = item.cd + item.mn + item.fa + item.nr;
    const x = scaleOf([0, total], [left, WIDTH - 8]);
    parts.push(label(left - 8, y + 13, short(item.name, NAME), { anchor: 'end' }));
    let sum = 0;
    for (const [kind] of KINDS) {
      const count = item[kind];
      if (count > 0) {
        const width = x(sum + count) - x(sum);
        parts.push(tag('rect', { x: x(sum), y, width: Math.max(1, width - 1), height: 18, class: kind }));
        const text = amount(count, 'count');
        if (width > widthOf(text) + 4)
          parts.push(label(x(sum) + width / 2, y + 13, text, { anchor: 'middle', look: `on ${kind}-ink` }));
      }
      sum += count;
    }
  }
  return { width: WIDTH, height: top + figure.items.length * ROW + 6, body: parts.join('') };
}

/** Panels of two bars or more, each on its own scale from zero: what is compared stands in one panel. */
export function drawPairs(figure: Pairs): Drawing {
  const left = gutter(figure.panels.flatMap((panel) => panel.items.map((item) => item.name)));
  const parts: string[] = [hatch()];
  let y = 4;
  for (const panel of figure.panels) {
    parts.push(label(8, y + 14, panel.name, { look: 'strong' }));
    parts.push(label(14 + widthOf(panel.name) * 1.2, y + 14, panel.note, { look: 'dim' }));
    y += 22;
    const largest = Math.max(...panel.items.map((item) => Math.max(item.value, item.high ?? 0)), 0) || 1;
    const x = scaleOf([0, largest], [left, WIDTH - 190]);
    for (const item of panel.items) {
      const middle = y + ROW / 2;
      parts.push(label(left - 8, middle + 4, short(item.name, NAME), { anchor: 'end' }));
      parts.push(bar(left, y + (ROW - BAR) / 2, x(item.value) - left, item.ours ? 'ours' : 'published'));
      if (!item.measured)
        parts.push(
          tag('rect', {
            x: left,
            y: y + (ROW - BAR) / 2,
            width: Math.max(1, x(item.value) - left),
            height: BAR,
            fill: 'url(#hatch)',
          }),
        );
      if (item.low !== undefined && item.high !== undefined)
        parts.push(whisker(x(item.low), x(item.high), middle));
      const words = `${amount(item.value, figure.scale)}${item.measured ? '' : ' (counted, not run)'}`;
      parts.push(label(Math.max(x(item.high ?? 0), x(item.value)) + 6, middle + 4, words));
      y += ROW;
    }
    y += 12;
  }
  return { width: WIDTH, height: y, body: parts.join('') };
}

function bar(x: number, y: number, width: number, look: string): string {
  return tag('rect', { x, y, width: Math.max(1, width), height: BAR, rx: 2, class: look });
}

function whisker(low: number, high: number, y: number): string {
  const d = `M${low.toFixed(1)} ${y}H${high.toFixed(1)}M${low.toFixed(1)} ${y - 4}V${y + 4}M${high.toFixed(1)} ${y - 4}V${y + 4}`;
  return tag('path', { d, class: 'halo' }) + tag('path', { d, class: 'whisker' });
}

/** Lines that cover what was not run. */
function hatch(): string {
  const line = tag('path', { d: 'M-2 2L2 -2M0 8L8 0M6 10L10 6', class: 'hatching' });
  return tag(
    'defs',
    {},
    tag('pattern', { id: 'hatch', width: 8, height: 8, patternUnits: 'userSpaceOnUse' }, line),
  );
}

function axis(
  domain: readonly [number, number],
  x: (value: number) => number,
  top: number,
  bottom: number,
  scale: Bars['scale'],
): string[] {
  return ticksOf(domain).flatMap((tick) => [
    tag('line', { x1: x(tick), x2: x(tick), y1: top, y2: bottom, class: 'grid' }),
    label(x(tick), bottom + 15, scale === 'share' ? tick.toFixed(1) : amount(tick, scale), {
      anchor: 'middle',
      look: 'dim',
    }),
  ]);
}
