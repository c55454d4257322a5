import type { Pinned } from '../../src/study/pinned.ts';

/** Digests of a machine of the test's own. */
export const pinned: Pinned = {
  model: { alias: 'none', sha256: null },
  gate: { version: 'gate-1', sha256: 'a'.repeat(64) },
  prompts: {
    decide: { version: 'decide-1', sha256: 'b'.repeat(64) },
    answer: { version: 'answer-1', sha256: 'c'.repeat(64) },
  },
};
