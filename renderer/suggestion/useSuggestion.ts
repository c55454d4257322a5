import { useEffect, useState } from 'react';
import type { Decision } from '../../src/model/decision.ts';
import type { Answer } from '../../src/model/feedback.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { useAssistant, useView } from '../store.ts';

/** One suggestion with all that led to it. */
export interface Whole {
  readonly suggestion: Suggestion;
  readonly decision: Decision | null;
  readonly answer: Answer | undefined;
}

/** Reads a suggestion and follows its changes; `gone` when it is not there (any more). */
export function useSuggestion(id: string): Whole | 'loading' | 'gone' {
  const { bridge } = useAssistant();
  const live = useView((view) => view.suggestions?.find((each) => each.id === id));
  const streamed = useView((view) => view.answers[id]);
  const link = useView((view) => view.link);
  const [read, setRead] = useState<Whole | 'loading' | 'gone'>('loading');
  const state = live?.state;
  // A change of state brings a new decision or answer, so it is read again.
  useEffect(() => {
    if (link !== 'open') return;
    let here = true;
    void bridge.call('suggestions.get', { id }).then(
      (found) => here && setRead({ ...found, answer: found.answer ?? undefined }),
      () => here && setRead('gone'),
    );
    return () => {
      here = false;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [bridge, id, link, state]);
  if (typeof read === 'string') return read;
  return { ...read, suggestion: live ?? read.suggestion, answer: streamed ?? read.answer };
}
