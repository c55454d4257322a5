import { useCallback, useEffect, useRef, useState } from 'react';
import type { Observation } from '../../src/model/observation.ts';
import { useAssistant, useView } from '../store.ts';
import { merge } from '../view.ts';

/** What the list shows: full-text words and one app, both optional. */
export interface Filter {
  readonly text: string;
  readonly app: string | null;
}

/** Rows per page: about ten screens. */
const PAGE = 200;
/** Waits for a pause in typing, ms. */
const PAUSE = 120;

/** Observations of a filter, newest first, read page by page; live ones join an unfiltered list. */
export function useTimeline(filter: Filter) {
  const { bridge } = useAssistant();
  const revision = useView((view) => view.revision);
  const link = useView((view) => view.link);
  const [rows, setRows] = useState<readonly Observation[] | null>(null);
  const [failed, setFailed] = useState(false);
  const next = useRef<number | undefined>(undefined);
  const reading = useRef(0);
  const { text, app } = filter;

  const read = useCallback(
    async (before?: number) => {
      const turn = ++reading.current;
      try {
        const page = await bridge.call('observations.list', {
          limit: PAGE,
          ...(before !== undefined && { before }),
          ...(text && { text }),
          ...(app && { app }),
        });
        if (turn !== reading.current) return;
        next.current = page.next;
        setFailed(false);
        setRows((held) => (before === undefined || !held ? page.rows : [...held, ...page.rows]));
      } catch {
        if (turn === reading.current) setFailed(true);
      } finally {
        if (turn === reading.current) reading.current = 0;
      }
    },
    [bridge, text, app],
  );

  // Something forgotten raises the revision: the list is read again.
  useEffect(() => {
    if (link !== 'open') return;
    const timer = setTimeout(() => void read(), text ? PAUSE : 0);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [read, revision, link, text]);

  useEffect(() => {
    if (text) return;
    return bridge.on('observed', (fresh) => {
      const wanted = app ? fresh.filter((row) => row.app === app) : fresh;
      if (wanted.length > 0) setRows((held) => held && merge(held, wanted));
    });
  }, [bridge, text, app]);

  const more = useCallback(() => {
    if (next.current !== undefined && reading.current === 0) void read(next.current);
  }, [read]);
  return { rows, failed, more, retry: () => void read() };
}
