import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ProactiveBenchRow } from '../../src/export/proactivebench.ts';
import { needs, program } from '../needs.ts';
import { until } from '../until.ts';
import { defaultModel, modelsFolder } from '../model/defaultModel.ts';
import { cli, root, startCore, type Core } from './core.ts';
import { startDisplay, type Display } from './display.ts';
import { startSession, type Session } from './session.ts';
import { createSteps, type Steps } from './steps.ts';

const PROGRAMS = [
  'Xvfb',
  'openbox',
  'xdotool',
  'mousepad',
  'chromium',
  'dbus-daemon',
  'xfce4-notifyd',
  'import',
];

/** What a person gets wrong at half past nine: three lines typed into an editor, and copied from there. */
const ERROR = ['Traceback (most recent call last):', '  File "bikes.py", line 12', "KeyError: 'left_on'"];

needs(PROGRAMS, 'a newcomer with a keyboard alone', () => {
  const home = mkdtempSync(join(tmpdir(), 'walk-'));
  let display: Display;
  let session: Session;
  let browser: BrowserContext;
  let core: Core;
  let page: Page;
  let steps: Steps;

  beforeAll(async () => {
    await defaultModel();
    display = await startDisplay();
    session = await startSession(display);
    // Nothing is set up: the home is empty but for what Welcome will write there.
    core = await startCore({ home, env: { ...session.env, BEFOREHAND_MODELS: modelsFolder } });
    browser = await chromium.launchPersistentContext(join(home, 'browser'), {
      executablePath: program('chromium')!,
      headless: false,
      viewport: null,
      env: session.env as Record<string, string>,
      args: [
        '--no-sandbox',
        '--test-type',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--class=beforehand',
        `--app=${core.url}`,
        '--window-position=0,0',
        '--window-size=1120,760',
      ],
    });
    page = browser.pages()[0]!;
    // The pointer is parked in a corner and never moved again.
    await display.call('xdotool', ['mousemove', '1279', '799']);
    steps = createSteps({ display, page, folder: join(root, 'out', 'walk') });
  }, 90_000);

  afterAll(async () => {
    await browser?.close();
    await core?.stop();
    await session?.stop();
    await display?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('gets from Welcome to an accepted suggestion and to an export', async () => {
    const { press, reach, type, picture, reads } = steps;

    await reads('Step 1 of 4');
    await picture('welcome', 'What it does and what it never does.');
    await reach('Continue');
    await press('Return');
    await reads('Step 2 of 4');
    await picture('sources', 'What it may see, and the sentence that is stored.');
    await reach('Continue');
    await press('Return');
    await reads('Step 3 of 4');
    await picture('model', 'The model by this machine’s memory.');
    await reach('Continue');
    await press('Return');
    await reads('Step 4 of 4');
    await picture('begin', 'Live or shadow.');
    await reach('Start watching');
    await press('Return');
    await reads('Today');
    await picture('today', 'The first minute: nothing to say yet.');

    display.run('mousepad', []);
    const editor = await steps.window('Untitled');
    await display.call('xdotool', ['windowsize', editor, '600', '300', 'windowmove', editor, '20', '440']);
    for (const line of ERROR) {
      await type(line);
      await press('Return');
    }
    await picture('editor', 'An error is typed into an editor …');
    await press('ctrl+a');
    await press('ctrl+c');
    await steps.offered();
    expect(await steps.focused()).toContain('Untitled');
    await picture('offered', '… and copied. The card comes; the editor keeps the focus.');
    await press('alt+Tab');
    await until('the window in front', async () => (await steps.focused()).includes('Beforehand'));
    await press('Return');
    await until(
      'the accepted answer',
      async () =>
        (await core.client.call('suggestions.list', { states: ['accepted'], limit: 5 })).rows.length > 0,
    );
    await steps.answered();
    await picture('accepted', 'Return accepts; the answer stands on the card.');
    await press('Escape');

    await press('ctrl+k');
    await type('export');
    await picture('palette', 'Every action by name.');
    await press('Return');
    await reads(/Export/);
    await picture('choose', 'What is exported, and how names are replaced.');
    await reach('Preview');
    await press('Return');
    await reads(/leaves/i);
    await picture('look', 'What would leave, row by row.');
    await reach(/agree/i);
    await press('space');
    await reach(/^Write/);
    await press('Return');
    await reads(/verify/i);
    await picture('written', 'Written, with the line that checks it.');

    const [folder] = readdirSync(join(home, 'exports'));
    const rows = readFileSync(join(home, 'exports', folder!, 'reward_data.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(rows.map((row) => ProactiveBenchRow.parse(JSON.parse(row)).valid)).toEqual([true]);
    const verified = await cli(core.env, ['export', 'verify', join(home, 'exports', folder!), '--json']);
    expect(verified.code, verified.talk).toBe(0);
    await steps.sheet();
  }, 180_000);
});
