import { z } from 'zod';
import { AppError } from '../errors.ts';
import { type Choose, elementsOf, type JsonElement } from '../reading/jsonElements.ts';
import { linesOf } from '../reading/lines.ts';
import { parseJson } from '../reading/json.ts';
import { headOf } from './read.ts';
import { parseTime } from './time.ts';

/** One record of a foreign file, as it stands there: nothing of it was looked at by the guard yet. Milliseconds. */
export type Imported =
  | {
      readonly kind: 'beat';
      readonly bucket: string;
      /** The bucket's type; empty where the file does not say and its name does not tell. */
      readonly type: string;
      readonly at: number;
      readonly duration: number;
      readonly data: Readonly<Record<string, unknown>>;
    }
  /** What somebody did in one window, as ProactiveAgent's recorder writes it. */
  | { readonly kind: 'stay'; readonly at: number; readonly duration: number; readonly stay: Stay }
  | { readonly kind: 'sentence'; readonly at: number; readonly text: string };

/** An ActivityWatch export, a list of ProactiveAgent's records, or lines of its event log. */
export type ImportFormat = 'buckets' | 'list' | 'lines';

/** One entry of ProactiveAgent's `event_list.json`: a window with the input and the page or file in it. */
const Stay = z.object({
  timestamp: z.number(),
  duration: z.number().min(0).default(0),
  app: z.string().max(1024).default(''),
  status: z.string().max(64).optional(),
  user_input: z.array(z.record(z.string(), z.unknown())).default([]),
  info: z.array(z.record(z.string(), z.unknown())).default([]),
});
export type Stay = z.infer<typeof Stay>;

const Beat = z.object({
  timestamp: z.string().max(64),
  duration: z.number().min(0).default(0),
  data: z.record(z.string(), z.unknown()),
});

const Time = z.union([z.string().max(64), z.number()]);
const Sentence = z.object({ time: Time, event: z.string().min(1) });
/** A message of ProactiveAgent's event log (codelinker's `SEvent`). */
const Message = z.object({ Time: Time, Event: z.string().min(1) });
const Step = z.object({ observation: Sentence });

/** Tells a file's format by its beginning; `bad-input` for anything else. */
export async function importFormat(file: string): Promise<ImportFormat> {
  const head = (await headOf(file)).replace(/^\uFEFF/, '').trimStart();
  if (head.startsWith('[')) return 'list';
  if (/^\{\s*"buckets"\s*:/.test(head)) return 'buckets';
  const first = parseJson(head.split('\n', 1)[0] ?? '');
  if (Sentence.safeParse(first).success || Message.safeParse(first).success) return 'lines';
  if (Stay.safeParse(first).success) return 'lines';
  throw new AppError(
    'bad-input',
    `[import] ${file} is neither an ActivityWatch export (“buckets”) nor an event log of ProactiveAgent: export it again and name that file`,
  );
}

/**
 * Records of a file of any size in the order of the file, in the memory of one record. `types` limits an export to those
 * bucket types. Rejects with `bad-input` in one sentence with the place, never the content; else as `linesOf`.
 */
export async function* readImported(
  file: string,
  format: ImportFormat,
  options: { readonly onBytes?: (bytes: number) => void; readonly types?: readonly string[] } = {},
): AsyncGenerator<Imported> {
  switch (format) {
    case 'buckets':
      return yield* readBuckets(file, options);
    case 'list': {
      for await (const element of elementsOf(file, members, options.onBytes)) {
        yield* recordOf(element.value, placeOf(file, element));
      }
      return;
    }
    case 'lines':
      for await (const line of linesOf(file)) {
        options.onBytes?.(Buffer.byteLength(line.text) + 1);
        if (line.text.trim() === '') continue;
        const value = parseJson(line.text);
        // A last line that breaks off is what a crash leaves.
        if (value === undefined && !line.whole) return;
        yield* recordOf(value, `${file} line ${line.number}`);
      }
  }
}

/** Every member of a list, whole. */
const members: Choose = (path) => (path.length === 0 ? 'enter' : 'take');

/** `{"buckets": {ID: {"type": …, "events": [{"timestamp", "duration", "data"}]}}}`; a list of buckets is read too. */
async function* readBuckets(
  file: string,
  options: { readonly onBytes?: (bytes: number) => void; readonly types?: readonly string[] },
): AsyncGenerator<Imported> {
  let bucket: string | number = '';
  let named = '';
  let type = '';
  const typeNow = () => type || typeOf(named || String(bucket));
  const choose: Choose = (path) => {
    const [top, id = '', name, at] = path;
    if (path.length > 1 && id !== bucket) {
      bucket = id;
      named = '';
      type = '';
    }
    if (top !== undefined && top !== 'buckets') return 'skip';
    if (path.length <= 2) return 'enter';
    if (name === 'type' || name === 'id') return path.length === 3 ? 'take' : 'skip';
    if (name !== 'events') return 'skip';
    if (path.length === 3) return 'enter';
    return at !== undefined && (!options.types || options.types.includes(typeNow())) ? 'take' : 'skip';
  };
  for await (const element of elementsOf(file, choose, options.onBytes)) {
    const [, , name] = element.path;
    if (name === 'type') type = String(element.value).slice(0, 128);
    else if (name === 'id') named = String(element.value).slice(0, 128);
    else {
      const beat = Beat.safeParse(element.value);
      const at = beat.success ? timeOf(beat.data.timestamp) : null;
      if (!beat.success || at === null)
        throw bad(placeOf(file, element), 'an event with timestamp, duration and data');
      const { duration, data } = beat.data;
      const id = (typeof bucket === 'string' ? bucket : named).slice(0, 128);
      yield { kind: 'beat', bucket: id, type: typeNow(), at, duration: Math.round(duration * 1000), data };
    }
  }
}

function* recordOf(value: unknown, place: string): Generator<Imported> {
  const step = Step.safeParse(value);
  const sentence = Sentence.safeParse(step.success ? step.data.observation : value);
  if (sentence.success) {
    const at = timeOf(sentence.data.time);
    if (at === null) throw bad(place, 'an event with a time');
    yield { kind: 'sentence', at, text: sentence.data.event };
    return;
  }
  const message = Message.safeParse(value);
  if (message.success) {
    // The recorder's own messages hold a record as text.
    const inner = parseJson(message.data.Event);
    if (typeof inner === 'object' && inner !== null) return yield* recordOf(inner, place);
    const at = timeOf(message.data.Time);
    if (at === null) throw bad(place, 'an event with a time');
    yield { kind: 'sentence', at, text: message.data.Event };
    return;
  }
  const stay = Stay.safeParse(value);
  if (!stay.success) throw bad(place, 'a record of ProactiveAgent');
  const at = timeOf(stay.data.timestamp);
  if (at === null) throw bad(place, 'a record with a time');
  yield { kind: 'stay', at, duration: Math.round(stay.data.duration * 1000), stay: stay.data };
}

/** Seconds since 1970, ISO 8601 (UTC where it names no zone), or the traces' prose; null for anything else. */
function timeOf(time: string | number): number | null {
  const iso = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:[.,](\d+))?(Z|[+-]\d{2}:?\d{2})?$/i.exec(
    String(time).trim(),
  );
  if (iso) {
    const [, day, clock, fraction = '', zone = 'Z'] = iso;
    const colon = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
    const at = Date.parse(`${day}T${clock}.${fraction.padEnd(3, '0').slice(0, 3)}${colon}`);
    return Number.isNaN(at) ? null : at;
  }
  const at = parseTime(time);
  return at === null || Math.abs(at) > 8.64e15 ? null : at;
}

/** What the names of ActivityWatch's own watchers say, where an export gives the type too late. */
function typeOf(bucket: string): string {
  if (/^aw-watcher-web/i.test(bucket)) return 'web.tab.current';
  if (/^aw-watcher-(?:vscode|vim|jetbrains|sublime)/i.test(bucket)) return 'app.editor.activity';
  if (/^aw-watcher-window/i.test(bucket)) return 'currentwindow';
  if (/^aw-watcher-afk/i.test(bucket)) return 'afkstatus';
  return /^aw-watcher-input/i.test(bucket) ? 'os.hid.input' : '';
}

function placeOf(file: string, { line, offset }: JsonElement): string {
  return `${file} line ${line}, character ${offset}`;
}

function bad(place: string, wanted: string): AppError {
  return new AppError('bad-input', `[import] ${place}: this is not ${wanted}`);
}
