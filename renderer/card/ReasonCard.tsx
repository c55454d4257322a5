import { useEffect } from 'react';
import type { RejectReason } from '../../src/model/feedback.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { chord } from '../keys.ts';
import { useActions } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Kbd } from '../ui/parts.tsx';
import { now } from '../clock.ts';

/** The reasons in the order of their keys, 1 to 4. */
export const REASONS: readonly RejectReason[] = ['not-needed', 'wrong', 'too-late', 'never-here'];

/** How long the question for a reason stays, ms. It is optional: no answer is a plain dismiss. */
const ASK_MS = 4000;
/** The dismiss must arrive before the card's own time runs out, or it would count as ignored. */
const MARGIN_MS = 400;

/** Asks, for a moment, why not; whatever happens then, the suggestion is dismissed. */
export function ReasonCard({
  suggestion,
  alone,
}: {
  readonly suggestion: Suggestion;
  /** In a window of its own, which has no keys. */
  readonly alone: boolean;
}) {
  const { reject } = useActions();
  useEffect(() => {
    const left = (suggestion.until ?? Infinity) - now() - MARGIN_MS;
    const ask = left > 0 ? Math.min(ASK_MS, left) : ASK_MS;
    const timer = setTimeout(() => reject(suggestion, 'card'), ask);
    const leave = () => reject(suggestion, 'card');
    addEventListener('pagehide', leave);
    return () => {
      clearTimeout(timer);
      removeEventListener('pagehide', leave);
    };
  }, [suggestion, reject]);
  return (
    <>
      <p className="mb-2 truncate text-[12px] text-faint">{suggestion.proposal.task}</p>
      <div className="mb-2 flex items-center justify-between">
        <p className="text-[15px] font-semibold">{strings.card.why}</p>
        <Button look="ghost" small className="-mr-1.5" onClick={() => reject(suggestion, 'card')}>
          {strings.card.skip} {!alone && <Kbd>{chord('esc')}</Kbd>}
        </Button>
      </div>
      <div className="grid gap-1.5">
        {REASONS.map((reason, at) => (
          <Button
            key={reason}
            className="justify-between!"
            onClick={() => reject(suggestion, 'card', reason)}
          >
            {strings.card.reasons[reason]} {!alone && <Kbd>{at + 1}</Kbd>}
          </Button>
        ))}
      </div>
    </>
  );
}
