import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectLog } from '../../src/log/owner.ts';
import type { EventLog } from '../../src/model/log.ts';
import type { Operation } from '../../src/model/proposal.ts';
import { suggestion } from '../suggestions/fakes.ts';
import { needs, program } from '../needs.ts';
import { until } from '../until.ts';
import { cli, startCore, writeSettings, type Core } from './core.ts';
import { startDisplay, type Display } from './display.ts';
import { startSession, type Session } from './session.ts';

const PROGRAMS = [
  'Xvfb',
  'openbox',
  'xdotool',
  'xterm',
  'mousepad',
  'chromium',
  'dbus-daemon',
  'xfce4-notifyd',
];
const OLD = ['IMG 1.txt', 'IMG 2.txt', 'IMG 3.txt'];
const NEW = ['oslo-01.txt', 'oslo-02.txt', 'oslo-03.txt'];

needs(PROGRAMS, 'files on a live desktop', () => {
  const home = mkdtempSync(join(tmpdir(), 'doing-'));
  const papers = join(realpathSync(home), 'Papers');
  let display: Display;
  let session: Session;
  let browser: Browser;
  let core: Core;
  let page: Page;

  beforeAll(async () => {
    mkdirSync(papers);
    writeSettings(home, {
      folders: [papers],
      eagerness: 0,
      cardSeconds: 120,
      notifications: false,
      trustedBrowsers: ['Chromium'],
    });
    display = await startDisplay();
    session = await startSession(display);
    core = await startCore({ home, env: session.env });
    browser = await chromium.launch({
      executablePath: program('chromium')!,
      headless: false,
      env: session.env as Record<string, string>,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--class=beforehand',
        '--window-position=0,0',
        '--window-size=900,760',
      ],
    });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    await session?.stop();
    await display?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const names = () => readdirSync(papers).toSorted();
  const focus = async (name: string) => {
    const id = await until(`a window ${name}`, () =>
      display
        .call('xdotool', ['search', '--onlyvisible', '--name', name])
        .then((found) => found.trim().split('\n').at(-1))
        .catch(() => ''),
    );
    await display.call('xdotool', ['windowactivate', '--sync', id!]);
  };
  /** The keyboard in the page itself: a click beside everything that could be clicked. */
  const intoPage = async () => {
    await page.bringToFront();
    await focus('Beforehand');
    const at = await page.evaluate(() => ({
      x: window.screenX + (window.outerWidth - window.innerWidth) / 2 + 100,
      y: window.screenY + (window.outerHeight - window.innerHeight) + window.innerHeight * 0.6,
    }));
    await display.call('xdotool', [
      'mousemove',
      String(Math.round(at.x)),
      String(Math.round(at.y)),
      'click',
      '1',
    ]);
    await until('the page has the keys', () => page.evaluate(() => document.hasFocus()));
  };
  const key = (chord: string) => display.call('xdotool', ['key', chord]);
  const withLog = async <T>(work: (log: EventLog) => Promise<T>): Promise<T> => {
    const log = await connectLog(core.paths.socket);
    return work(log!).finally(() => log!.close());
  };
  /** The files source has told of each file; its ids are the only names that an operation may use. */
  const ids = () =>
    until('events of all files', async () => {
      const { rows } = await withLog((log) => log.events({ kinds: ['file'], limit: 200 }));
      const found = OLD.map((name) => rows.find((row) => row.kind === 'file' && row.data.name === name)?.id);
      return found.every((each) => each !== undefined) ? found : null;
    });
  const openPage = async () => {
    page = await browser.newPage({ viewport: null });
    await page.goto(core.url);
    await page.getByRole('navigation').first().waitFor();
  };
  /** Leaves a rename as an earlier run would have: held, and shown at the next boundary after a start. */
  const hold = async (): Promise<string> => {
    const events = await ids();
    const operation: Operation = {
      kind: 'rename',
      files: OLD.map((name, at) => ({ file: { event: events[at]!, name }, to: NEW[at]! })),
    };
    const now = Date.now();
    const held = suggestion(`rename ${now}`, now, { until: now + 3_600_000 });
    const it = { ...held, proposal: { ...held.proposal, task: 'Rename the photos', operation } };
    await withLog((log) => log.suggest(it));
    return it.id;
  };
  /** Another program comes to the front: a good moment for a card. */
  const boundary = async () => {
    await focus('^one$');
    await focus('Mousepad|Untitled');
  };

  it('renames real files by one key and takes them back by another', async () => {
    for (const name of OLD) writeFileSync(join(papers, name), name);
    display.run('xterm', ['-T', 'one', '-geometry', '40x5+400+500']);
    display.run('mousepad', []);
    await hold();
    await core.stop();
    core = await startCore({ home, env: session.env });
    await openPage();
    await boundary();
    const card = page.getByRole('complementary', { name: 'Suggestion' });
    await card.getByText('Rename the photos').waitFor({ timeout: 20_000 });
    expect(names()).toEqual(OLD);
    await intoPage();
    await key('Return');
    await card.getByText('Renamed 3 files.').waitFor();
    expect(names()).toEqual(NEW);
    await key('ctrl+z');
    await card.getByText('Taken back: 3 files have their old names.').waitFor();
    expect(names()).toEqual(OLD);
    // What the program did is no doing of the person's.
    const { rows } = await core.client.call('observations.list', { limit: 100 });
    expect(rows.filter((row) => row.event.includes('renamed'))).toEqual([]);
    expect((await core.client.call('operations.list', {})).rows.map((row) => row.operation)).toEqual([
      'undo',
      'rename',
    ]);
  });

  it('takes them back after a kill and a new start, from the page of the suggestion', async () => {
    const id = await hold();
    await core.client.call('suggestions.answer', { id, answer: 'accept', via: 'inbox' });
    await until('the new names', () => names().join() === NEW.join());
    await until('its record', async () => {
      const { answer } = await core.client.call('suggestions.get', { id });
      return answer?.undoable;
    });
    const dead = new Promise((resolve) => core.process.once('exit', resolve));
    core.process.kill('SIGKILL');
    await dead;
    core = await startCore({ home, env: session.env });
    await openPage();
    await page.evaluate((to) => (location.hash = `#/suggestion/${to}`), id);
    const undo = page.getByRole('button', { name: 'Undo' });
    await undo.waitFor();
    await intoPage();
    await undo.focus();
    await key('Return');
    await page.getByText('Taken back: 3 files have their old names.').waitFor();
    expect(names()).toEqual(OLD);
  });

  it('takes them back from the command line, and says what has taken an old name', async () => {
    const id = await hold();
    await core.client.call('suggestions.answer', { id, answer: 'accept', via: 'inbox' });
    await until('its record', async () => {
      const { answer } = await core.client.call('suggestions.get', { id });
      return answer?.undoable;
    });
    writeFileSync(join(papers, OLD[0]!), 'something new');
    const half = await cli(core.env, ['undo', id.slice(0, 13), '--json']);
    expect(half.code).toBe(1);
    expect(JSON.parse(half.out).detail).toContain('there is a “IMG 1.txt” already');
    expect(names()).toEqual([...OLD, NEW[0]!].toSorted());
    rmSync(join(papers, OLD[0]!));
    expect(await cli(core.env, ['undo'])).toMatchObject({ code: 0 });
    expect(names()).toEqual(OLD);
  });
});
