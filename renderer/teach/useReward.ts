import { useEffect, useState } from 'react';
import type { RewardCard } from '../../src/model/learned.ts';
import { useActions, useAssistant } from '../store.ts';

/** The reward model's card and what can be done with it. */
export interface Reward {
  readonly card: RewardCard | 'failed' | null;
  readonly busy: boolean;
  train(): void;
  use(id: string): void;
}

/** Reads the card; a failure of an action becomes the notice and leaves the card as it was. */
export function useReward(): Reward {
  const { bridge } = useAssistant();
  const { fail } = useActions();
  const [card, setCard] = useState<Reward['card']>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void bridge.call('reward.card', {}).then(setCard, () => setCard('failed'));
  }, [bridge]);
  const during = (work: Promise<RewardCard>) => {
    setBusy(true);
    void work.then(setCard, fail).finally(() => setBusy(false));
  };
  return {
    card,
    busy,
    train: () => during(bridge.call('reward.train', {})),
    use: (id) => during(bridge.call('reward.use', { id })),
  };
}
