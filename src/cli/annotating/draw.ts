import type { AnnotationEvent } from '../../model/annotation.ts';
import { progressOf, type Sitting } from '../../model/sitting.ts';
import { clip, plain, width, wrap } from './text.ts';

/** What stands around a sitting: names, the size of the terminal and one sentence, where there is one to say. */
export interface Frame {
  readonly trace: string;
  /** Position of the trace in its folder, from 1, and how many there are. */
  readonly number: number;
  readonly traces: number;
  readonly annotator: string;
  readonly columns: number;
  readonly rows: number;
  readonly note?: string;
}

/** The only sequences that reach the terminal inside a line. */
const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const OFF = '\u001b[0m';

/** Joined by no-break spaces, so that a narrow terminal parts them between keys. */
const KEYS = keys([
  '↑↓ move',
  'space/y tick',
  '1-9 tick',
  'n none',
  'Enter next',
  'b back',
  'u undo',
  'q quit',
]);
const END_KEYS = keys(['Enter next trace', 'b back', 'u undo', 'q quit']);
/** Events before the one in front that are shown at most. */
const EARLIER = 8;

interface Block {
  readonly lines: readonly string[];
  /** Whether the cursor stands here. */
  readonly here?: boolean;
}

function keys(all: readonly string[]): string {
  return all.map((each) => `${each.replaceAll(' ', '\u00a0')}\u00a0`).join(' ');
}

/** The screen as lines, none wider than the terminal and never more of them than it has. */
export function draw(sitting: Sitting, frame: Frame): string[] {
  const { columns, rows } = frame;
  const { asked, answered } = progressOf(sitting);
  const event = sitting.events[sitting.at];
  const place = event ? `event ${sitting.at + 1} of ${sitting.events.length}` : 'end';
  const left = `${plain(frame.trace)} (${frame.number}/${frame.traces})  ${place}  answered ${answered} of ${asked}`;
  const right = plain(frame.annotator);
  const gap = columns - width(left) - width(right) - 2;
  const head = gap >= 2 ? ` ${left}${' '.repeat(gap)}${right}` : ` ${clip(left, columns - 1)}`;
  const foot = event ? KEYS : END_KEYS;
  const footLines = wrap(foot, columns - 2).map((line) => `${DIM} ${line}${OFF}`);
  const room = Math.max(1, rows - 2 - footLines.length);
  const body = event ? question(sitting, event, columns, room, frame.note) : end(sitting, frame);
  const filled = [...body, ...Array<string>(Math.max(0, room - body.length)).fill('')];
  return [`${BOLD}${head}${OFF}`, '', ...filled.slice(0, room), ...footLines].slice(0, rows);
}

function question(sitting: Sitting, event: AnnotationEvent, columns: number, room: number, note?: string) {
  const { draft, cursor, events, at } = sitting;
  const row = (mark: string, key: string, text: string, here: boolean): Block => {
    const lines = wrap(text, columns - 11);
    return {
      here,
      lines: lines.map((line, i) =>
        i === 0
          ? `${here ? ` ${BOLD}›` : '  '} [${mark}] ${key.padStart(2)} ${line}${here ? OFF : ''}`
          : `${here ? BOLD : ''}${' '.repeat(10)}${line}${here ? OFF : ''}`,
      ),
    };
  };
  const choices = event.candidates.map((task, i) =>
    row(draft?.includes(i) ? 'x' : ' ', i < 9 ? String(i + 1) : '', plain(task), i === cursor),
  );
  const none = row(draft?.length === 0 ? 'x' : ' ', 'n', 'None of these', cursor === choices.length);
  const asking = sitting.missing
    ? 'Tick what you would take, or press n for none.'
    : 'Which of these would you take?';
  const time = clockOf(event.time);
  const indent = width(time) + 2;
  const now = wrap(plain(event.event), columns - 2 - indent);
  const blocks: Block[] = [
    ...(note ? [{ lines: [...wrap(plain(note), columns - 2).map((line) => ` ${line}`), ''] }] : []),
    { lines: now.map((line, i) => ` ${BOLD}${(i === 0 ? time : '').padEnd(indent)}${line}${OFF}`) },
    { lines: ['', ` ${sitting.missing ? BOLD : ''}${asking}${sitting.missing ? OFF : ''}`] },
    ...choices,
    none,
  ];
  const lines = blocks.flatMap((each) => each.lines);
  const free = Math.min(EARLIER, room - lines.length - 1, at);
  if (free > 0) {
    const before = events
      .slice(at - free, at)
      .map((each) => `${DIM} ${clip(`${clockOf(each.time)}  ${plain(each.event)}`, columns - 2)}${OFF}`);
    return [...before, ...lines];
  }
  return lines.length <= room ? lines : around(blocks, room);
}

/** As many lines as fit, with those of the cursor among them. */
function around(blocks: readonly Block[], room: number): string[] {
  const lines = blocks.flatMap((each) => each.lines);
  const place = blocks.findIndex((each) => each.here);
  const before = blocks.slice(0, place).flatMap((each) => each.lines).length;
  const end = before + (blocks[place]?.lines.length ?? 0);
  const from = Math.min(Math.max(0, end - room), before);
  return lines.slice(from, from + room);
}

function end(sitting: Sitting, { columns, trace, number, traces }: Frame): string[] {
  const { asked } = progressOf(sitting);
  const last = number === traces;
  const sentences = [
    asked === 0
      ? `Nothing was proposed in ${plain(trace)}, so there is nothing to answer.`
      : `${plain(trace)} is finished: ${asked} of ${asked} events answered and kept.`,
    last ? 'This was the last trace of the folder.' : 'Enter goes on with the next trace.',
    'Once others have finished it too, --agreement shows how far you agree.',
  ];
  return sentences.flatMap((each) => wrap(each, columns - 2).map((line) => ` ${line}`));
}

/** `15:42` for Unix seconds, else the words of the trace. */
function clockOf(time: string): string {
  const seconds = Number(time);
  if (time.trim() === '' || !Number.isFinite(seconds)) return clip(plain(time), 24);
  const at = new Date(seconds * 1000);
  return Number.isNaN(at.getTime()) ? clip(plain(time), 24) : at.toTimeString().slice(0, 5);
}
