import type { Assistant } from '../contract.ts';
import type { WindowPort } from '../model/ports.ts';
import type { Handlers } from '../rpc.ts';
import type { Lifecycle } from '../suggestions/lifecycle.ts';
import type { Offers } from './offers.ts';

/** The channels of the card. */
export type CardChannels = Pick<
  Handlers<Assistant>,
  'card.painted' | 'card.stay' | 'card.size' | 'card.typing' | 'card.copy' | 'window.show'
>;

/** What a card tells the core. Focus and clipboard are the desktop app's own matter: its main process answers them. */
export function createCards(parts: {
  readonly lifecycle: Pick<Lifecycle, 'stay'>;
  readonly offers: Pick<Offers, 'painted'>;
  readonly window: WindowPort | undefined;
  readonly onChange: () => void;
}): CardChannels {
  return {
    'card.painted'({ suggestion }) {
      parts.offers.painted(suggestion);
      return {};
    },
    async 'card.stay'({ suggestion, left }) {
      if (await parts.lifecycle.stay(suggestion, left)) parts.onChange();
      return {};
    },
    'card.size': () => ({}),
    'card.typing': () => ({}),
    'card.copy': () => ({ copied: false }),
    'window.show'({ place }) {
      parts.window?.show(place);
      return {};
    },
  };
}
