import type { Operation } from '../../src/model/proposal.ts';
import { strings } from '../strings.ts';

/** What accepting will do, word for word. */
export function Preview({ operation }: { readonly operation: Operation }) {
  const [lead, argument] =
    operation.kind === 'search'
      ? strings.card.search(operation.query)
      : strings.card.chat(operation.instruction);
  return (
    <div className="max-h-24 overflow-y-auto rounded-lg bg-bg px-2.5 py-2 font-mono text-[12px] leading-[18px] break-words whitespace-pre-wrap text-dim">
      {lead}
      <span className="text-good">{argument}</span>
    </div>
  );
}
