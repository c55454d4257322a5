import { Square } from 'lucide-react';
import { useEffect } from 'react';
import type { Answer } from '../../src/model/feedback.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { chord } from '../keys.ts';
import { useActions, useView } from '../store.ts';
import { idOf } from '../settings/sections.ts';
import { strings } from '../strings.ts';
import { model } from '../strings/model.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Kbd, Note } from '../ui/parts.tsx';
import { Prose } from '../ui/Prose.tsx';
import { offered } from '../view.ts';

/** How long "opened in your browser" stays, ms. */
const DONE_MS = 4000;

/** What became of an accepted suggestion: the answer as it is written, or one line. */
export function AnswerCard({ suggestion }: { readonly suggestion: Suggestion }) {
  const { closeCard } = useActions();
  const answer = useView((view) => view.answers[suggestion.id]);
  const next = useView(offered);
  const kind = suggestion.proposal.operation?.kind;
  useEffect(() => {
    if (kind !== 'search') return;
    const timer = setTimeout(closeCard, DONE_MS);
    return () => clearTimeout(timer);
  }, [kind, closeCard]);
  return (
    <>
      <p className="mb-2 text-[15px] leading-[21px] font-semibold break-words">{suggestion.proposal.task}</p>
      <div
        className="max-h-[46dvh] overflow-y-auto"
        tabIndex={0}
        role="group"
        aria-label={strings.card.answer}
      >
        {kind === 'search' && <p className="text-dim">{strings.card.searched}</p>}
        {kind === undefined && <Prose text={suggestion.proposal.message} />}
        {kind === 'chat' && <AnswerText answer={answer} />}
      </div>
      {next && next.id !== suggestion.id && (
        <button
          type="button"
          onClick={closeCard}
          className="mt-2.5 block w-full rounded-lg bg-accent-soft px-2.5 py-1.5 text-left text-small hover:underline"
        >
          <span className="font-medium">{strings.card.next}</span>{' '}
          <span className="break-words text-dim">{next.proposal.task}</span>
        </button>
      )}
      <div className="mt-3 flex items-center gap-2">
        {kind === 'chat' && <AnswerButtons id={suggestion.id} answer={answer} />}
        {kind === undefined && <CopyButton text={suggestion.proposal.message} />}
        <Button look="ghost" className="-mr-1.5 ml-auto" onClick={closeCard}>
          {strings.card.close} <Kbd>{chord('esc')}</Kbd>
        </Button>
      </div>
    </>
  );
}

/** The text so far, with how it ended. */
export function AnswerText({ answer }: { readonly answer: Answer | undefined }) {
  const writing = answer === undefined || answer.state === 'writing';
  return (
    <div className="space-y-2">
      {!answer?.text && writing && <p className="text-dim">{strings.card.writing}</p>}
      {answer?.text && <Prose text={answer.text} writing={writing} />}
      {answer?.state === 'stopped' && <p className="text-small text-dim">{strings.card.stopped}</p>}
      {answer?.state === 'failed' && <Note tone="bad">{answer.note ?? strings.card.failed}</Note>}
      {answer?.note && answer.state !== 'failed' && <p className="text-small text-dim">{answer.note}</p>}
    </div>
  );
}

/** Stop while it is written, then Copy, and the way to a larger model where that would write more. */
export function AnswerButtons({ id, answer }: { readonly id: string; readonly answer: Answer | undefined }) {
  const { stopAnswer, closeCard, go } = useActions();
  const chooseLarger = () => {
    closeCard();
    go({ name: 'settings' });
    // The page of settings stands once it was drawn.
    requestAnimationFrame(() => {
      const part = document.getElementById(idOf('model'));
      part?.scrollIntoView();
      part?.focus();
    });
  };
  const writing = answer === undefined || answer.state === 'writing';
  return (
    <>
      <CopyButton text={answer?.text ?? ''} />
      {writing && (
        <Button onClick={() => stopAnswer(id)}>
          <Square aria-hidden="true" className="size-3" fill="currentColor" />
          {strings.card.stop}
        </Button>
      )}
      {!writing && answer.larger && <Button onClick={chooseLarger}>{model.larger}</Button>}
    </>
  );
}
