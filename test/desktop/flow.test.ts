import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ProactiveBenchRow } from '../../src/export/proactivebench.ts';
import { Feedback } from '../../src/model/feedback.ts';
import { connectLog } from '../../src/log/owner.ts';
import { defaultModel, modelsFolder } from '../model/defaultModel.ts';
import { needs, program } from '../needs.ts';
import { until } from '../until.ts';
import { cli, startCore, writeSettings, type Core } from './core.ts';
import { startDisplay, type Display } from './display.ts';
import { clickNote, startSession, type Session } from './session.ts';

const PROGRAMS = [
  'Xvfb',
  'openbox',
  'xdotool',
  'xclip',
  'xterm',
  'mousepad',
  'chromium',
  'dbus-daemon',
  'xfce4-notifyd',
];

needs(PROGRAMS, 'from a live desktop to a logged answer', () => {
  const home = mkdtempSync(join(tmpdir(), 'flow-'));
  const folder = join(home, 'notes');
  let display: Display;
  let session: Session;
  let browser: Browser;
  let core: Core;
  let page: Page;

  beforeAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    // The browser here is a terminal with a browser's name: nobody can tell whether its window is private.
    writeSettings(home, {
      folders: [mkdtempSync(`${folder}-`)],
      eagerness: 1,
      cardSeconds: 8,
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
    page = await browser.newPage({ viewport: null });
    await page.goto(core.url);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    await session?.stop();
    await display?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const folderWatched = () =>
    JSON.parse(readFileSync(join(home, 'settings.json'), 'utf8')).folders[0] as string;
  const sentences = async () =>
    (await core.client.call('observations.list', { limit: 100 })).rows.map((row) => row.event);
  const observed = (what: string, pattern: RegExp) =>
    until(
      `the observation that ${what}`,
      async () => (await sentences()).find((each) => pattern.test(each)),
      15_000,
      100,
    );
  const answers = async () => {
    const log = await connectLog(core.paths.socket);
    const { rows } = await log!.feedbacks({ limit: 20 });
    await log!.close();
    return rows.map((row) => Feedback.parse(row)).toReversed();
  };
  const focus = async (name: string) => {
    const id = await until(`a window ${name}`, () =>
      display
        .call('xdotool', ['search', '--onlyvisible', '--name', name])
        .then((found) => found.trim().split('\n').at(-1))
        .catch(() => ''),
    );
    await display.call('xdotool', ['windowactivate', '--sync', id!]);
    return id!;
  };
  const copy = (text: string) => display.call('xclip', ['-selection', 'clipboard'], text);
  /** A click of the real pointer on what the page shows. */
  const click = async (button: ReturnType<Page['getByRole']>) => {
    await button.waitFor();
    const box = (await button.boundingBox())!;
    const at = await page.evaluate(() => ({
      x: window.screenX + (window.outerWidth - window.innerWidth) / 2,
      y: window.screenY + (window.outerHeight - window.innerHeight),
    }));
    const place = [at.x + box.x + box.width / 2, at.y + box.y + box.height / 2].map((n) =>
      String(Math.round(n)),
    );
    await display.call('xdotool', ['mousemove', ...place, 'click', '1']);
  };

  it('sees a window, typing, a copy and a saved file, and shows them in its window', async () => {
    display.run('xterm', ['-T', 'bike counts', '-geometry', '60x10+500+500']);
    await focus('^bike counts$');
    await observed('a window was switched to', /XTerm/);
    await display.call('xdotool', ['type', '--delay', '30', 'echo counting the bikes']);
    await copy('the north bridge counter was moved in March');
    await observed('something was copied', /copied 8 words.*north bridge/);
    await observed('something was typed', /typed [34] words/);

    const file = join(folderWatched(), 'stations.md');
    writeFileSync(file, 'north bridge\n');
    display.run('mousepad', [file]);
    await focus('stations.md');
    await display.call('xdotool', ['type', '--delay', '30', 'south gate ']);
    await display.call('xdotool', ['key', 'ctrl+s']);
    await observed('a file was saved', /saved.*'stations\.md'/);

    const all = await sentences();
    expect(all.join('\n')).not.toMatch(/counting the bikes|south gate/);
    await page
      .getByRole('button', { name: /Timeline/ })
      .or(page.getByRole('link', { name: /Timeline/ }))
      .first()
      .click();
    await expect.poll(() => page.locator('main').innerText(), { timeout: 10_000 }).toContain('stations.md');
  });

  it('proposes from a copied error and takes a real click on Accept', async () => {
    await focus('^bike counts$');
    await copy("Traceback (most recent call last):\nKeyError: 'left_on'");
    const accept = page
      .getByRole('complementary', { name: 'Suggestion' })
      .getByRole('button', { name: /^Accept/ });
    await accept.waitFor({ timeout: 20_000 });
    await focus('Beforehand');
    await click(accept);
    await until('the accepted row', async () => (await answers()).some((row) => row.label === 'accepted'));
    const [row] = await answers();
    expect(row).toMatchObject({ label: 'accepted', via: 'card' });
    expect(row!.proposal!.task).toContain('left_on');
    expect(row!.seen.some((each) => each.event.includes('left_on'))).toBe(true);
    await until('an answer', async () => {
      const found = await core.client.call('suggestions.get', { id: row!.suggestion! });
      return found.answer?.state === 'done' && found.answer.text.length > 0;
    });
  });

  it('takes Dismiss from a real notification', async () => {
    // A card in front takes the notification's place, and under Playwright every page says that it has the focus.
    await page.goto('about:blank');
    await focus('^bike counts$');
    await copy("ModuleNotFoundError: No module named 'geopandas'");
    await clickNote(display, 'dismiss');
    await until(
      'the rejected row',
      async () => (await answers()).some((row) => row.label === 'rejected'),
      20_000,
    );
    expect((await answers()).at(-1)).toMatchObject({ label: 'rejected', via: 'notification' });
    await page.goto(new URL(core.url).origin);
  });

  it('counts a suggestion that nobody answers as ignored', async () => {
    await focus('^bike counts$');
    await copy('TypeError: unsupported operand type(s) for +: int and str');
    await until(
      'the ignored row',
      async () => (await answers()).some((row) => row.label === 'ignored'),
      30_000,
      200,
    );
    expect((await answers()).at(-1)).toMatchObject({ label: 'ignored', via: 'timeout' });
  });

  it('exports rows of the ProactiveBench schema, and counts the ignored one and the bare dismissal, which tell no need', async () => {
    const out = join(home, 'export');
    const run = await cli(core.env, ['export', '--format', 'proactivebench', '--out', out, '--json']);
    expect(run.code, run.talk).toBe(0);
    const lines = readFileSync(join(out, 'reward_data.jsonl'), 'utf8').trim().split('\n');
    const rows = lines.map((line) => ProactiveBenchRow.parse(JSON.parse(line)));
    expect(rows.map((row) => [row.valid, row.help_needed])).toEqual([[true, true]]);
    const { counts } = JSON.parse(run.out);
    expect(counts.formats).toEqual({
      proactivebench: { rows: 1, leftOut: { ignored: 1, 'need-unknown': 1 } },
    });
    const csv = await cli(core.env, ['export', '--format', 'csv', '--out', join(home, 'csv'), '--json']);
    expect(csv.code, csv.talk).toBe(0);
    expect(readFileSync(join(home, 'csv', 'feedback.csv'), 'utf8')).toContain('ignored');
  });

  it('lets the real default model propose when it is switched on', async () => {
    await defaultModel();
    const stopped = await core.stop();
    expect(stopped.code).toBe(0);
    expect(stopped.ms).toBeLessThan(2000);
    writeSettings(home, {
      eagerness: 1,
      cardSeconds: 60,
      folders: [folderWatched()],
      trustedBrowsers: ['Chromium'],
      model: { proposals: 'on', threshold: 0, gpu: 'off' },
    });
    const env = { ...session.env, BEFOREHAND_MODELS: modelsFolder };
    core = await startCore({ home, env });
    page = await browser.newPage({ viewport: null });
    await page.goto(core.url);
    await focus('^bike counts$');
    // A search on screen passes the gate; one search is no pattern, so that what is proposed is the model's.
    display.run('xterm', [
      '-class',
      'Chromium',
      '-T',
      'merge two tables by nearest time - Google Search - Chromium',
    ]);
    const suggestion = await until(
      'a suggestion of the model',
      async () =>
        (await core.client.call('suggestions.list', { limit: 20 })).rows.find(
          (row) => row.proposal.proposer === 'model',
        ),
      90_000,
      300,
    );
    expect(suggestion.proposal.model).toContain('smollm2-135m');
    expect(suggestion.seen.length).toBeGreaterThan(0);
    // The suggestion is on disk first; its decision follows with the next batch.
    const made = await until('its decision', async () => {
      const found = await core.client.call('suggestions.get', { id: suggestion.id });
      return found.decision ? found : null;
    });
    expect(made.decision!.receipts[0]!.outputTokens).toBeGreaterThan(2);
    const accept = page
      .getByRole('complementary', { name: 'Suggestion' })
      .getByRole('button', { name: /^Accept/ });
    await accept.waitFor({ timeout: 20_000 });
    await focus('Beforehand');
    await click(accept);
    await until('its accepted row', async () =>
      (await answers()).some((row) => row.proposal?.proposer === 'model'),
    );
  });
});
