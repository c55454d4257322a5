/** What one simulated user adds to every offer, in log-odds. `day` counts from 0, `hour` is local. */
export interface SimulatedUser {
  readonly name: string;
  readonly words: string;
  taste(where: {
    readonly kind: string;
    readonly app: string;
    readonly day: number;
    readonly hour: number;
  }): number;
  /** Answers by a coin of their own, whatever is offered. */
  readonly noise?: true;
}

/**
 * Users of a known taste. Its size is that of real annotators: the share of tasks that one of them accepts runs from 0.04 to
 * 0.80 (JUDGEMENT.md), which is some two log-odds to either side of the usual 0.36. `changes` is the day on which one changes.
 */
export function simulatedUsers(changes: number): readonly SimulatedUser[] {
  return [
    { name: 'average', words: 'accepts as people at large do', taste: () => 0 },
    { name: 'eager', words: 'accepts far more often', taste: () => 1.5 },
    { name: 'strict', words: 'accepts far less often', taste: () => -1.5 },
    {
      name: 'app hater',
      words: 'glad of help, but not in the browser',
      taste: ({ app }) => (app === 'Chromium' ? -2.5 : 1),
    },
    {
      name: 'errors only',
      words: 'wants help with errors and little else',
      taste: ({ kind }) => (kind === 'pattern:error' ? 2 : -1.5),
    },
    {
      name: 'tired',
      words: 'glad of help until three in the afternoon, short-tempered after',
      taste: ({ hour }) => (hour < 15 ? 1 : -2),
    },
    {
      name: 'changes',
      words: `eager for ${changes} days, strict from then on`,
      taste: ({ day }) => (day < changes ? 1.5 : -1.5),
    },
    { name: 'noise', words: 'says yes to 4 in 10, whatever they are', taste: () => 0, noise: true },
  ];
}
