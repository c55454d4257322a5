import { useEffect, useState } from 'react';
import type { Bridge } from '../bridge.ts';
import { useAssistant, useView } from '../store.ts';

/** What was asked for: on its way, failed, or there. An earlier answer stays while a newer one is on its way. */
export interface Asked<T> {
  readonly found: T | null;
  readonly failed: boolean;
  readonly waiting: boolean;
  readonly again: () => void;
}

/** Asks when it is first drawn, when `key` changes, and when something was forgotten. */
export function useAsked<T>(key: string, ask: (bridge: Bridge) => Promise<T>): Asked<T> {
  const { bridge } = useAssistant();
  const revision = useView((view) => view.revision);
  const [tries, setTries] = useState(0);
  const [got, setGot] = useState<{ readonly key: string; readonly found: T | null } | null>(null);
  const mine = `${key} ${revision} ${tries}`;
  useEffect(() => {
    let here = true;
    ask(bridge).then(
      (found) => here && setGot({ key: mine, found }),
      () => here && setGot({ key: mine, found: null }),
    );
    return () => {
      here = false;
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `ask` is named by `key`
  }, [bridge, mine]);
  return {
    found: got?.found ?? null,
    failed: got?.key === mine && got.found === null,
    waiting: got?.key !== mine,
    again: () => setTries(tries + 1),
  };
}
