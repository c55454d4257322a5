import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import { detect, readEvents } from '../../src/replay/read.ts';

const folder = mkdtempSync(join(tmpdir(), 'beforehand-replay-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const event = (at: number, title = 'a.ts - Editor'): Event => ({
  id: newId(at),
  at,
  duration: 10,
  monitor: 'window',
  app: 'Editor',
  kind: 'window',
  data: { title },
});

async function all(path: string): Promise<Event[]> {
  const events: Event[] = [];
  for await (const each of readEvents(path)) events.push(each);
  return events;
}

describe("the project's own log format", () => {
  const events = [event(1), event(2, 'Ünïcode 日本 \u2028 🎉'), event(3)];
  const text = events.map((each) => `${JSON.stringify(each)}\n`).join('');

  it('reads back what was written, in order', async () => {
    expect(await all(file('a.jsonl', text))).toEqual(events);
  });

  it('takes a byte order mark, CRLF and empty lines', async () => {
    expect(await all(file('b.jsonl', `\uFEFF${text.replaceAll('\n', '\r\n\r\n')}`))).toEqual(events);
  });

  it('reads sentences that are cut across chunks of the file', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => event(at, '日本語'.repeat(20)));
    const path = file('c.jsonl', many.map((each) => JSON.stringify(each)).join('\n'));
    expect(await all(path)).toEqual(many);
  });

  it('drops a last half line, at whatever byte it broke off', async () => {
    const last = Buffer.from(JSON.stringify(event(4, 'Ü🎉')));
    for (let cut = 1; cut < last.length; cut += 7) {
      const path = file('d.jsonl', text);
      writeFileSync(path, Buffer.concat([Buffer.from(text), last.subarray(0, cut)]));
      expect(await all(path)).toEqual(events);
    }
  });

  it.each([
    ['not JSON in the middle', `${text}{"id":\n${text}`, /line 4: this is not JSON$/],
    ['not JSON but ended', `${text}{"id":\n`, /line 4: this is not JSON$/],
    ['no event', `${text}{"kind":"window","secret":"hunter2"}\n`, /line 4: not an event, id: /],
    ['an unknown kind', `{"kind":"hunter2"}\n`, /line 1: not an event, kind: /],
  ])('%s: names file and line, never the content', async (_, bad, message) => {
    const path = file('e.jsonl', bad);
    const error = await all(path).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'bad-input', message: expect.stringMatching(message) });
    expect((error as Error).message).toContain(path);
    expect((error as Error).message).not.toContain('hunter2');
    expect((error as Error).message).not.toContain('\n');
  });

  it('a missing file and a folder are named', async () => {
    await expect(all(join(folder, 'none'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(all(folder)).rejects.toMatchObject({ code: 'bad-input' });
  });
});

describe('the format of a file', () => {
  it.each([
    ['events', JSON.stringify(event(1)), 'events'],
    ['a half event', JSON.stringify(event(1)).slice(0, 40), 'events'],
    ['a trace', '[\n  {"observation": {"time": "1", "event": "x"}}]', 'trace'],
    ['reward data', '{"obs": [{"time": "1", "event": "x"}], "pred_task": null}', 'reward'],
    ['a long first row', `{"obs": [{"time": "1", "event": "${'x'.repeat(400_000)}"}]}`, 'reward'],
  ])('%s', async (_, text, format) => expect(await detect(file('f', text))).toBe(format));

  it.each(['', 'hello', '{"a":1}', 'null', '[1,2]', '\u0000\u0001', '<xml/>'])('%j is none', async (text) => {
    await expect(detect(file('g', text))).rejects.toMatchObject({ code: 'bad-input' });
  });
});
