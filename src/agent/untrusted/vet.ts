import { operationText } from '../../model/operationText.ts';
import type { Proposal } from '../../model/proposal.ts';
import { hasAddress, ordersIn } from './orders.ts';

/** Texts that a person reads or that accepting uses. */
function textsOf({ task, message, why, purpose, operation }: Proposal): readonly string[] {
  return [task, message, why, purpose ?? '', operation ? operationText(operation) : ''];
}

/** Signs that also stand in honest offers: "shall I, your assistant, tell the user …". */
const HONEST = new Set(['spoken-to', 'tell-the-user', 'say-only']);

/**
 * Whether a suggestion may be made at all. A model's text with an address, with the marks of a conversation or with orders in
 * it came from what it read: dropped, whoever asked for it. A pattern words things itself; what it quotes is looked at.
 */
export function mayBeSaid(proposal: Proposal): boolean {
  if (proposal.proposer.startsWith('pattern:')) {
    return textsOf(proposal).every((text) =>
      [...text.matchAll(/“([^”]{6,400})”/g)].every(([, quoted = '']) => ordersIn(quoted) === null),
    );
  }
  return textsOf(proposal).every((text) => {
    const sign = ordersIn(text);
    return !hasAddress(text) && (sign === null || HONEST.has(sign));
  });
}
