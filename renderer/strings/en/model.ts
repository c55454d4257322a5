import { number } from './count.ts';

/** English texts about what a model may do: propose by itself, and write what was asked for. */
export const model = {
  larger: 'Choose a larger model',
  tooSmall: 'too small to write answers',
  measure: 'Measure now',
  measureHint: 'Takes some minutes of full work; cards wait meanwhile.',
  measuring: (done: number, total: number) => `Measuring: ${number(done)} of ${number(total)} moments`,
  measured: (what: string) => `Measured. ${what}`,
  failed: (why: string) => `The measurement failed: ${why}`,
} as const;
