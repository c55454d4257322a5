import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { violations } from './axe.ts';
import { buildPage, openBrowser, openWindow, type Window } from './browser.ts';
import { startFakeCore, type FakeCore } from './fakeCore.ts';
import { createFakeDay, offerOf } from './fakeDay.ts';

needs(['chromium'], 'what a model may do, in the window', () => {
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

  async function open() {
    const day = createFakeDay();
    day.suggestions = [];
    const hidden =
      'What it proposes is hidden: it was not measured on this computer yet; run: beforehand models measure';
    day.state = { ...day.state, model: { ...day.state.model, shows: false, hidden } };
    core = await startFakeCore(day);
    window = await openWindow(browser, core);
    await window.page.getByRole('navigation').first().waitFor();
    return { page: window.page, day };
  }

  it('an answer that a larger model would write better leads to the choice of one, by keys too', async () => {
    const { page, day } = await open();
    const offer = offerOf({ operation: { kind: 'chat', instruction: 'Explain it.' } }, 400);
    day.offer(offer, core.publish);
    const card = page.getByRole('complementary', { name: 'Suggestion' });
    await card.getByRole('button', { name: 'Accept' }).click();
    const answer = {
      suggestion: offer.id,
      at: Date.now(),
      text: 'The error',
      state: 'done' as const,
      note: 'A larger model would explain the cause: choose one in Settings.',
      larger: true,
    };
    day.answers.set(offer.id, answer);
    core.publish('answer', answer);
    const choose = card.getByRole('button', { name: 'Choose a larger model' });
    await choose.waitFor();
    expect(await violations(page)).toEqual([]);
    await choose.focus();
    await page.keyboard.press('Enter');
    await card.waitFor({ state: 'detached' });
    await until('the models have the focus', () =>
      page.evaluate(() => document.activeElement?.id === 'models'),
    );
    expect(await page.getByRole('list', { name: 'Model' }).isVisible()).toBe(true);
  });

  it('Settings say why the proposals of a model are hidden, and measure it', async () => {
    const { page } = await open();
    await page.goto(`${page.url().split('#')[0]}#/settings`);
    await page.getByText(/not measured on this computer yet/).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Measure now' }).click();
    await page.getByText('Measuring: 9 of 36 moments').waitFor();
    expect(core.calls.filter(({ channel }) => channel === 'models.measure')).toHaveLength(1);
    const message = 'What it proposes stays hidden: too slow.';
    core.publish('progress', { task: 'measure', done: 36, total: 36, state: 'done', message });
    await page.getByText(`Measured. ${message}`).waitFor();
  });
});
