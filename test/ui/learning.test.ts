import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { violations } from './axe.ts';
import { buildPage, openBrowser, openWindow, type Window } from './browser.ts';
import { startFakeCore, type FakeCore } from './fakeCore.ts';
import { createFakeDay } from './fakeDay.ts';
import { digestItems } from './fakeLearning.ts';

const SHOTS = process.env['SHOTS'];

needs(['chromium'], 'learning in the window', () => {
  let browser: Browser;
  let core: FakeCore;
  let window: Window;

  beforeAll(async () => {
    buildPage();
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    await window?.close();
    await core?.stop();
  });

  async function open(options: Parameters<typeof openWindow>[2] = {}) {
    const day = createFakeDay();
    day.learning.digest = digestItems();
    day.learning.days = 7;
    day.learning.mutes = [{ what: 'app', name: 'slack', at: 1 }];
    day.learning.receipts = {
      days: [
        {
          day: '2026-11-24',
          turns: 120,
          outcomes: { gate: 100, proposal: 4 },
          asked: 6,
          answers: 1,
          inferences: 9,
          promptTokens: 9000,
          prefillTokens: 1100,
          outputTokens: 210,
          seconds: 14.2,
          joules: null,
        },
      ],
      power: 'This computer does not tell how much power it draws.',
    };
    day.state = { ...day.state, hold: { kind: 'fullScreen' } };
    core = await startFakeCore(day);
    window = await openWindow(browser, core, options);
    await window.page.getByRole('navigation').first().waitFor();
    return window.page;
  }
  const inputsOf = (channel: string) =>
    core.calls.filter((call) => call.channel === channel).map((call) => call.input);
  async function shot(name: string) {
    if (!SHOTS) return;
    mkdirSync(SHOTS, { recursive: true });
    await window.page.screenshot({ path: join(SHOTS, `${name}.png`) });
  }

  it('labels the digest from the keyboard and says when it is done', async () => {
    const page = await open();
    await page.getByText('Label 2 moments').waitFor();
    await page.getByRole('button', { name: /^Label \d/ }).click();
    await page.getByText('Would you have taken it?').waitFor();
    await shot('digest');
    await page.keyboard.press('n');
    await page.getByText('Would help have been welcome here?').waitFor();
    await page.keyboard.press('y');
    await page.getByRole('dialog').getByText('All done: 2 answers today.').waitFor();
    const given = inputsOf('digest.answer') as { answer: string }[];
    expect(given.map((each) => each.answer)).toEqual(['reject', 'needed']);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('button', { name: /^Label \d/ }).count()).toBe(0);
    expect(window.complaints).toEqual([]);
  });

  it('says what the dial would have done, why nothing comes now, and what a day cost', async () => {
    const page = await open();
    await page.getByText('no cards now: a window fills the screen').first().waitFor();
    await page.getByText('Over your last 7 days:').waitFor();
    await page.getByText('6 shown, about 4 accepted, about 2.4 needs missed').waitFor();
    await page.getByRole('slider', { name: 'How eager' }).focus();
    for (let press = 0; press < 4; press += 1) await page.keyboard.press('ArrowRight');
    await page.getByText('9 shown, about 6 accepted').waitFor();
    await shot('whatif');
    await page.getByRole('button', { name: 'The whole dial' }).click();
    const dial = page.getByRole('region', { name: 'How eager' });
    await dial.getByText('Table').click();
    await dial.getByRole('row', { name: /40 \(now\)/ }).waitFor();
    const cost = page.getByRole('region', { name: 'What it cost' });
    await cost.getByText('Table').click();
    await cost.getByRole('row', { name: /Nov 24.*93 %/ }).waitFor();
    await shot('receipts');
    expect(window.complaints).toEqual([]);
  });

  it('learns anew, compares, and goes back to the shipped model', async () => {
    const page = await open();
    await page.keyboard.press('Control+4');
    const card = page.getByRole('region', { name: 'What your answers taught' });
    await card.getByText('No answers yet').waitFor();
    await card.getByRole('button', { name: 'Learn anew' }).click();
    await card.getByText('0.79').waitFor();
    await shot('reward');
    await card.getByRole('button', { name: 'Use as shipped' }).click();
    await until('the shipped one is used', () => inputsOf('reward.use').length === 1);
    await card.getByRole('button', { name: /^Use of / }).waitFor();
    expect(window.complaints).toEqual([]);
  });

  it('mutes from a suggestion’s page and unmutes in Settings, where the holds are', async () => {
    const page = await open();
    await page.getByRole('list', { name: 'Waiting for you' }).getByRole('button').first().click();
    await page.getByRole('button', { name: 'Never again' }).click();
    await page.getByRole('menuitem', { name: 'Nothing of this kind' }).click();
    await until('it is muted', () => inputsOf('policy.mute').length === 1);
    await page.keyboard.press('Control+6');
    const list = page.getByRole('list', { name: 'Muted for good' });
    await list.getByRole('button', { name: 'Unmute slack' }).click();
    await until('it is unmuted', () => core.day.learning.mutes.length === 1);
    await page.getByRole('switch', { name: 'In a meeting' }).click();
    await until('the hold is off', () => !core.day.settings.holds.meetings);
    expect(core.day.settings.holds.fullScreen).toBe(true);
    await shot('settings');
    expect(window.complaints).toEqual([]);
  });

  for (const [dark, width] of [
    [false, 1100],
    [true, 360],
  ] as const) {
    it(`has nothing that axe objects to, ${dark ? 'dark, narrow' : 'light'}`, async () => {
      const page = await open({ dark, width });
      await page.getByText('Label 2 moments').waitFor();
      expect(await violations(page)).toEqual([]);
      await shot(`today-${dark ? 'dark' : 'light'}`);
      await page.getByRole('button', { name: /^Label \d/ }).click();
      await page.getByText('Would you have taken it?').waitFor();
      expect(await violations(page)).toEqual([]);
      await shot(`digest-${dark ? 'dark' : 'light'}`);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+4');
      await page.getByRole('button', { name: 'Learn anew' }).click();
      await page.getByText('0.79').waitFor();
      expect(await violations(page)).toEqual([]);
      await shot(`reward-${dark ? 'dark' : 'light'}`);
      await page.keyboard.press('Control+6');
      await page.getByRole('list', { name: 'Muted for good' }).scrollIntoViewIfNeeded();
      expect(await violations(page)).toEqual([]);
      await shot(`settings-${dark ? 'dark' : 'light'}`);
    });
  }
});
