import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { importFile, newReport } from '../../src/app/importFile.ts';
import { keepFrom } from '../../src/app/retaining.ts';
import { createMemoryLog } from '../../src/log/memory.ts';
import { Event } from '../../src/model/event.ts';
import type { EventLog } from '../../src/model/log.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { exportOf, staysOf } from './importing.ts';

const folder = mkdtempSync(join(tmpdir(), 'import-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const start = Date.UTC(2026, 0, 5, 9);
let files = 0;
const write = (content: string) => {
  const file = join(folder, `${files++}.json`);
  writeFileSync(file, content);
  return file;
};

async function allOf(log: EventLog): Promise<Event[]> {
  const events: Event[] = [];
  for (let before: number | undefined; ;) {
    const page = await log.events({ limit: 1000, ...(before !== undefined && { before }) });
    events.push(...page.rows);
    if (page.next === undefined) return events.toSorted((a, b) => a.at - b.at);
    before = page.next;
  }
}

async function take(
  content: string,
  options: { log?: EventLog | null; settings?: object; now?: number; stopAfter?: number; file?: string } = {},
) {
  const settings = Settings.parse(options.settings ?? {});
  const log = options.log === undefined ? createMemoryLog(systemClock) : options.log;
  const report = newReport();
  const file = options.file ?? write(content);
  let asked = 0;
  await importFile(file, {
    guard: createGuard({ settings: () => settings, region: 'US' }),
    log,
    keepFrom: options.now === undefined ? null : keepFrom(settings.retentionDays, options.now),
    report,
    stopped: () => ++asked > (options.stopAfter ?? Infinity),
    onBytes: () => {},
  });
  const events = log ? await allOf(log) : [];
  const sentences = log ? (await log.observations({ limit: 1000 })).rows.map((row) => row.event) : [];
  return { report, events, sentences, log, file };
}
const text = JSON.stringify(exportOf(start));

describe('an ActivityWatch export', () => {
  it.each([
    ['as aw-server writes it', text],
    ['indented', JSON.stringify(exportOf(start), null, 2)],
    [
      'with a list of buckets',
      JSON.stringify({ buckets: Object.values((exportOf(start) as { buckets: object }).buckets) }),
    ],
  ])('becomes events and sentences by the rules of live sources: %s', async (_, content) => {
    const { report, events, sentences } = await take(content);
    for (const event of events) expect(Event.parse(event)).toEqual(event);
    expect(JSON.stringify([events, sentences])).not.toContain('canary');
    const of = (kind: Event['kind']) =>
      events
        .filter((event) => event.kind === kind)
        .map(({ app, data, duration }) => [app, data, duration / 1000]);
    expect(of('editor')).toEqual([
      ['code', { file: 'cart.ts', project: 'shop', language: 'typescript' }, 290],
    ]);
    expect(of('afk')).toEqual([
      [undefined, { status: 'not-afk' }, 540],
      [undefined, { status: 'afk' }, 600],
    ]);
    expect(of('keyboard').map(([, data]) => (data as { keys: number }).keys)).toEqual([20, 6]);
    const pages = of('window').flatMap(([, data]) =>
      'page' in (data as object) ? [(data as { page: string }).page] : [],
    );
    expect(pages).toEqual([
      'https://www.example.org/guide',
      'https://duckduckgo.com/?q=merge%20tables',
      'https://example.org/text',
    ]);
    expect(of('window')).toContainEqual(['Code', { title: 'cart.ts - shop - Visual Studio Code' }, 300]);
    expect(sentences.join('\n')).toMatch(/searched DuckDuckGo for 'merge tables'/);
    expect(report).toMatchObject({
      kept: events.length,
      known: 0,
      old: 0,
      reasons: {
        'page not in front': 1,
        'private window': 1,
        'sign-in or password page': 1,
        'hidden or credential file': 1,
        'password manager': 1,
        'unknown kind of bucket': 1,
      },
    });
  });

  it('imported again it adds nothing', async () => {
    const first = await take(text);
    const again = await take(text, { log: first.log, file: first.file });
    expect(again.report).toMatchObject({ kept: 0, known: first.report.kept });
    expect(again.events).toEqual(first.events);
  });

  it('ids tell nothing of titles and addresses', async () => {
    const ids = (await take(text)).events.map((event) => event.id);
    const other = JSON.parse(text.replaceAll('Guide', 'Other').replaceAll('/guide', '/other')) as object;
    expect((await take(JSON.stringify(other))).events.map((event) => event.id)).toEqual(ids);
  });

  it('what the person excluded is not taken over', async () => {
    const { sentences } = await take(text, {
      settings: { excludedApps: ['code'], excludedSites: ['example.org'] },
    });
    expect(sentences.join('\n')).not.toMatch(/cart|Guide to/);
  });

  it('what retention would remove at once is left out, by source', async () => {
    const day = 86_400_000;
    const { report, events } = await take(text, {
      now: start + 20 * day,
      settings: { retentionDays: { window: 30, web: 10, editor: 10, idle: 30, keyboard: 10 } },
    });
    expect(new Set(events.map((event) => event.kind))).toEqual(new Set(['window', 'afk']));
    expect(report.old).toBe(6);
    expect(events.some((event) => 'page' in event.data)).toBe(false);
  });

  it('a dry run counts the same and keeps nothing', async () => {
    const { report } = await take(text, { log: null });
    const kept = await take(text);
    expect(report).toEqual(kept.report);
  });

  it('ended in the middle it keeps whole batches and goes on later, to the same result', async () => {
    const many = {
      buckets: {
        w: {
          type: 'currentwindow',
          events: Array.from({ length: 2000 }, (_, n) => ({
            timestamp: new Date(start - n * 1000).toISOString(),
            duration: 1,
            data: { app: 'mousepad', title: `note ${n} - Mousepad` },
          })),
        },
      },
    };
    const content = JSON.stringify(many);
    const whole = await take(content);
    const log = createMemoryLog(systemClock);
    const first = await take(content, { log, stopAfter: 900 });
    expect(first.report).toMatchObject({ stopped: true });
    expect(first.report.kept).toBeLessThan(2000);
    const rest = await take(content, { log, file: first.file });
    expect(rest.report.kept + first.report.kept).toBe(2000);
    expect(rest.report.known).toBe(first.report.kept);
    expect(await allOf(log)).toEqual(whole.events);
    expect(whole.events).toHaveLength(2000);
  });
});

describe('ProactiveAgent’s logs', () => {
  const expectStays = ({ events, sentences, report }: Awaited<ReturnType<typeof take>>) => {
    expect(JSON.stringify([events, sentences])).not.toContain('canary');
    expect(events.map(({ kind, data }) => [kind, data])).toEqual(
      expect.arrayContaining([
        ['editor', { file: 'main.py', project: 'shop', language: 'python' }],
        ['keyboard', { keys: 18, words: 3, corrections: 0, chords: [] }],
        ['window', { title: 'A page', page: 'https://example.org/a' }],
        ['afk', { status: 'afk' }],
      ]),
    );
    expect(report.reasons).toMatchObject({ mouse: 1 });
  };
  it('a list of its recorder: what was typed is counted and never kept', async () => {
    expectStays(await take(JSON.stringify(staysOf(start), null, 4)));
  });
  it('lines of its event log, with records as text', async () => {
    const lines = staysOf(start).map((stay) =>
      JSON.stringify({
        Time: new Date(start).toISOString(),
        Source: 'PCEnv',
        Tags: ['observation'],
        Event: JSON.stringify(stay),
      }),
    );
    expectStays(await take(`${lines.join('\n')}\n`));
  });
  it('sentences, as a list, as steps and as lines, redacted and by the rules for titles', async () => {
    const said = [
      { time: '1717377997.0', event: 'The user opened the page of jane.canary@example.org.' },
      { time: '1717378000.5', event: 'The user wrote a paragraph.' },
      { time: '1717378001', event: 'The user switched to canary: Sign in to your bank.' },
    ];
    for (const content of [
      JSON.stringify(said),
      JSON.stringify(said.map((observation) => ({ observation, agent_response: [] }))),
      said.map((each) => JSON.stringify(each)).join('\n'),
    ]) {
      const { sentences, events, report } = await take(content);
      expect(events).toHaveLength(2);
      expect(events[1]?.at).toBe(1_717_378_000_500);
      expect(sentences.join()).toContain('wrote a paragraph');
      expect(JSON.stringify([events, sentences])).not.toContain('canary');
      expect(report.dropped).toBe(1);
    }
  });
});

describe('bad input is one sentence with its place, and never its content', () => {
  const event = {
    timestamp: '2026-01-05T09:00:00Z',
    duration: 1,
    data: { app: 'mousepad', title: 'canary' },
  };
  const bucket = (events: unknown[]) => JSON.stringify({ buckets: { w: { type: 'currentwindow', events } } });
  it.each([
    ['', /neither an ActivityWatch export/],
    ['canary', /neither an ActivityWatch export/],
    ['{"canary": 1}', /neither an ActivityWatch export/],
    [bucket([{ ...event, timestamp: 'canary' }]), /line 1, character \d+: this is not an event/],
    [bucket([event, { ...event, duration: -1 }]), /line 1, character \d+: this is not an event/],
    [bucket([{ timestamp: event.timestamp, data: 'canary' }]), /this is not an event/],
    [bucket([event]).slice(0, -10), /breaks off/],
    [bucket([event]).replace('"duration"', 'canary'), /this is not JSON/],
    ['[{"canary": 1}]', /this is not a record of ProactiveAgent/],
    ['{"time":"1","event":"a"}\n{"canary"}\n', /line 2: this is not a record/],
    ['[{"time":"canary","event":"a"}]', /with a time/],
  ])('%#', async (content, why) => {
    const failed = await take(content).catch((thrown: unknown) => thrown);
    expect(failed).toMatchObject({ code: 'bad-input', message: expect.stringMatching(why) });
    expect((failed as Error).message).not.toContain('canary');
  });
  it('a missing file and a folder are named', async () => {
    await expect(take('', { file: join(folder, 'nowhere') })).rejects.toMatchObject({ code: 'not-found' });
    await expect(take('', { file: folder })).rejects.toMatchObject({ code: 'bad-input' });
  });
});
