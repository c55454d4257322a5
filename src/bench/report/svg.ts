import { html } from './words.ts';

/** A drawing in units of CSS pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  /** Elements, already escaped. */
  readonly body: string;
}

/** Attributes of an element; undefined ones are left out. */
type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element. `inside` is markup that was escaped already. */
export function tag(name: string, attributes: Attributes, inside = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : html(value!)}"`)
    .join('');
  return inside === '' ? `<${name}${written}/>` : `<${name}${written}>${inside}</${name}>`;
}

/** Text at a place; `anchor` is start, middle or end. */
export function label(
  x: number,
  y: number,
  text: string,
  options: { readonly anchor?: 'start' | 'middle' | 'end'; readonly look?: string } = {},
): string {
  return tag(
    'text',
    { x, y, 'text-anchor': options.anchor === 'start' ? undefined : options.anchor, class: options.look },
    html(text),
  );
}

/** Width of a text in the drawing's letters, about, on the safe side. */
export function widthOf(text: string): number {
  return text.length * 6.4;
}

/** Shortens a name that would leave the drawing. */
export function short(name: string, most = 30): string {
  return name.length > most ? `${name.slice(0, most - 1)}…` : name;
}

/** A map from values to places along an axis. */
export function scaleOf(domain: readonly [number, number], range: readonly [number, number]) {
  const [from, to] = domain;
  const span = to - from || 1;
  return (value: number): number =>
    range[0] + ((Math.min(Math.max(value, from), to) - from) / span) * (range[1] - range[0]);
}

/** Round values within a domain, about `count` of them: steps of 1, 2 or 5. */
export function ticksOf([from, to]: readonly [number, number], count = 5): readonly number[] {
  const raw = (to - from) / count;
  if (!(raw > 0) || !Number.isFinite(raw)) return [from];
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5].find((each) => each * power >= raw * 0.999) ?? 10);
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, at) => Number(((first + at) * step).toPrecision(12)));
}

function round(value: number): number {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : 0;
}
