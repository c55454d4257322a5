/**
 * What holds every card back while it lasts. `battery` holds no card: the model rests, and patterns alone propose.
 */
export type HoldKind = 'fullScreen' | 'meetings' | 'sharing' | 'battery';

/** One hold that lasts now. `why` are fixed words: no title, no page, no name of a person. */
export interface Hold {
  readonly kind: HoldKind;
  readonly why: string;
  /** The program of a meeting. */
  readonly app?: string;
}

/** What lasts now, strongest first; asked at each boundary, so it answers at once and never throws. */
export type Holds = () => readonly Hold[];

/** The first hold that keeps cards back, or null; the one for the battery keeps none. */
export function holding(holds: readonly Hold[]): Hold | null {
  return holds.find((each) => each.kind !== 'battery') ?? null;
}

/** Whether the model rests. */
export function resting(holds: readonly Hold[]): Hold | null {
  return holds.find((each) => each.kind === 'battery') ?? null;
}
