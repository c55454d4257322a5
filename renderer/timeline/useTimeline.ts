import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useAssistant, useView } from '../store.ts';
import { onFrames } from '../frames.ts';
import { createSource, type Filter, type Source } from './source.ts';

/** Waits for a pause in typing, ms. */
const PAUSE = 120;

/** The rows of a filter, kept up with the core: `version` rises with every change. Null before the first reading. */
export function useTimeline({ text, app }: Filter): {
  readonly source: Source | null;
  readonly version: number;
  readonly retry: () => void;
} {
  const { bridge, ahead } = useAssistant();
  const revision = useView((view) => view.revision);
  const link = useView((view) => view.link);
  const [turn, setTurn] = useState(0);
  const [source, setSource] = useState<Source | null>(null);
  const changes = useMemo(() => createChanges(), []);
  const version = useSyncExternalStore(changes.subscribe, changes.version);

  // Something forgotten, or a connection that came back, has the list read anew; what was shown stays until it is there.
  useEffect(() => {
    if (link !== 'open') return undefined;
    let fresh: Source | undefined;
    const begin = () => {
      const made = createSource(
        bridge,
        { text, app },
        () => {
          if (made.state() !== 'loading') setSource(made);
          changes.tell();
        },
        ahead,
      );
      fresh = made;
      stop = onFrames(
        bridge,
        (rows) => {
          made.add(rows);
          changes.tell();
        },
        made.recount,
      );
    };
    let stop = () => {};
    const changed = bridge.on('changed', ({ from }) => fresh?.recount(from));
    const timer = text ? setTimeout(begin, PAUSE) : undefined;
    if (!timer) begin();
    return () => {
      clearTimeout(timer);
      changed();
      stop();
      fresh?.close();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [bridge, ahead, text, app, link, revision, turn, changes]);

  return { source, version, retry: () => setTurn(turn + 1) };
}

/** Counts changes and tells React of them. */
function createChanges() {
  const listeners = new Set<() => void>();
  let version = 0;
  return {
    version: () => version,
    tell() {
      version++;
      for (const listener of listeners) listener();
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
