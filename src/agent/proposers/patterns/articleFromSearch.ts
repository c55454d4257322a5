import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { pageFromSearch, sortOf } from './pageInFront.ts';
import { createPattern, span } from './pattern.ts';

/** Shorter is a glance; longer is what a long document is for. */
const LEAST_MS = 120_000;
const MOST_MS = 480_000;
const LIFETIME_MS = 300_000;

/** An article that a search led to is being read. */
export function createArticleFromSearch(): Proposer {
  return createPattern('article-from-search', (evidence) => {
    const found = pageFromSearch(evidence);
    if (!found || sortOf(found.page.page) !== 'article') return null;
    if (found.ms > MOST_MS || (found.ms < LEAST_MS && found.page.steps < 3)) return null;
    const { page } = found.page;
    return {
      purpose: `Learn about “${found.query}”`,
      task: `Summarise “${page}” by what it says on “${found.query}”`,
      message: `Shall I summarise what “${page}” says on “${found.query}”?`,
      why: `You opened this article from your search and have read it for ${span(found.ms)}`,
      operation: {
        kind: 'chat',
        instruction: `Summarise in five points what an article called “${page}” tells on “${found.query}”. Use what was seen of it; say so where only the title is known.`,
      },
      topic: topicOf(page),
      lifetime: LIFETIME_MS,
    };
  });
}
