import { useId } from 'react';

/** How a series is told apart without its colour: solid, hatched, dotted, or an outline. */
export type Look = 'solid' | 'hatch' | 'dots' | 'outline';

/** Colours by look; with forced colours the system's own. */
const COLOUR: Readonly<Record<Look, string>> = {
  solid: 'var(--accent)',
  hatch: 'var(--dim)',
  dots: 'var(--dim)',
  outline: 'var(--ink)',
};

/** Fills for one picture; ids are the page's, so each picture has its own. */
export interface Fills {
  readonly defs: React.ReactElement;
  readonly of: (look: Look) => {
    readonly fill: string;
    readonly stroke: string;
    readonly strokeWidth: number;
  };
}

/** Patterns as SVG definitions, and how to use them. */
export function useFills(): Fills {
  const id = useId().replace(/[^\w-]/g, '');
  const name = (look: Look) => `${id}-${look}`;
  return {
    defs: (
      <defs>
        <pattern
          id={name('hatch')}
          width="5"
          height="5"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="5" height="5" fill="var(--surface)" />
          <rect width="2" height="5" fill={COLOUR.hatch} />
        </pattern>
        <pattern id={name('dots')} width="5" height="5" patternUnits="userSpaceOnUse">
          <rect width="5" height="5" fill="var(--surface)" />
          <circle cx="2.5" cy="2.5" r="1" fill={COLOUR.dots} />
        </pattern>
      </defs>
    ),
    of: (look) => ({
      fill: look === 'solid' ? COLOUR.solid : look === 'outline' ? 'var(--surface)' : `url(#${name(look)})`,
      stroke: COLOUR[look],
      strokeWidth: 1,
    }),
  };
}

/** A small square in a series' look, for legends and tips. */
export function Swatch({ look }: { readonly look: Look }) {
  const { defs, of } = useFills();
  return (
    <svg aria-hidden="true" width="12" height="12" className="shrink-0">
      {defs}
      <rect x="0.5" y="0.5" width="11" height="11" rx="2" {...of(look)} />
    </svg>
  );
}

/** Names of the series with their looks. */
export function Legend({
  series,
}: {
  readonly series: readonly { readonly name: string; readonly look: Look }[];
}) {
  return (
    <ul className="mt-1.5 flex flex-wrap gap-x-4 gap-y-1 text-[12px] text-dim">
      {series.map(({ name, look }) => (
        <li key={name} className="inline-flex items-center gap-1.5">
          <Swatch look={look} />
          {name}
        </li>
      ))}
    </ul>
  );
}

/** What every axis of these pictures looks like. */
export const AXIS = {
  stroke: 'var(--edge)',
  tick: { fill: 'var(--dim)', fontSize: 11 },
  tickLine: false,
  axisLine: false,
} as const;
