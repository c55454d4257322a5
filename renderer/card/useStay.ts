import { useEffect, useState, type FocusEvent } from 'react';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { now } from '../clock.ts';
import { useAssistant } from '../store.ts';

/** How often the core hears that the card is still read, ms. */
const EVERY = 1500;
/** What a card that was read to its last moment has left, ms. */
const LEAST = 5000;

/** Handlers for the card's element. */
export interface Hold {
  onPointerEnter(): void;
  onPointerLeave(): void;
  onFocus(): void;
  onBlur(event: FocusEvent): void;
}

/**
 * While the pointer or the focus is in the card, or it is reworded, its time stands still: the core is told so again and
 * again, and a window that dies holds nothing.
 */
export function useStay(
  offer: Suggestion | null,
  busy: boolean,
): { readonly held: boolean; readonly hold: Hold } {
  const { bridge } = useAssistant();
  const [over, setOver] = useState(false);
  const [within, setWithin] = useState(false);
  const held = offer !== null && (over || within || busy);
  const there = offer !== null;
  useEffect(() => {
    // An element that goes away under the pointer tells nothing.
    if (there) return;
    setOver(false);
    setWithin(false);
  }, [there]);
  const id = held ? offer.id : null;
  const until = offer?.until;
  useEffect(() => {
    if (id === null || until === undefined) return undefined;
    const left = Math.min(600_000, Math.max(LEAST, Math.round(until - now())));
    const tell = () => void bridge.call('card.stay', { suggestion: id, left }).catch(() => {});
    tell();
    const timer = setInterval(tell, EVERY);
    return () => clearInterval(timer);
    // `until` moves with every word of it: what was left when it began counts.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [bridge, id]);
  return {
    held,
    hold: {
      onPointerEnter: () => setOver(true),
      onPointerLeave: () => setOver(false),
      onFocus: () => setWithin(true),
      onBlur: (event) => setWithin(event.currentTarget.contains(event.relatedTarget)),
    },
  };
}
