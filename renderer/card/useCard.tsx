import { useEffect, type ReactNode } from 'react';
import { onControl, printed, typing, withMod } from '../keys.ts';
import { useAssistant, useView } from '../store.ts';
import { Questions } from '../study/Questions.tsx';
import { strings } from '../strings.ts';
import { isReminder, offered, type Screen } from '../view.ts';
import { AnswerCard } from './AnswerCard.tsx';
import { EditCard } from './EditCard.tsx';
import { wordsOf } from './editing.ts';
import { acceptKeys } from './acceptKeys.ts';
import { OfferCard } from './OfferCard.tsx';
import { REASONS, ReasonCard } from './ReasonCard.tsx';
import { usePainted } from './usePainted.ts';
import { useStay, type Hold } from './useStay.ts';

/** What the card shows, how it is announced, and the handlers by which it knows that it is read. */
export interface CardParts {
  readonly content: ReactNode;
  readonly announced: string;
  readonly hold: Hold;
}

/**
 * The card's content and keys. `alone` is the card in a window of its own, which never has the focus: there its keys work
 * only while it is typed in, and whatever was accepted anywhere opens in it.
 */
export function useCard({ alone }: { readonly alone: boolean }): CardParts {
  const { view, actions, bridge } = useAssistant();
  const refusing = useView((state) => state.refusing);
  const answering = useView((state) => state.answering);
  const editing = useView((state) => state.editing);
  const offer = useView(offered);
  const screen = useView((state) => state.screen);
  const asks = useView((state) => state.state?.study?.asks ?? null);
  const { held, hold } = useStay(offer, editing !== null);
  usePainted(offer?.id ?? null, alone);
  const anywhere = useView((state) => acceptKeys(state.state));
  const how = alone
    ? anywhere
      ? strings.card.pressAnywhere(printed(anywhere))
      : ''
    : strings.card.pressHere;
  const announced = offer
    ? strings.card.announce(offer.proposal.task, offer.proposal.why, how).trimEnd()
    : '';

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
        else if (event.key === 's') does(() => actions.snooze(current, 'card'));
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

  // Accepted by a key, or in a notification: the answer opens here all the same.
  useEffect(
    () =>
      bridge.on('suggestion', (changed) => {
        const { answering, state } = view.getState();
        const via = changed.history.at(-1)?.note;
        const elsewhere = via === 'hotkey' || via === 'notification' || (alone && via === 'card');
        if (changed.state !== 'accepted' || !elsewhere || isReminder(changed)) return;
        if (answering?.id === changed.id) return;
        // What is read now is not taken away by a suggestion that this window never offered.
        if (alone || state?.current?.id === changed.id || !answering) view.setState({ answering: changed });
      }),
    [bridge, view, alone],
  );

  const content = editing ? (
    <EditCard key={editing.id} suggestion={editing} />
  ) : refusing ? (
    <ReasonCard key={refusing.id} suggestion={refusing} alone={alone} />
  ) : answering ? (
    <AnswerCard suggestion={answering} alone={alone} />
  ) : offer ? (
    <OfferCard key={offer.id} suggestion={offer} held={held} alone={alone} />
  ) : asks && !here(screen, asks.suggestion) ? (
    <Questions key={asks.feedback} asks={asks} keys={!alone} />
  ) : null;

  return { content, announced, hold };
}

/** The suggestion's own page asks by itself. */
function here(screen: Screen, suggestion: string): boolean {
  return screen.name === 'suggestion' && screen.id === suggestion;
}
