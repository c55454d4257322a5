import { operationText } from '../../src/model/operationText.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { useView } from '../store.ts';
import { strings } from '../strings.ts';
import { writes } from '../view.ts';

/** What accepting will do: the search word for word, the instruction to the model, or what is gathered without one. */
export function Preview({ suggestion: { proposal } }: { readonly suggestion: Suggestion }) {
  const model = useView(writes);
  const { operation, proposer } = proposal;
  if (!operation) return null;
  const [lead, argument] =
    operation.kind === 'chat' && !model
      ? strings.card.gather(proposer)
      : strings.card[operation.kind](operationText(operation));
  return (
    <div className="max-h-28 overflow-y-auto rounded-lg bg-bg px-2.5 py-2 font-mono text-[12px] leading-[18px] break-words whitespace-pre-wrap text-dim">
      {lead}
      <span className="text-good">{argument}</span>
    </div>
  );
}
