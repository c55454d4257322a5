/** What people took where a pattern speaks. */
interface Acceptance {
  /** Judged tasks of the pattern's kind in the windows where it speaks, and how many of them were accepted. */
  readonly n: number;
  readonly accepted: number;
  /** Traces and windows on which it speaks. */
  readonly traces: number;
  readonly windows: number;
}

/**
 * Measured on ProactiveBench's eleven traces by `test/bench/patternsFire.ts`, by the name of the proposer: a record of why each was
 * kept. The score's priors are fitted by src/bench/reward/patternPriors.ts. Removed by it: code to put in after a search (2 of
 * 12), the answer of a thread that is being read (1 of 6), key points for a text that is written on (2 of 5).
 */
export const ACCEPTANCE: Readonly<Record<string, Acceptance>> = {
  'pattern:error': { n: 15, accepted: 12, traces: 2, windows: 7 },
  'pattern:repeated-search': { n: 8, accepted: 4, traces: 2, windows: 6 },
  'pattern:subject-searches': { n: 12, accepted: 8, traces: 2, windows: 9 },
  'pattern:example-for-work': { n: 26, accepted: 16, traces: 6, windows: 25 },
  'pattern:tutorial-steps': { n: 8, accepted: 5, traces: 2, windows: 4 },
  'pattern:manual-example': { n: 4, accepted: 2, traces: 1, windows: 2 },
  'pattern:article-from-search': { n: 2, accepted: 2, traces: 2, windows: 4 },
  'pattern:back-to-results': { n: 1, accepted: 1, traces: 1, windows: 2 },
};
