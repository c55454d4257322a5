import { useEffect } from 'react';
import { onControl, typing, withMod } from '../keys.ts';
import { useAssistant, useView } from '../store.ts';
import { Questions } from '../study/Questions.tsx';
import { strings } from '../strings.ts';
import { offered, type Screen } from '../view.ts';
import { AnswerCard } from './AnswerCard.tsx';
import { EditCard } from './EditCard.tsx';
import { wordsOf } from './editing.ts';
import { OfferCard } from './OfferCard.tsx';
import { REASONS, ReasonCard } from './ReasonCard.tsx';

/**
 * The product's one moment: bottom right, over everything, never with the focus. Its keys work anywhere but in a
 * text field, a dialog or (Enter) on another control.
 */
export function Card() {
  const { view, actions } = useAssistant();
  const refusing = useView((state) => state.refusing);
  const answering = useView((state) => state.answering);
  const editing = useView((state) => state.editing);
  const offer = useView(offered);
  const screen = useView((state) => state.screen);
  const asks = useView((state) => state.state?.study?.asks ?? null);
  const announced = offer ? strings.card.announce(offer.proposal.task, offer.proposal.why) : '';

  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (event.defaultPrevented || typing(event.target)) return;
      const state = view.getState();
      if (withMod(event) && !event.shiftKey && event.key === 'z' && state.answering) {
        if (!state.answers[state.answering.id]?.undoable) return;
        event.preventDefault();
        actions.undo(state.answering.id);
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const current = offered(state);
      const inside = event.target instanceof Element && event.target.closest('[data-card]') !== null;
      const does = (act: () => void) => {
        event.preventDefault();
        act();
      };
      if (state.editing) {
        if (event.key === 'Escape') does(() => actions.edit(null));
      } else if (state.refusing) {
        const suggestion = state.refusing;
        const reason = REASONS[Number(event.key) - 1];
        if (reason) does(() => actions.reject(suggestion, 'card', reason));
        else if (event.key === 'Escape') does(() => actions.reject(suggestion, 'card'));
      } else if (state.answering) {
        if (event.key === 'Escape') does(actions.closeCard);
      } else if (current) {
        if (event.key === 'Escape') does(() => actions.refuse(current));
        else if (event.key === 'e' && wordsOf(current.proposal) !== null) does(() => actions.edit(current));
        else if (event.key === 'Enter' && !inside && !onControl(event.target)) {
          does(() => actions.accept(current, 'card'));
        }
      } else if (state.state?.study?.asks && event.key === 'Escape') {
        const { asks } = state.state.study;
        does(() => actions.replyStudy(asks, []));
      }
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [view, actions]);

  const content = editing ? (
    <EditCard key={editing.id} suggestion={editing} />
  ) : refusing ? (
    <ReasonCard key={refusing.id} suggestion={refusing} />
  ) : answering ? (
    <AnswerCard suggestion={answering} />
  ) : offer ? (
    <OfferCard key={offer.id} suggestion={offer} />
  ) : asks && !here(screen, asks.suggestion) ? (
    <Questions key={asks.feedback} asks={asks} keys />
  ) : null;

  return (
    <>
      <div aria-live="polite" className="sr-only">
        {announced}
      </div>
      {content && (
        <aside
          data-card
          aria-label={strings.card.label}
          className="fixed right-2 bottom-2 left-2 z-20 max-h-[calc(100dvh-16px)] overflow-y-auto rounded-[14px] border border-line bg-raised px-4 pt-3.5 pb-3 shadow-card motion-safe:animate-rise sm:right-6 sm:bottom-6 sm:left-auto sm:w-[360px]"
        >
          {content}
        </aside>
      )}
    </>
  );
}

/** The suggestion's own page asks by itself. */
function here(screen: Screen, suggestion: string): boolean {
  return screen.name === 'suggestion' && screen.id === suggestion;
}
