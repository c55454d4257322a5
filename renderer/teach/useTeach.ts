import { useCallback, useEffect, useRef, useState } from 'react';
import type { Agreement, Converted, TraceSummary } from '../../src/model/annotation.ts';
import { press, type Press, progressOf, sit, type Sitting } from '../../src/model/sitting.ts';
import type { Bridge } from '../bridge.ts';
import { useActions, useAssistant } from '../store.ts';
import { sentenceOf } from '../ui/format.ts';
import { readPlace, writePlace, type Place } from './place.ts';

/** The folder as it was opened. */
export interface Desk {
  readonly folder: string;
  readonly traces: readonly TraceSummary[];
  readonly odd: readonly string[];
}

/** The trace in front. */
export interface Open {
  readonly name: string;
  readonly digest: string;
  readonly changed?: string;
  readonly sitting: Sitting;
}

/** All that the Teach screen knows and can do; a failure becomes the notice, or `failed` where nothing could be opened. */
export interface Teach {
  readonly place: Place;
  readonly desk: Desk | null;
  readonly failed: string | null;
  readonly busy: boolean;
  readonly open: Open | null;
  readonly agreement: Agreement | null;
  readonly converted: Converted | null;
  /** Opens the folder of a place and remembers it. */
  enter(place: Place): void;
  /** Back to the choice of folder and name. */
  changePlace(): void;
  start(name: string): void;
  act(key: Press): void;
  /** The next trace that is not finished, if any. */
  readonly next: string | null;
  convert(): void;
}

/** What opening a place gave. */
type Found = Pick<Teach, 'desk' | 'failed' | 'agreement'>;

const NOTHING: Found = { desk: null, failed: null, agreement: null };

const whoseOf = ({ folder, annotator }: Place) => ({ folder: folder === '' ? null : folder, annotator });

/** Opens a place; agreement is asked for only once a trace of one's own is finished. */
async function look(bridge: Bridge, place: Place): Promise<Found> {
  try {
    const desk = await bridge.call('annotation.open', whoseOf(place));
    const any = desk.traces.some((each) => each.asked > 0 && each.answered === each.asked);
    const agreement = any ? await bridge.call('annotation.agreement', whoseOf(place)) : null;
    return { desk, failed: null, agreement };
  } catch (thrown) {
    return { ...NOTHING, failed: sentenceOf(thrown) };
  }
}

/** Annotation over the connection: what was opened, and every answer kept in order. */
export function useTeach(): Teach {
  const { bridge } = useAssistant();
  const { fail } = useActions();
  const [place, setPlace] = useState(readPlace);
  const [found, setFound] = useState<Found>(NOTHING);
  const [busy, setBusy] = useState(() => place.annotator !== '');
  const [open, setOpen] = useState<Open | null>(null);
  const [converted, setConverted] = useState<Converted | null>(null);
  /** The state that keys act on: two keys may come before one drawing. */
  const now = useRef<Open | null>(null);
  const keeping = useRef<Promise<unknown>>(Promise.resolve());

  const show = (next: Open | null) => {
    now.current = next;
    setOpen(next);
  };
  const showFound = useCallback((next: Found) => {
    setFound(next);
    setBusy(false);
  }, []);

  useEffect(() => {
    const known = readPlace();
    if (known.annotator !== '') void look(bridge, known).then(showFound);
  }, [bridge, showFound]);

  const whose = whoseOf(place);

  async function read(name: string) {
    const { digest, events, answers, changed } = await bridge.call('annotation.trace', {
      ...whose,
      trace: name,
    });
    show({ name, digest, sitting: sit(events, answers), ...(changed !== undefined && { changed }) });
  }

  return {
    place,
    ...found,
    busy,
    open,
    converted,
    enter(wanted) {
      writePlace(wanted);
      setPlace(wanted);
      setBusy(true);
      void look(bridge, wanted).then(showFound);
    },
    changePlace() {
      setFound(NOTHING);
      setConverted(null);
    },
    start: (name) => void keeping.current.then(() => read(name)).catch(fail),
    act(key) {
      const current = now.current;
      if (!current) return;
      const { sitting, keep } = press(current.sitting, key);
      const { name, digest } = current;
      show({ ...current, sitting });
      if (keep) {
        setFound((before) => withProgress(before, name, progressOf(sitting).answered));
        const call = () =>
          bridge.call('annotation.keep', {
            ...whose,
            trace: name,
            digest,
            event: keep.event,
            take: keep.take === null ? null : [...keep.take],
          });
        keeping.current = keeping.current.then(call).catch((thrown: unknown) => {
          fail(thrown);
          // What the screen shows is what is kept, and this was not.
          if (now.current?.name === name) return read(name).catch(() => show(null));
        });
      }
      if (key.kind === 'leave') {
        show(null);
        void keeping.current.then(() => look(bridge, place)).then(showFound);
      }
    },
    next: nextOf(found.desk?.traces ?? [], open),
    convert: () => void bridge.call('annotation.convert', whose).then(setConverted, fail),
  };
}

function withProgress(found: Found, name: string, answered: number): Found {
  if (!found.desk) return found;
  const traces = found.desk.traces.map((each) => (each.name === name ? { ...each, answered } : each));
  return { ...found, desk: { ...found.desk, traces } };
}

/** The first trace after the open one, round the end, that is not finished. */
function nextOf(traces: readonly TraceSummary[], open: Open | null): string | null {
  const at = traces.findIndex((each) => each.name === open?.name);
  const after = [...traces.slice(at + 1), ...traces.slice(0, Math.max(0, at))];
  return after.find((each) => each.answered < each.asked)?.name ?? null;
}
