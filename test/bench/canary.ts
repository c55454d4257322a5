/**
 * Canaries through every source of a real core, then a byte search of every file that it wrote (TARGETS.md P3).
 *
 *     node test/bench/canary.ts [n]      1,000 canaries unless told; one JSON line; exit 1 when one was found
 *
 * Each canary is a word that occurs nowhere else and begins with its group: what must never be kept (marked and cleared
 * copies, excluded and paused windows, keys, hidden files, private pages), what must be redacted, and what is kept until
 * it is forgotten by event, by site, by time, by app. strace tells which files the program wrote; they are searched as
 * they are, and the log's pages once more without their encryption.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectLog } from '../../src/log/owner.ts';
import type { Event } from '../../src/model/event.ts';
import type { EventLog, ForgetFilter } from '../../src/model/log.ts';
import { openWindow } from '../../src/server/window.ts';
import { cli, startCore, writeSettings, type Core } from '../desktop/core.ts';
import { startDisplay, type Display } from '../desktop/display.ts';
import { ownSelection } from '../desktop/owner.ts';
import { startSession, type Session } from '../desktop/session.ts';
import { plainPages } from '../log/plain.ts';
import { modelsFolder } from '../model/defaultModel.ts';
import { buildPage } from '../ui/browser.ts';
import { until } from '../until.ts';
import { contentOf, disguises, filesBelow, hits, writtenPaths } from './canaryScan.ts';

/** Beginnings of the canaries' words. `d` must be dropped, `r` redacted, `k` is kept until it is forgotten. */
const GROUPS = {
  dropped: 'qzjxdr',
  redacted: 'qzjxre',
  byEvent: 'qzjxke',
  bySite: 'qzjxks',
  byTime: 'qzjxkt',
  byApp: 'qzjxka',
} as const;
type Group = keyof typeof GROUPS;
const KEPT = ['byEvent', 'bySite', 'byTime', 'byApp'] as const;

/** What the search found. Every number but the first rows' should be 0. */
export interface CanaryReport {
  readonly canaries: Readonly<Record<Group, number>>;
  /** Files searched after everything was sensed, and how often each group was found in them as they are. */
  readonly files: number;
  readonly bytes: number;
  readonly onDisk: Readonly<Record<Group, number>>;
  /** In the log's pages without encryption: the kept groups must be there, or the search proves nothing. */
  readonly inPages: Readonly<Record<Group, number>>;
  readonly forgot: readonly {
    readonly what: string;
    readonly ms: number;
    readonly group: Group;
    readonly left: number;
  }[];
  /** After "forget everything": hits of any group in files and in pages, and of the old key. */
  readonly afterEverything: {
    readonly ms: number;
    readonly files: number;
    readonly pages: number;
    readonly key: number;
  };
  /** What the program says still holds a copy. */
  readonly copies: number;
  /** Whether pages came through the port of ActivityWatch clients (it may be taken on this machine). */
  readonly port: boolean;
  readonly model: string;
}

/** A title that goes sooner than this, in milliseconds, may never be seen: one that flickers is told once a second. */
const PACE_MS = 1100;
/** So a title holds several canaries. */
const IN_A_TITLE = 10;

const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function portIsFree(): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(5600, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Runs the bench in folders of its own, which it removes. */
export async function canaryBench(count: number): Promise<CanaryReport> {
  buildPage();
  const home = mkdtempSync(join(tmpdir(), 'canary-'));
  const notes = mkdtempSync(join(tmpdir(), 'canary-notes-'));
  const outside = mkdtempSync(join(tmpdir(), 'canary-user-'));
  const trace = join(outside, 'strace.log');
  const port = await portIsFree();
  const model = existsSync(modelsFolder);
  writeSettings(home, {
    folders: [notes],
    excludedTitles: ['for nobody'],
    eagerness: 1,
    activityWatch: { ingest: port },
    model: model ? { proposals: 'on', threshold: 0 } : { use: 'none' },
  } as never);
  const display = await startDisplay();
  const session = await startSession(display);
  try {
    const core = await startCore({
      home,
      env: { ...session.env, ...(model && { BEFOREHAND_MODELS: modelsFolder }) },
      through: [
        'strace',
        '-D',
        '-f',
        '-qq',
        '-s',
        '4096',
        '-o',
        trace,
        '-e',
        'trace=openat,creat,rename,renameat,renameat2,link,linkat',
      ],
      readyMs: 60_000,
    });
    try {
      return await run({ count, home, notes, outside, trace, port, display, session, core });
    } finally {
      await core.stop();
    }
  } finally {
    await session.stop();
    await display.stop();
    for (const folder of [home, notes, outside]) rmSync(folder, { recursive: true, force: true });
  }
}

interface Place {
  readonly count: number;
  readonly home: string;
  readonly notes: string;
  readonly outside: string;
  readonly trace: string;
  readonly port: boolean;
  readonly display: Display;
  readonly session: Session;
  readonly core: Core;
}

async function run(place: Place): Promise<CanaryReport> {
  const { home, notes, outside, trace, port, display, session, core } = place;
  const log = (await connectLog(core.paths.socket))!;
  const made = counted();
  try {
    const range = await sense(place, made.canary);
    await settled(log);
    // What a person may ask for meanwhile: a copy, an export, a report, the window with its browser's profile.
    const env = { ...core.env };
    await cli(env, ['log', 'backup', join(outside, 'copy.db')]);
    await cli(env, ['export', '--format', 'csv', '--out', join(outside, 'export')]);
    await cli(env, ['doctor', '--privacy']);
    await log.keepBackup();
    const window = await openWindow(core.url, { env: session.env, folder: home });
    if (window) {
      await until('the window', () =>
        display.call('xdotool', ['search', '--onlyvisible', '--name', 'Beforehand']).catch(() => ''),
      );
      await rest(500);
      await window.close();
    }

    const search = () => {
      const files = new Set([...filesBelow(home), ...writtenPaths(readFileSync(trace, 'utf8'))]);
      return [...files].filter((each) => !each.startsWith(notes) && !each.startsWith(outside));
    };
    const seen = searchFiles([...search(), join(outside, 'copy.db')], Object.values(GROUPS));
    const inExport = searchFiles(filesBelow(join(outside, 'export')), [GROUPS.dropped, GROUPS.redacted]);
    const onDisk = zip(seen.found);
    const key = readFileSync(core.paths.keyFile, 'utf8').trim();
    const pages = (now: string) => plainPages(core.paths.log, now);
    const before = pages(key);
    const inPages = zip(Object.values(GROUPS).map((each) => hits(before, disguises(each))));

    const forgot: { what: string; ms: number; group: Group; left: number }[] = [];
    const forget = async (what: string, group: Group, filter: ForgetFilter) => {
      const begun = performance.now();
      await log.forget(filter);
      const ms = Math.round(performance.now() - begun);
      const left = hits(pages(key), disguises(GROUPS[group]));
      forgot.push({ what, ms, group, left });
    };
    await forget('event', 'byEvent', { events: await idsOf(log, GROUPS.byEvent) });
    await forget(
      'site',
      'bySite',
      port ? { site: 'canary.example' } : { events: await idsOf(log, GROUPS.bySite, true) },
    );
    await forget('time', 'byTime', range);
    await forget('app', 'byApp', { app: await appOf(log, GROUPS.byApp) });
    const begun = performance.now();
    await log.forget({ everything: true });
    const ms = Math.round(performance.now() - begun);
    const files = search();
    const after = searchFiles(files, Object.values(GROUPS));
    const now = readFileSync(core.paths.keyFile, 'utf8').trim();
    const raw = Buffer.from(key, 'hex');
    const keyFaces = [...disguises(key), raw, Buffer.from(raw.toString('base64').slice(0, 40))];
    const keyLeft = files.reduce((sum, each) => sum + hits(contentOf(each) ?? Buffer.alloc(0), keyFaces), 0);
    const emptied = pages(now);
    const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
    return {
      canaries: made.counts(),
      files: seen.files,
      bytes: seen.bytes,
      onDisk: {
        ...onDisk,
        dropped: onDisk.dropped + inExport.found[0]!,
        redacted: onDisk.redacted + inExport.found[1]!,
      },
      inPages,
      forgot,
      afterEverything: {
        ms,
        files: sum(after.found),
        pages: sum(Object.values(GROUPS).map((each) => hits(emptied, disguises(each)))),
        key: keyLeft,
      },
      copies: (await log.copies()).length,
      port,
      model: (await core.client.call('state.get', {})).model.state,
    };
  } finally {
    await log.close();
  }
}

/** Sends the canaries through every source; returns the stretch of time in which the windows `byTime` were in front. */
async function sense(place: Place, canary: (group: Group) => string): Promise<{ from: number; to: number }> {
  const { count, notes, display, core, port } = place;
  const share = (part: number) => Math.max(1, Math.round(count * part));
  const copy = (text: string) => display.call('xclip', ['-selection', 'clipboard'], text);
  const open = async (name: string, ...more: readonly string[]) => {
    display.run('xterm', ['-T', name, ...more, '-e', 'sleep', '3600']);
    const id = await until(`the window ${name}`, () =>
      display
        .call('xdotool', ['search', '--onlyvisible', '--name', name])
        .then((found) => found.trim().split('\n').at(-1))
        .catch(() => ''),
    );
    await display.call('xdotool', ['windowactivate', '--sync', id!]);
    return async (title: string) => {
      await display.call('xdotool', ['set_window', '--name', title, id!]);
      await rest(PACE_MS);
    };
  };

  // By time: a stretch of its own.
  const title = await open('first window');
  await until(
    'the first window in the log',
    async () => (await core.client.call('observations.list', { text: 'first window' })).rows.length > 0,
    30_000,
    200,
  );
  const from = Date.now();
  const several = (group: Group, after = '') =>
    Array.from({ length: IN_A_TITLE }, () => `${canary(group)}${after}`).join(' and ');
  for (let n = 0; n < share(0.12 / IN_A_TITLE); n++) await title(`plan ${several('byTime')} of the day`);
  await title('quiet');
  await rest(1100);
  const to = Date.now();
  await rest(50);

  for (let n = 0; n < share(0.1 / IN_A_TITLE); n++) {
    await title(`report ${several('byApp')}`);
    await title(`mail to ${several('redacted', '@mail.example')}`);
    await title(`for nobody ${several('dropped')}`);
  }
  await title('quiet');
  for (let n = 0; n < share(0.08); n++) {
    await copy(`some words about ${canary('byApp')}`);
    await rest(60);
    await copy(`write to ${canary('redacted')}@mail.example`);
    await rest(60);
  }
  for (let n = 0; n < share(0.05); n++) {
    const bytes = Buffer.from(canary('dropped'));
    const mark = { 'x-kde-passwordManagerHint': { how: 'whole', bytes: Buffer.from('secret') } } as const;
    const owner = await ownSelection(display, {
      UTF8_STRING: { how: 'whole', bytes },
      ...(n % 2 === 0 && mark),
    });
    owner.copy();
    await rest(120);
    // Half of them are not marked, but taken back by their owner.
    owner.clear();
    await rest(60);
    owner.close();
  }
  for (let n = 0; n < share(0.1); n++) {
    await display.call('xdotool', ['type', '--delay', '8', `${canary('dropped')} `]);
  }
  for (let n = 0; n < share(0.1); n++) {
    writeFileSync(join(notes, `${canary('byEvent')}.md`), `inside ${canary('dropped')}\n`);
    writeFileSync(join(notes, `.${canary('dropped')}`), 'hidden');
    writeFileSync(join(notes, `${canary('redacted')}@mail.example.txt`), 'text');
    await rest(20);
  }
  await pages(place, canary, share(0.05), port ? await open('browser', '-class', 'firefox') : null);

  await core.client.call('capture.pause', { minutes: null });
  await title(`paused ${several('dropped')}`);
  for (let n = 0; n < share(0.05); n++) await copy(`paused ${canary('dropped')}`);
  await title('quiet');
  await copy('quiet');
  await core.client.call('capture.resume', {});
  return { from, to };
}

/** Through a browser's extension where the port is free, else as if it had been: straight into the log. */
async function pages(
  { core }: Place,
  canary: (group: Group) => string,
  many: number,
  front: ((title: string) => Promise<void>) | null,
): Promise<void> {
  const post = (path: string, body: object) =>
    fetch(`http://127.0.0.1:5600/api/0/buckets/aw-watcher-web-firefox_canary${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  const beat = (url: string, title: string, incognito: boolean) =>
    post('/heartbeat?pulsetime=80', {
      timestamp: new Date().toISOString(),
      duration: 0,
      data: { url, title, audible: false, incognito, tabCount: 1 },
    });
  if (!front) {
    const log = (await connectLog(core.paths.socket))!;
    const at = Date.now();
    const rows = Array.from({ length: many }, (): Event => {
      const word = canary('bySite');
      const data = { title: word, page: `https://www.canary.example/${word}` };
      return {
        id: crypto.randomUUID(),
        at,
        duration: 0,
        monitor: 'web',
        app: 'Firefox',
        kind: 'window',
        data,
      };
    });
    await log.append(rows);
    await log.close();
    return;
  }
  const log = (await connectLog(core.paths.socket))!;
  await post('', { client: 'aw-client-web', type: 'web.tab.current', hostname: 'canary' });
  // A title stays a second, so with pages there are fewer.
  for (let n = 0; n < Math.min(many, 20); n++) {
    const word = canary('bySite');
    await front(`${word} — Mozilla Firefox`);
    // A page counts only once its window is known to be in front; like the extension, we say it again.
    await until('the page in the log', async () => {
      await beat(`https://www.canary.example/${word}`, word, false);
      const { rows } = await log.events({ kinds: ['window'], limit: 50 });
      return rows.some((each) => each.kind === 'window' && each.data.page?.includes(word));
    });
    const hidden = canary('dropped');
    await beat(`https://www.canary.example/${hidden}`, hidden, true);
    await beat(`https://www.canary.example/#${canary('dropped')}`, word, false);
    await rest(150);
  }
  await log.close();
}

function counted() {
  const counts = { dropped: 0, redacted: 0, byEvent: 0, bySite: 0, byTime: 0, byApp: 0 };
  return {
    counts: () => counts,
    canary(group: Group): string {
      counts[group] += 1;
      // Letters alone: digits would make it look like a secret, and be redacted.
      const letters = Array.from(randomBytes(8), (byte) => 'bcdfghklmnprstvw'[byte % 16]).join('');
      return `${GROUPS[group]}${letters}`;
    },
  };
}

/** Waits until the log holds some of every kept group; what is still on its way is given a moment. */
async function settled(log: EventLog): Promise<void> {
  const missing = async () => {
    const all = JSON.stringify(await eventsOf(log));
    return KEPT.filter((each) => !all.includes(GROUPS[each]));
  };
  try {
    await until('the canaries in the log', async () => (await missing()).length === 0, 45_000, 500);
  } catch (thrown) {
    throw new Error(`the log holds nothing of ${(await missing()).join(', ')}`, { cause: thrown });
  }
  await rest(1500);
}

async function eventsOf(log: EventLog): Promise<Event[]> {
  const rows: Event[] = [];
  for (let before: number | undefined; ;) {
    const page = await log.events({ limit: 1000, ...(before !== undefined && { before }) });
    rows.push(...page.rows);
    if (page.next === undefined) return rows;
    before = page.next;
  }
}

async function idsOf(log: EventLog, prefix: string, optional = false): Promise<string[]> {
  const found = (await eventsOf(log)).filter((each) => JSON.stringify(each).includes(prefix));
  if (found.length === 0 && !optional) throw new Error(`no event holds ${prefix}`);
  return found.map((each) => each.id);
}

async function appOf(log: EventLog, prefix: string): Promise<string> {
  const found = (await eventsOf(log)).find((each) => JSON.stringify(each).includes(prefix));
  if (found?.app === undefined) throw new Error(`no app for ${prefix}`);
  return found.app;
}

function searchFiles(paths: readonly string[], prefixes: readonly string[]) {
  const faces = prefixes.map(disguises);
  const found = prefixes.map(() => 0);
  let files = 0;
  let bytes = 0;
  for (const path of paths) {
    const content = contentOf(path);
    if (!content) continue;
    files += 1;
    bytes += content.length;
    faces.forEach((each, n) => {
      const here = hits(content, each);
      found[n]! += here;
      if (here > 0 && process.env['CANARY_TALK']) process.stderr.write(`${prefixes[n]} in ${path}\n`);
    });
  }
  return { found, files, bytes };
}

function zip(found: readonly number[]): Record<Group, number> {
  return Object.fromEntries(Object.keys(GROUPS).map((name, n) => [name, found[n] ?? 0])) as Record<
    Group,
    number
  >;
}

/** What must be 0 in a report, added up. */
export function leaks(report: CanaryReport): number {
  const { onDisk, inPages, forgot, afterEverything } = report;
  const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
  return (
    sum(Object.values(onDisk)) +
    inPages.dropped +
    inPages.redacted +
    sum(forgot.map((each) => each.left)) +
    afterEverything.files +
    afterEverything.pages +
    afterEverything.key
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const report = await canaryBench(Number(process.argv[2] ?? 1000));
  console.log(JSON.stringify(report));
  process.exitCode = leaks(report) === 0 ? 0 : 1;
}
