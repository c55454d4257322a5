import { useEffect } from 'react';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { chord } from '../keys.ts';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Kbd } from '../ui/parts.tsx';
import { Prose } from '../ui/Prose.tsx';
import { offered } from '../view.ts';
import { AnswerButtons, AnswerText } from './Answer.tsx';
import { Preview } from './Preview.tsx';

/** How long what is over at once stays, ms. */
const DONE_MS = 4000;

/** What became of an accepted suggestion: the answer as it is written, what was done, or one line. */
export function AnswerCard({ suggestion }: { readonly suggestion: Suggestion }) {
  const { closeCard } = useActions();
  const answer = useView((view) => view.answers[suggestion.id]);
  const next = useView(offered);
  const kind = suggestion.proposal.operation?.kind;
  /** It shows elsewhere, and is told here only where it failed. */
  const elsewhere = kind === 'search' || kind === 'open';
  const done = elsewhere && answer === undefined;
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(closeCard, DONE_MS);
    return () => clearTimeout(timer);
  }, [done, closeCard]);
  return (
    <>
      <p className="mb-2 text-[15px] leading-[21px] font-semibold break-words">
        {suggestion.edited ?? suggestion.proposal.task}
      </p>
      <div
        className="max-h-[46dvh] overflow-y-auto"
        tabIndex={0}
        role="group"
        aria-label={strings.card.answer}
      >
        {kind === 'rename' && (
          <div className="mb-2">
            <Preview suggestion={suggestion} />
          </div>
        )}
        {kind === undefined && <Prose text={suggestion.proposal.message} />}
        {done && (
          <p className="text-dim">{kind === 'search' ? strings.card.searched : strings.doing.opened}</p>
        )}
        {kind !== undefined && !done && <AnswerText kind={kind} answer={answer} />}
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
      <div className="mt-3 flex flex-wrap items-center gap-2">
        {kind === undefined ? (
          <CopyButton text={suggestion.proposal.message} />
        ) : (
          <AnswerButtons suggestion={suggestion} answer={answer} keys />
        )}
        <Button look="ghost" className="-mr-1.5 ml-auto" onClick={closeCard}>
          {strings.card.close} <Kbd>{chord('esc')}</Kbd>
        </Button>
      </div>
    </>
  );
}
