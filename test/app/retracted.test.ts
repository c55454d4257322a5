import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ClipboardEvent, Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { until } from '../until.ts';
import { demoDay, folder, startApp } from './platform.ts';

/** What the clipboard monitor says once the owner of a copy cleared it. */
const takenBack = (event: Event, at: number): Event => ({
  id: newId(at),
  at,
  duration: 0,
  monitor: 'clipboard',
  kind: 'retracted',
  data: { event: event.id, source: 'clipboard', reason: 'cleared by its owner' },
});

it('a copy that was taken back is in no log, index, observation, suggestion or decision any more', async () => {
  const day = demoDay();
  const run = await startApp(folder(), { now: day[0]!.at });
  const { handlers, log } = run.app;
  const copies = new Map<string, ClipboardEvent>();
  let found: { readonly suggestion: Suggestion; readonly copy: ClipboardEvent } | null = null;
  for (const event of day) {
    await run.feed(event);
    if (event.kind === 'clipboard') copies.set(event.id, event);
    const { current } = await handlers['state.get']({});
    if (!current) continue;
    const sources = current.seen.flatMap((each) => each.sources);
    const copy = sources.map((id) => copies.get(id)).find((each) => each?.data.text);
    if (copy) {
      found = { suggestion: current, copy };
      break;
    }
    await handlers['suggestions.answer']({ id: current.id, answer: 'reject', via: 'card' });
  }
  const { suggestion, copy } = found!;
  const at = copy.at + 45_000;
  const words = copy.data.text!.split(/\W+/).filter((each) => each.length > 4);
  const word = words[0]!;
  expect((await handlers['observations.list']({ text: word })).rows.length).toBeGreaterThan(0);

  await run.feed(takenBack(copy, at));
  await until('the event to be gone', async () =>
    (await log.events({ kinds: ['clipboard'], limit: 1000 })).rows.every(({ id }) => id !== copy.id),
  );
  await until('the suggestion to be gone', async () => (await log.suggestion(suggestion.id)) === null);
  const kept = JSON.stringify([
    (await log.events({ limit: 1000 })).rows,
    (await handlers['observations.list']({ limit: 500 })).rows,
    (await handlers['suggestions.list']({})).rows,
    (await handlers['decisions.list']({})).rows,
    (await log.feedbacks()).rows,
    await handlers['state.get']({}),
  ]);
  expect(kept).not.toContain(copy.data.text!);
  expect(kept).not.toContain(`"${copy.id}"`);
  const searched = (await handlers['observations.list']({ text: word })).rows;
  expect(JSON.stringify(searched)).not.toContain(copy.data.text!);
  // What stays is a count with its reason.
  const dropped = (await log.events({ kinds: ['dropped'] })).rows;
  expect(dropped.map((each) => each.data)).toContainEqual({
    source: 'clipboard',
    reason: 'cleared by its owner',
    count: 1,
  });
});

it('a copy that is taken back while it is being written is not there afterwards, nor after a restart', async () => {
  const home = folder();
  const at = Date.UTC(2026, 2, 10, 9, 5);
  const { app, source, feed } = await startApp(home);
  const text = 'plain-word-of-a-moment';
  const copy: Event = {
    id: newId(at),
    at,
    duration: 0,
    monitor: 'clipboard',
    kind: 'clipboard',
    app: 'Code',
    data: { content: 'text', size: text.length, words: 1, text },
  };
  source.emit(copy);
  await feed(takenBack(copy, at));
  await until('the count', async () => (await app.log.events({ kinds: ['dropped'] })).rows.length === 1);
  await until(
    'the copy to be gone',
    async () => (await app.log.events({ kinds: ['clipboard'] })).rows.length === 0,
  );
  expect((await app.handlers['observations.list']({ text })).rows).toEqual([]);
  await app.close();
  for (const name of readdirSync(home, { recursive: true, withFileTypes: true }).filter((each) =>
    each.isFile(),
  ))
    expect(readFileSync(join(name.parentPath, name.name)).includes(text)).toBe(false);
  const again = await startApp(home, { settings: null, now: at + 60_000 });
  expect((await again.app.log.events({ kinds: ['clipboard'] })).rows).toEqual([]);
});
