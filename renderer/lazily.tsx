import { useEffect, useReducer, type ComponentType } from 'react';
import { strings } from './strings.ts';
import { Loading } from './ui/parts.tsx';

/** A part of the window that is fetched when it is first shown, or before. */
export interface Lazily<P> {
  (props: P): React.ReactNode;
  /** Fetches it now; resolves when it is there, and rejects when it could not be had. */
  fetch(): Promise<void>;
}

/** After a fetch that failed, ms: in the browser the page comes from the assistant, which may be starting again. */
const AGAIN = 1000;

/**
 * Makes a part of what `load` imports. Once fetched it is drawn at once like any other; until then its place says that it
 * comes, and a fetch that failed is tried again. `bare` leaves the place empty meanwhile, as a dialog does.
 */
export function lazily<P extends object>(load: () => Promise<ComponentType<P>>, bare = false): Lazily<P> {
  let part: ComponentType<P> | null = null;
  const fetch = async () => {
    part ??= await load();
  };
  function Part(props: P) {
    const [, draw] = useReducer((n: number) => n + 1, 0);
    useEffect(() => {
      if (part) return undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      let shown = true;
      const attempt = () =>
        void fetch().then(
          () => shown && draw(),
          () => {
            if (shown) timer = setTimeout(attempt, AGAIN);
          },
        );
      attempt();
      return () => {
        shown = false;
        clearTimeout(timer);
      };
    }, []);
    const Fetched = part;
    if (Fetched) return <Fetched {...props} />;
    return bare ? null : <Loading label={strings.timeline.loading} rows={4} />;
  }
  return Object.assign(Part, { fetch });
}
