import { Square, Undo2 } from 'lucide-react';
import type { Answer } from '../../src/model/feedback.ts';
import type { Operation } from '../../src/model/proposal.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { chord } from '../keys.ts';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Kbd, Note } from '../ui/parts.tsx';
import { Prose } from '../ui/Prose.tsx';

/** Operations whose answer is a text of its own; the others only say what was done. */
const WRITES: ReadonlySet<string> = new Set(['chat', 'read', 'mcp'] satisfies Operation['kind'][]);

/** Whether what an operation comes to is a text, to be read and copied; so is what comes without one. */
export function isText(kind: Operation['kind'] | undefined): boolean {
  return kind === undefined || WRITES.has(kind);
}

interface Shown {
  readonly answer: Answer | undefined;
}

/** The text so far, with how it ended. */
export function AnswerText({ kind, answer }: Shown & { readonly kind: Operation['kind'] | undefined }) {
  const writing = answer === undefined || answer.state === 'writing';
  const text = isText(kind);
  return (
    <div className="space-y-2" role={text ? undefined : 'status'}>
      {!answer?.text && writing && (
        <p className="text-dim">{text ? strings.card.writing : strings.doing.working}</p>
      )}
      {answer?.text && <Prose text={answer.text} writing={writing && text} />}
      {text && answer?.state === 'stopped' && <p className="text-small text-dim">{strings.card.stopped}</p>}
      {answer?.state === 'failed' && <Note tone="bad">{answer.note ?? strings.card.failed}</Note>}
      {answer?.note && answer.state !== 'failed' && <p className="text-small text-dim">{answer.note}</p>}
    </div>
  );
}

/** Copy a text, Stop what goes on, Undo what can be taken back. `keys` where the card's own keys do the same. */
export function AnswerButtons({
  suggestion,
  answer,
  keys = false,
}: Shown & { readonly suggestion: Suggestion; readonly keys?: boolean }) {
  const { stopAnswer, undo, closeCard, go } = useActions();
  const chooseLarger = () => {
    closeCard();
    go({ name: 'models' });
  };
  const undoing = useView((view) => view.undoing === suggestion.id);
  const kind = suggestion.proposal.operation?.kind;
  const text = isText(kind);
  const writing = text || kind === 'rename' ? answer === undefined || answer.state === 'writing' : false;
  return (
    <>
      {text && <CopyButton text={answer?.text ?? ''} />}
      {writing && (
        <Button onClick={() => stopAnswer(suggestion.id)}>
          <Square aria-hidden="true" className="size-3" fill="currentColor" />
          {strings.card.stop}
        </Button>
      )}
      {!writing && answer?.larger && <Button onClick={chooseLarger}>{strings.model.larger}</Button>}
      {answer?.undoable && (
        <Button disabled={undoing} onClick={() => undo(suggestion.id)}>
          <Undo2 aria-hidden="true" className="size-3.5" />
          {undoing ? strings.doing.undoing : strings.doing.undo}
          {keys && !undoing && <Kbd>{chord('mod', 'Z')}</Kbd>}
        </Button>
      )}
    </>
  );
}
