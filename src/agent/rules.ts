/** What the rules need to know of the world, given anew for each turn. Times are epoch milliseconds. */
export interface RuleState {
  readonly paused: boolean;
  readonly afk: boolean;
  /** Beforehand itself is in front. */
  readonly ownWindow: boolean;
  /** When a suggestion was last shown; null: never. */
  readonly lastShownAt: number | null;
  readonly cooldownMs: number;
  /** Suggestions shown since local midnight. */
  readonly shownToday: number;
  readonly dailyCap: number;
}

/** The state with what this turn sees. */
export interface RuleContext extends RuleState {
  readonly now: number;
  /** Observations in the window. */
  readonly observations: number;
  /** Fewer than this say nothing. */
  readonly leastObservations: number;
  /** Marks of what this turn and the last one saw; equal marks mean nothing is new. */
  readonly seen: string;
  readonly lastSeen: string | null;
}

/** The first rule that stops a turn, in words; null lets it go on. Pure. */
export function rule(context: RuleContext): string | null {
  if (context.paused) return 'capture is paused';
  if (context.afk) return 'nobody is at the computer';
  if (context.observations < context.leastObservations) {
    return `only ${context.observations} of ${context.leastObservations} observations that a turn needs`;
  }
  if (context.seen === context.lastSeen) return 'nothing new since the last turn';
  if (context.ownWindow) return 'Beforehand itself is in front';
  if (context.shownToday >= context.dailyCap) {
    return `${context.shownToday} suggestions today, the daily cap is ${context.dailyCap}`;
  }
  if (context.lastShownAt !== null) {
    const since = context.now - context.lastShownAt;
    // A clock that went back must not silence the agent until it catches up.
    if (since >= 0 && since < context.cooldownMs) {
      return `cool-down: ${Math.ceil((context.cooldownMs - since) / 1000)} s left after the last suggestion`;
    }
  }
  return null;
}
