import type { Suggestion } from '../model/suggestion.ts';

/** Longest query of a search, in characters. */
const QUERY = 300;

/**
 * The suggestion as the person worded it before accepting: task, and the words of an operation that is nothing but words.
 * The kind stays, and so does everything that names a file, a time or a tool: those were previewed as they are.
 */
export function inOwnWords(suggestion: Suggestion): Suggestion {
  const { edited, proposal } = suggestion;
  if (edited === undefined) return suggestion;
  const { operation } = proposal;
  switch (operation?.kind) {
    case 'search':
      return {
        ...suggestion,
        proposal: { ...proposal, task: edited, operation: { ...operation, query: edited.slice(0, QUERY) } },
      };
    case 'chat':
      return {
        ...suggestion,
        proposal: { ...proposal, task: edited, operation: { ...operation, instruction: edited } },
      };
    default:
      return { ...suggestion, proposal: { ...proposal, task: edited } };
  }
}
