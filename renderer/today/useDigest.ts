import { useCallback, useEffect, useState } from 'react';
import type { DigestAnswer, DigestItem } from '../../src/model/digest.ts';
import { useActions, useAssistant, useView } from '../store.ts';

/** The digest as the window has it; `items` is null until read. */
export interface DigestView {
  readonly items: readonly DigestItem[] | null;
  readonly answered: number;
  answer(answer: DigestAnswer): void;
}

type Known = Pick<DigestView, 'items' | 'answered'>;

/** Reads the digest, and again whenever the day's counts or what is known changed. */
export function useDigest(): DigestView {
  const { bridge } = useAssistant();
  const { fail } = useActions();
  const link = useView((view) => view.link);
  const revision = useView((view) => view.revision);
  const silent = useView((view) => view.state?.today.silent);
  const shadow = useView((view) => view.settings?.mode === 'shadow');
  const waiting = useView((view) => (shadow ? (view.suggestions?.length ?? 0) : 0));
  const [known, setKnown] = useState<Known>({ items: null, answered: 0 });

  useEffect(() => {
    if (link !== 'open') return;
    let here = true;
    // A core that has no digest yet is no fault worth a notice on every screen.
    void bridge.call('digest.list', {}).then(
      (digest) => here && setKnown(digest),
      () => here && setKnown((before) => ({ ...before, items: before.items ?? [] })),
    );
    return () => {
      here = false;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [bridge, link, revision, silent, waiting]);

  const answer = useCallback(
    (given: DigestAnswer) => {
      // Gone at once; what the core says then stands.
      setKnown((before) => ({
        ...before,
        items: before.items?.filter((each) => each.id !== given.id) ?? null,
      }));
      void bridge.call('digest.answer', given).then(setKnown, fail);
    },
    [bridge, fail],
  );
  return { ...known, answer };
}
