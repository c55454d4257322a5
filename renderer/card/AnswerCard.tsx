import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { chord } from '../keys.ts';
import { useActions, useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { Kbd } from '../ui/parts.tsx';
import { Prose } from '../ui/Prose.tsx';
import { offered } from '../view.ts';
import { AnswerButtons, AnswerText } from './Answer.tsx';
import { Preview } from './Preview.tsx';

/** Silence of an answer after which the core is asked whether it is still written, ms. */
const SILENT_MS = 4000;

/** Pixels from the end within which one still reads along. */
const NEAR = 24;

/** How long what is over at once stays, ms. */
const DONE_MS = 4000;

/** What became of an accepted suggestion: the answer as it is written, what was done, or one line. */
export function AnswerCard({
  suggestion,
  alone = false,
}: {
  readonly suggestion: Suggestion;
  /** In a window of its own, whose height follows the text: the window's height is no measure there. */
  readonly alone?: boolean;
}) {
  const { closeCard } = useActions();
  const { bridge, view } = useAssistant();
  const link = useView((state) => state.link);
  const text = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const stood = useRef(0);
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
  const length = answer?.text.length ?? 0;
  // The end of what is written stays in sight, unless someone has scrolled up to read.
  useLayoutEffect(() => {
    const box = text.current;
    if (length === 0 || !box) return;
    // Its event comes a frame later than a scroll; what is written meanwhile must not undo it.
    if (box.scrollTop < stood.current - NEAR) follows.current = false;
    if (!follows.current) return;
    box.scrollTop = box.scrollHeight;
    stood.current = box.scrollTop;
  }, [length]);
  // A core that ended in mid-sentence tells so when it is asked again.
  const writing = !done && kind !== undefined && (answer === undefined || answer.state === 'writing');
  useEffect(() => {
    if (!writing || link !== 'open' || length < 0) return undefined;
    const ask = async () => {
      const found = await bridge.call('suggestions.get', { id: suggestion.id });
      if (!found.answer) return;
      const { answer: now } = found;
      view.setState(({ answers }) => ({ answers: { ...answers, [suggestion.id]: now } }));
    };
    const timer = setTimeout(() => void ask().catch(() => {}), SILENT_MS);
    return () => clearTimeout(timer);
  }, [bridge, view, suggestion.id, writing, length, link]);
  return (
    <>
      <p dir="auto" className="mb-2 text-[15px] leading-[21px] font-semibold break-words">
        {suggestion.edited ?? suggestion.proposal.task}
      </p>
      <div
        ref={text}
        className={alone ? 'max-h-[420px] overflow-y-auto' : 'max-h-[46dvh] overflow-y-auto'}
        onScroll={({ currentTarget: at }) => {
          stood.current = at.scrollTop;
          follows.current = at.scrollHeight - at.scrollTop - at.clientHeight < NEAR;
        }}
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
          <AnswerButtons suggestion={suggestion} answer={answer} keys={!alone} />
        )}
        <Button look="ghost" className="ml-auto px-1.5!" onClick={closeCard}>
          {strings.card.close} {!alone && <Kbd>{chord('esc')}</Kbd>}
        </Button>
      </div>
    </>
  );
}
