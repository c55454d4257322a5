import type { Scatter } from './blocks.ts';
import { type Drawing, label, scaleOf, short, tag, ticksOf, widthOf } from './svg.ts';

const WIDTH = 760;
const HEIGHT = 520;
const LEFT = 56;
const RIGHT = 20;
const TOP = 34;
const BOTTOM = 52;
const SIZE = 5;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Marks in a plane of two fractions. The axes begin where the marks do, in tenths; F1 contours are the lines on which
 * 2PR / (P + R) is the same. Names stand where no other name or mark does, with a thin line where that is further off.
 */
export function drawScatter(whole: Scatter): Drawing {
  // What never speaks stands in a corner where it would push all others together: it is named instead.
  const outside = whole.points.filter((point) => point.x === 0 && point.y === 0);
  const figure =
    outside.length < whole.points.length && outside.length > 0
      ? { ...whole, points: whole.points.filter((point) => !outside.includes(point)) }
      : whole;
  const domainX = domainOf(figure.points.map((point) => point.x));
  const domainY = domainOf(figure.points.map((point) => point.y));
  const x = scaleOf(domainX, [LEFT, WIDTH - RIGHT]);
  const y = scaleOf(domainY, [HEIGHT - BOTTOM, TOP]);
  const parts: string[] = [];

  for (const tick of ticksOf(domainX)) {
    parts.push(tag('line', { x1: x(tick), x2: x(tick), y1: TOP, y2: HEIGHT - BOTTOM, class: 'grid' }));
    parts.push(label(x(tick), HEIGHT - BOTTOM + 17, tick.toFixed(1), { anchor: 'middle', look: 'dim' }));
  }
  for (const tick of ticksOf(domainY)) {
    parts.push(tag('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: y(tick), y2: y(tick), class: 'grid' }));
    parts.push(label(LEFT - 8, y(tick) + 4, tick.toFixed(1), { anchor: 'end', look: 'dim' }));
  }
  parts.push(
    label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, figure.x, { anchor: 'middle' }),
    tag(
      'text',
      { transform: `translate(14 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)`, 'text-anchor': 'middle' },
      figure.y,
    ),
  );

  const taken: Box[] = figure.points.map((point) => around(x(point.x), y(point.y)));
  if (figure.contours) {
    for (const f1 of [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) {
      const path: string[] = [];
      let end: readonly [number, number] | null = null;
      for (let step = 0; step <= 120; step += 1) {
        const recall = domainX[0] + ((domainX[1] - domainX[0]) * step) / 120;
        const precision = (f1 * recall) / (2 * recall - f1);
        if (2 * recall <= f1 || precision < domainY[0] || precision > domainY[1]) continue;
        path.push(`${path.length === 0 ? 'M' : 'L'}${x(recall).toFixed(1)} ${y(precision).toFixed(1)}`);
        end = [x(recall), y(precision)];
      }
      if (path.length < 2 || !end) continue;
      parts.push(tag('path', { d: path.join(''), class: 'contour' }));
      const text = `F1 ${f1.toFixed(1)}`;
      parts.push(label(end[0] - 4, end[1] - 5, text, { anchor: 'end', look: 'faint' }));
      taken.push({ x: end[0] - 4 - widthOf(text), y: end[1] - 16, width: widthOf(text), height: 14 });
    }
  }

  // Crowded marks choose first, since they have the least room.
  const near = (at: number) =>
    figure.points.filter(
      (other) => Math.hypot(x(other.x) - x(figure.points[at]!.x), y(other.y) - y(figure.points[at]!.y)) < 40,
    ).length;
  const order = [...figure.points.keys()].toSorted((a, b) => near(b) - near(a));
  const names: string[] = [];
  const leaders: string[] = [];
  for (const at of order) {
    const point = figure.points[at]!;
    const text = short(point.name, 26);
    const found = placeFor(x(point.x), y(point.y), widthOf(text), taken);
    taken.push(found.box);
    if (found.distance > 16) {
      const middle = found.box.x + found.box.width / 2;
      const edge =
        middle < x(point.x)
          ? Math.min(middle + found.box.width / 2, x(point.x))
          : Math.max(found.box.x, x(point.x));
      leaders.push(
        tag('line', { x1: x(point.x), y1: y(point.y), x2: edge, y2: found.box.y + 7, class: 'leader' }),
      );
    }
    names.push(label(found.box.x, found.box.y + 11, text, { look: 'name' }));
  }
  parts.push(...leaders);
  for (const point of figure.points) parts.push(mark(x(point.x), y(point.y), point.origin, point.name));
  parts.push(...names, legend(figure));
  if (figure !== whole) {
    const names = outside.map((point) => short(point.name)).join(', ');
    parts.push(
      label(WIDTH - RIGHT, 20, `outside the frame, at 0 and 0: ${short(names, 60)}`, {
        anchor: 'end',
        look: 'dim',
      }),
    );
  }
  return { width: WIDTH, height: HEIGHT, body: parts.join('') };
}

/** A circle is published, a diamond ours, a square a reference: told apart without colour. */
export function mark(
  x: number,
  y: number,
  origin: Scatter['points'][number]['origin'],
  name: string,
): string {
  const title = name === '' ? '' : tag('title', {}, label(0, 0, name).replace(/<[^>]*>/g, ''));
  if (origin === 'published') return tag('circle', { cx: x, cy: y, r: SIZE, class: 'published' }, title);
  if (origin === 'ours') {
    const d = `M${x} ${y - SIZE - 2}L${x + SIZE + 2} ${y}L${x} ${y + SIZE + 2}L${x - SIZE - 2} ${y}Z`;
    return tag('path', { d, class: 'ours' }, title);
  }
  return tag(
    'rect',
    { x: x - SIZE, y: y - SIZE, width: 2 * SIZE, height: 2 * SIZE, class: 'reference' },
    title,
  );
}

function legend(figure: Scatter): string {
  const origins = (['ours', 'published', 'reference'] as const).filter((origin) =>
    figure.points.some((point) => point.origin === origin),
  );
  let at = LEFT + 6;
  return origins
    .map((origin) => {
      const drawn = mark(at, 16, origin, '') + label(at + 12, 20, origin, { look: 'dim' });
      at += 12 + widthOf(origin) + 22;
      return drawn;
    })
    .join('');
}

/** From the tenth below the smallest to the tenth above the largest, three tenths at least, within 0 and 1. */
function domainOf(values: readonly number[]): readonly [number, number] {
  let low = Math.max(0, Math.floor(10 * Math.min(...values, 1) - 0.2) / 10);
  let high = Math.min(1, Math.ceil(10 * Math.max(...values, 0) + 0.2) / 10);
  while (high - low < 0.29) {
    if (low > 0) low = Math.max(0, Math.round(10 * low - 1) / 10);
    if (high < 1 && high - low < 0.29) high = Math.min(1, Math.round(10 * high + 1) / 10);
  }
  return [low, high];
}

function around(x: number, y: number): Box {
  return { x: x - SIZE - 1, y: y - SIZE - 1, width: 2 * SIZE + 2, height: 2 * SIZE + 2 };
}

/** The nearest free place for a name; the nearest of all where nothing is free. */
function placeFor(
  x: number,
  y: number,
  width: number,
  taken: readonly Box[],
): { readonly box: Box; readonly distance: number } {
  const height = 14;
  let best: { readonly box: Box; readonly distance: number; readonly cost: number } | null = null;
  for (let distance = 10; distance <= 170; distance += 8) {
    for (let turn = 0; turn < 16; turn += 1) {
      const angle = (turn * Math.PI) / 8;
      const px = x + Math.cos(angle) * distance;
      const py = y + Math.sin(angle) * distance;
      const side = Math.cos(angle);
      const left = side > 0.3 ? px : side < -0.3 ? px - width : px - width / 2;
      const box = { x: left, y: py - height / 2, width, height };
      if (box.x < LEFT + 2 || box.x + width > WIDTH - 2 || box.y < TOP || box.y + height > HEIGHT - BOTTOM)
        continue;
      const cost = taken.filter((other) => overlaps(box, other)).length;
      if (cost === 0) return { box, distance };
      if (!best || cost < best.cost) best = { box, distance, cost };
    }
  }
  return best ?? { box: { x: x + 10, y: y - 7, width, height }, distance: 10 };
}

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
