import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { pageFromSearch, sortOf } from './pageInFront.ts';
import { createPattern, span } from './pattern.ts';

const LEAST_MS = 20_000;
const MOST_MS = 600_000;
const LIFETIME_MS = 600_000;

/** A tutorial was found and is begun: its steps as a list to tick off, with an example. */
export function createTutorialSteps(): Proposer {
  return createPattern('tutorial-steps', (evidence) => {
    const found = pageFromSearch(evidence);
    if (!found || sortOf(found.page.page) !== 'tutorial') return null;
    if (found.ms > MOST_MS || (found.ms < LEAST_MS && found.page.steps < 2)) return null;
    const { page } = found.page;
    return {
      purpose: `Follow “${page}”`,
      task: `List the steps of “${page}” to tick off, with an example`,
      message: `Shall I list the steps of “${page}” to tick off, with an example for “${found.query}”?`,
      why: `You searched for “${found.query}” and opened this tutorial ${span(found.ms)} ago`,
      operation: {
        kind: 'chat',
        instruction: `List the steps that a tutorial called “${page}” takes, at most eight, each one short line to tick off, and one short example for “${found.query}”. Say so where only the title is known.`,
      },
      topic: topicOf(page),
      lifetime: LIFETIME_MS,
    };
  });
}
