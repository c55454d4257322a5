import type { Proposal } from '../../src/model/proposal.ts';

/** The words that accepting runs on and that a person may change first; null where they are files, a time or a tool. */
export function wordsOf({ operation, task }: Proposal): string | null {
  if (operation?.kind === 'search') return operation.query;
  return operation?.kind === 'chat' ? task : null;
}
