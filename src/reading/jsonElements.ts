import { createReadStream } from 'node:fs';
import { AppError } from '../errors.ts';
import { DEEPEST } from './json.ts';
import { readError } from './lines.ts';

/** Where in a document a value stands: names of members and places in lists. */
export type JsonPath = readonly (string | number)[];

/** One value of a document, with where it began: line from 1, characters from the file's beginning. */
export interface JsonElement {
  readonly path: JsonPath;
  readonly value: unknown;
  readonly line: number;
  readonly offset: number;
}

/** What to do with the value at a path: read it whole, look inside it, or pass over it. */
export type Choose = (path: JsonPath) => 'take' | 'enter' | 'skip';

/** Characters of one value that is read whole; a record is smaller, and the memory must not hold a file. */
const LONGEST = 4_000_000;

interface Frame {
  readonly list: boolean;
  name: string | number;
  /** What may come next. */
  expect: 'first' | 'value' | 'name' | 'colon' | 'comma';
}

/** A value that is being passed over or read, across chunks. */
interface Capture {
  readonly kind: 'name' | 'container' | 'string' | 'scalar';
  readonly keep: boolean;
  readonly line: number;
  readonly offset: number;
  depth: number;
  quoted: boolean;
  text: string;
}

/**
 * Chosen values of a JSON file of any size, in the order of the file, in the memory of one value. `onBytes` hears how much
 * was read, and the bytes themselves. Rejects with `bad-input`, naming line and character, for what is not JSON, not UTF-8 or breaks off;
 * otherwise as `linesOf` does. What is passed over is checked for its brackets only.
 */
export async function* elementsOf(
  file: string,
  choose: Choose,
  onBytes: (bytes: number, chunk: Buffer) => void = () => {},
  speaker = 'import',
): AsyncGenerator<JsonElement> {
  const scanner = createScanner(file, choose, speaker);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      yield* scanner.feed(decode(decoder, chunk, scanner.fail));
      onBytes(chunk.length, chunk);
    }
    yield* scanner.feed(decode(decoder, undefined, scanner.fail));
  } catch (thrown) {
    throw readError(thrown, file, speaker);
  }
  yield* scanner.end();
}

function decode(decoder: TextDecoder, chunk: Buffer | undefined, fail: (why: string) => never): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch {
    return fail('this is not UTF-8');
  }
}

function createScanner(file: string, choose: Choose, speaker: string) {
  const frames: Frame[] = [];
  let capture: Capture | null = null;
  let done = false;
  let line = 1;
  /** Characters before the present chunk. */
  let base = 0;
  let at = 0;

  const fail = (why: string, where = { line, offset: base + at }): never => {
    throw new AppError(
      'bad-input',
      `[${speaker}] ${file} line ${where.line}, character ${where.offset}: ${why}`,
    );
  };
  const path = (): JsonPath => frames.map((frame) => frame.name);

  /** Moves on, counting lines. */
  const advance = (text: string, to: number) => {
    for (let next = text.indexOf('\n', at); next >= 0 && next < to; next = text.indexOf('\n', next + 1))
      line += 1;
    at = to;
  };

  const parse = ({ text, line: began, offset }: Capture): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return fail('this is not JSON', { line: began, offset });
    }
  };

  const valueDone = () => {
    const frame = frames.at(-1);
    if (frame) frame.expect = 'comma';
    else done = true;
  };

  const begin = (kind: Capture['kind'], keep: boolean) => {
    capture = { kind, keep, line, offset: base + at, depth: 0, quoted: false, text: '' };
  };

  /** A value begins here. */
  const beginValue = (text: string, sign: string) => {
    const container = sign === '{' || sign === '[';
    const choice = choose(path());
    if (container && choice === 'enter') {
      frames.push({ list: sign === '[', name: sign === '[' ? 0 : '', expect: 'first' });
      advance(text, at + 1);
      return;
    }
    if (!container && !/["\-0-9tfn]/.test(sign)) fail('this is not JSON');
    begin(container ? 'container' : sign === '"' ? 'string' : 'scalar', choice === 'take' || !container);
  };

  /** The end of the captured value in this chunk, or -1 when it goes on. */
  const endOf = (text: string, mine: Capture): number => {
    let place = at;
    if (mine.kind === 'scalar') {
      const stop = /[,\]}\s]/g;
      stop.lastIndex = place;
      return stop.exec(text)?.index ?? -1;
    }
    while (place < text.length) {
      if (mine.quoted) {
        const stop = /["\\]/g;
        stop.lastIndex = place;
        const found = stop.exec(text);
        if (!found) return -1;
        if (found[0] === '\\') {
          place = found.index + 2;
          // The escaped character is in the next chunk.
          if (place > text.length) skipNext = true;
          continue;
        }
        mine.quoted = false;
        place = found.index + 1;
        if (mine.kind !== 'container') return place;
        continue;
      }
      const stop = /["{}[\]]/g;
      stop.lastIndex = place;
      const found = stop.exec(text);
      if (!found) return -1;
      place = found.index + 1;
      if (found[0] === '"') mine.quoted = true;
      else if (found[0] === '{' || found[0] === '[') {
        mine.depth += 1;
        if (mine.depth > DEEPEST) fail('this nests deeper than any record', mine);
      } else if (--mine.depth === 0) return place;
    }
    return -1;
  };
  /** A backslash was the last character of the chunk before. */
  let skipNext = false;

  function* feed(text: string): Generator<JsonElement> {
    at = 0;
    if (base === 0 && text.startsWith('\uFEFF')) at = 1;
    while (at < text.length) {
      if (capture) {
        const mine: Capture = capture;
        if (skipNext) {
          skipNext = false;
          if (mine.keep) mine.text += text[at];
          advance(text, at + 1);
        }
        const end = endOf(text, mine);
        const stop = end < 0 ? text.length : end;
        if (mine.keep) mine.text += text.slice(at, stop);
        if (mine.text.length > LONGEST) fail('this is too long to be a record', mine);
        advance(text, stop);
        if (end < 0) break;
        capture = null;
        yield* finish(mine);
        continue;
      }
      step(text, text[at]!);
    }
    base += text.length;
    at = 0;
  }

  function* finish(mine: Capture): Generator<JsonElement> {
    const frame = frames.at(-1);
    if (mine.kind === 'name') {
      if (frame) {
        frame.name = String(parse(mine));
        frame.expect = 'colon';
      }
      return;
    }
    const value = mine.keep ? parse(mine) : undefined;
    if (mine.keep && choose(path()) === 'take')
      yield { path: path(), value, line: mine.line, offset: mine.offset };
    valueDone();
  }

  /** One sign outside of any captured value. */
  function step(text: string, sign: string): void {
    if (sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t') {
      advance(text, at + 1);
      return;
    }
    const frame = frames.at(-1);
    if (!frame) {
      if (done) fail('something stands after the end of the document');
      beginValue(text, sign);
      return;
    }
    const closes = sign === (frame.list ? ']' : '}');
    if (closes && (frame.expect === 'first' || frame.expect === 'comma')) {
      frames.pop();
      advance(text, at + 1);
      valueDone();
      return;
    }
    switch (frame.expect) {
      case 'first':
      case 'value':
      case 'name':
        if (frame.list || frame.expect === 'value') return beginValue(text, sign);
        if (sign !== '"') fail('a name was expected here');
        return begin('name', true);
      case 'colon':
        if (sign !== ':') fail('a colon was expected here');
        frame.expect = 'value';
        break;
      case 'comma':
        if (sign !== ',') fail('a comma was expected here');
        frame.expect = frame.list ? 'value' : 'name';
        if (frame.list) frame.name = Number(frame.name) + 1;
    }
    advance(text, at + 1);
  }

  return {
    feed,
    fail: (why: string): never => fail(why),
    *end(): Generator<JsonElement> {
      // A lone number has no end but the file's.
      if (capture && (capture as Capture).kind === 'scalar' && frames.length === 0) {
        const mine: Capture = capture;
        capture = null;
        yield* finish(mine);
      }
      if (capture || !done) fail('the file breaks off here');
    },
  };
}
