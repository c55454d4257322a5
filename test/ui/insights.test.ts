import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { whatIf } from '../../src/suggestions/whatIf/whatIf.ts';
import { AppError } from '../../src/errors.ts';
import { violations } from './axe.ts';
import { buildPage, openBrowser, openWindow, type Window } from './browser.ts';
import { startFakeCore, type FakeCore } from './fakeCore.ts';
import { createFakeDay, type FakeDay } from './fakeDay.ts';
import { fakeInsights } from './fakeInsights.ts';

needs(['chromium'], 'insights in the window', () => {
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

  /** Weeks of made-up answers behind the real channels, and the dial over the same log. */
  function weeks(): FakeDay {
    const day = createFakeDay();
    day.insights = fakeInsights({ weeks: true });
    const { log } = day.insights;
    const { handlers } = day;
    day.handlers = (publish) => ({
      ...handlers(publish),
      'policy.whatIf': ({ eagerness, days = 30 }) =>
        whatIf({ log, clock: { now: Date.now }, settings: day.settings, eagerness, days }),
    });
    return day;
  }

  async function open(day: FakeDay, options: Parameters<typeof openWindow>[2] = {}) {
    core = await startFakeCore(day);
    window = await openWindow(browser, core, options);
    await window.page.getByRole('navigation').first().waitFor();
    await window.page.keyboard.press('Control+3');
    await window.page.getByRole('region', { name: 'Capture health' }).waitFor();
    return window.page;
  }
  const slider = (region: Locator) => region.getByRole('slider', { name: /Arrow keys move/ });
  const numbers = (text: string) => text.match(/\d+/g)?.map(Number) ?? [];

  it('shows the same numbers by key, by pointer, as a table and in the core', async () => {
    const day = weeks();
    const page = await open(day);
    const { days } = await day.insights['insights.get']({ days: 30 });
    const answers = page.getByRole('region', { name: 'Answers over time' });
    const plot = slider(answers);
    await plot.focus();
    await page.keyboard.press('Home');
    for (const at of [0, 7, 15]) {
      await expect.poll(() => plot.getAttribute('aria-valuenow')).toBe(String(at));
      const { accepted = 0, rejected = 0, ignored = 0, missed = 0 } = days[at]!.counts;
      const spoken = (await plot.getAttribute('aria-valuetext')) ?? '';
      expect(numbers(spoken).slice(1)).toEqual([accepted, rejected, ignored, missed]);
      for (let press = 0; press < (at === 0 ? 7 : 8); press++) await page.keyboard.press('ArrowRight');
    }
    const box = (await plot.boundingBox())!;
    const last = days.findLastIndex(({ counts }) => (counts.accepted ?? 0) > 0);
    const x = box.x + 30 + ((box.width - 38) * (last + 0.5)) / days.length;
    await page.mouse.move(x, box.y + 60);
    await expect.poll(() => plot.getAttribute('aria-valuenow')).toBe(String(last));
    expect(await plot.innerText()).toContain(String(days[last]!.counts.accepted));

    await answers.getByText('Table', { exact: true }).click();
    const all = days.reduce((sum, { counts }) => sum + (counts.accepted ?? 0), 0);
    const total = answers.getByRole('row', { name: /^All/ });
    expect(numbers(await total.innerText())[0]).toBe(all);
    await total.getByRole('button').first().click();
    const dialog = page.getByRole('dialog', { name: 'Accepted' });
    await dialog.getByRole('listitem').first().waitFor();
    expect(await dialog.getByRole('listitem').first().getAttribute('aria-setsize')).toBe(String(all));
    await page.keyboard.press('Escape');

    const { cells } = await day.insights['insights.get']({ days: 30 });
    const square = page.getByRole('region', { name: 'Need and offer' });
    await square.getByRole('button', { name: /Missed need/ }).click();
    const missed = page.getByRole('dialog', { name: 'Missed need' });
    await missed.getByRole('listitem').first().waitFor();
    expect(await missed.getByRole('listitem').first().getAttribute('aria-setsize')).toBe(String(cells.MN));
    await page.keyboard.press('Escape');

    await page.getByText('90 days').click();
    await until('asked anew', () => core.calls.some(({ input }) => (input as { days?: number }).days === 90));
    expect(window.complaints).toEqual([]);
  });

  it.each([{}, { dark: true }, { width: 360 }])('has nothing that axe minds, filled: %o', async (options) => {
    const page = await open(weeks(), options);
    await page.locator('.recharts-surface').first().waitFor();
    expect(await violations(page)).toEqual([]);
    for (const table of await page.getByText('Table', { exact: true }).all()) await table.click();
    expect(await violations(page)).toEqual([]);
    expect(window.complaints).toEqual([]);
  });

  it('says what will be there, that answers are too few, and that reading failed', async () => {
    const day = createFakeDay();
    let fails = true;
    const { handlers } = day;
    day.handlers = (publish) => ({
      ...handlers(publish),
      'insights.get': (input) => {
        if (fails) throw new AppError('disk-full', '[log] no room');
        return day.insights['insights.get'](input);
      },
    });
    const page = await open(day);
    const answers = page.getByRole('region', { name: 'Answers over time' });
    await answers.getByText('The figures could not be read.').waitFor();
    expect(await violations(page)).toEqual([]);
    fails = false;
    await answers.getByRole('button', { name: 'Try again' }).click();
    await answers.getByText('No suggestion yet').waitFor();
    await page.getByText('0 answers: too few to plot.').waitFor();
    await page.getByText('The shipped gate (gate-', { exact: false }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(window.complaints).toEqual([]);
  });

  it('tells the stretches of the day by key and as a table', async () => {
    const page = await open(createFakeDay());
    await page.keyboard.press('Control+1');
    const strip = page.getByRole('slider', { name: /^Your day by app/ });
    await strip.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    const spoken = (await strip.getAttribute('aria-valuetext')) ?? '';
    const [times, app, lasted] = spoken.split(', ');
    await page.getByRole('button', { name: 'Table' }).click();
    const row = page.getByRole('row', { name: new RegExp(`^${times}`) });
    expect(await row.innerText()).toContain(app);
    expect(await row.innerText()).toContain(lasted);
    expect(await violations(page)).toEqual([]);
    expect(window.complaints).toEqual([]);
  });
});
