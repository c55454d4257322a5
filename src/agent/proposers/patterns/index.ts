import type { Proposer } from '../../../model/agent.ts';
import { createError } from './error.ts';
import { createLongDocument } from './longDocument.ts';
import { createRenamed } from './renamed.ts';
import { createRepeatedSearch } from './repeatedSearch.ts';
import { createWritingFromSource } from './writingFromSource.ts';

/** The five patterns, in order of preference where no judge ranks them: the most pressing need first. */
export function createPatterns(): readonly Proposer[] {
  return [
    createError(),
    createRepeatedSearch(),
    createRenamed(),
    createWritingFromSource(),
    createLongDocument(),
  ];
}
