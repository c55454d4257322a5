import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/model/id.ts';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { buildPage, openBrowser, openWindow, type Window } from './browser.ts';
import { startFakeCore, type FakeCore } from './fakeCore.ts';
import { createFakeDay } from './fakeDay.ts';

needs(['chromium'], 'the timeline and the settings', () => {
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

  async function open(screen: 2 | 6, rows?: number) {
    core = await startFakeCore(createFakeDay({ rows }));
    window = await openWindow(browser, core);
    await window.page.getByRole('navigation').waitFor();
    await window.page.keyboard.press(`Control+${screen}`);
    return window.page;
  }
  const boxes = () => window.page.locator('[data-row]');

  it('holds 5,000 rows and draws a screenful', async () => {
    const page = await open(2, 5000);
    await boxes().first().waitFor();
    const list = page.getByRole('list', { name: 'Observations, newest first' });
    const seen = new Set<string>();
    for (let turn = 0; turn < 400 && !seen.has('0'); turn++) {
      expect(await boxes().count()).toBeLessThan(120);
      for (const text of await list.getByText(/number \d+\.$/).allTextContents()) {
        seen.add(/number (\d+)\.$/.exec(text)?.[1] ?? '');
      }
      await list.evaluate((each) => each.parentElement?.scrollBy(0, 100_000));
      await page.waitForTimeout(30);
    }
    expect(seen.has('4999')).toBe(true);
    expect(seen.has('0')).toBe(true);
    expect(window.complaints).toEqual([]);
  });

  const focused = () =>
    window.page.evaluate(
      () => /number (\d+)\.$/.exec(document.activeElement?.getAttribute('aria-label') ?? '')?.[1],
    );
  const readings = () => core.calls.filter((call) => call.channel === 'observations.at').length;

  it('walks to the end and back by keys, reading only what it shows', async () => {
    const page = await open(2, 5000);
    await boxes().first().focus();
    await page.keyboard.press('ArrowDown');
    await until('the second row', async () => (await focused()) === '4998');
    const before = readings();
    await page.keyboard.press('End');
    await until('the oldest row', async () => (await focused()) === '0');
    expect(readings() - before).toBeLessThan(4);
    await page.keyboard.press('PageUp');
    await until('a screen before it', async () => Number(await focused()) > 10);
    await page.keyboard.press('Home');
    await until('the newest row', async () => (await focused()) === '4999');
    const list = page.getByRole('listitem');
    expect(await list.nth(1).getAttribute('aria-setsize')).toBe('5000');
    expect(await list.nth(1).getAttribute('aria-posinset')).toBe('1');
  });

  it('goes to a day, and keeps its place while new rows come', async () => {
    core = await startFakeCore(createFakeDay());
    const noon = new Date().setHours(12, 0, 0, 0) - 86_400_000;
    core.day.observations = Array.from({ length: 1500 }, (_, n) => {
      const time = noon - Math.floor(n / 300) * 86_400_000 - (n % 300) * 20_000;
      const id = newId(time);
      return { id, time, duration: 0, kind: 'window', app: 'Code', sources: [id], event: `Row ${n} of it.` };
    });
    window = await openWindow(browser, core);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('Control+2');
    await page.getByText('Row 0 of it.').waitFor();
    const day = new Date(noon - 2 * 86_400_000);
    const two = (value: number) => String(value).padStart(2, '0');
    await page
      .getByLabel('Go to a day')
      .fill(`${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`);
    const row = page.getByText('Row 600 of it.');
    await row.waitFor();
    const place = await row.boundingBox();
    const fresh = Array.from({ length: 30 }, (_, n) => {
      const id = newId();
      return {
        id,
        time: Date.now() + n,
        duration: 0,
        kind: 'window',
        app: 'Krita',
        sources: [id],
        event: `New ${n}.`,
      };
    });
    core.publish('observed', fresh);
    core.day.observations = [...fresh.toReversed(), ...core.day.observations];
    await until(
      'the list is longer',
      async () => (await page.getByRole('listitem').last().getAttribute('aria-setsize')) === '1530',
    );
    expect((await row.boundingBox())?.y).toBe(place?.y);
    await boxes().first().focus();
    await page.keyboard.press('Home');
    await page.getByText('New 29.').waitFor();
    expect(await page.getByText('New 29.').count()).toBe(1);
  });

  it('selects an hour and a range with rows that were never read, but for one, and forgets just those', async () => {
    core = await startFakeCore(createFakeDay());
    const hour = new Date(Date.now() - 86_400_000).setMinutes(0, 0, 0);
    const made = (time: number, n: number) => {
      const id = newId(time);
      return { id, time, duration: 0, kind: 'window', app: 'Code', sources: [id], event: `Row ${n} of it.` };
    };
    const full = Array.from({ length: 900 }, (_, n) => made(hour + 3_500_000 - n * 1000, n));
    const older = Array.from({ length: 900 }, (_, n) =>
      made(hour - 3_600_000 + 3_500_000 - n * 1000, 900 + n),
    );
    core.day.observations = [...full, ...older];
    window = await openWindow(browser, core);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('Control+2');
    await page.getByText('Row 0 of it.').waitFor();
    await page.getByRole('button', { name: 'Select this hour' }).first().click();
    await page.getByText('900 selected').waitFor();
    await page.getByRole('checkbox', { name: 'Select: Row 2 of it.' }).click();
    await page.getByText('899 selected').waitFor();
    await page.keyboard.press('Delete');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Forgot 899 observations.').waitFor();
    expect(core.day.observations.map((row) => row.event)).toEqual([
      'Row 2 of it.',
      ...older.map((row) => row.event),
    ]);

    await page.getByRole('checkbox', { name: 'Select: Row 2 of it.' }).click();
    await page.keyboard.press('End');
    await page.getByRole('checkbox', { name: 'Select: Row 1799 of it.' }).click({ modifiers: ['Shift'] });
    await page.getByText('901 selected').waitFor();
    await page.getByRole('checkbox', { name: 'Select: Row 1790 of it.' }).click();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await until('one is left', () => core.day.observations.length === 1);
    expect(core.day.observations[0]?.event).toBe('Row 1790 of it.');
    await page.getByText('Row 1790 of it.').waitFor();
    await until('one row is listed', async () => (await boxes().count()) === 1);
  });

  it('searches, selects a range by shift, and deletes it', async () => {
    const page = await open(2, 5000);
    await page.keyboard.press('/');
    await page.keyboard.type('saves test_merge');
    await until('only saves are listed', async () => {
      const texts = await page.locator('[role=listitem] p').allTextContents();
      return texts.length > 3 && texts.every((text) => text.includes('saves'));
    });
    const names = await boxes().evaluateAll((all) => all.slice(0, 3).map((each) => each.id.slice(4)));
    await boxes().nth(0).click();
    await boxes()
      .nth(2)
      .click({ modifiers: ['Shift'] });
    await page.getByText('3 selected').waitFor();
    await page.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Forgot 3 observations.').waitFor();
    expect(core.day.observations).toHaveLength(4997);
    expect(core.day.observations.some((row) => names.includes(row.id))).toBe(false);
    await until('the rows are gone', async () => (await page.locator(`#row-${names[0]}`).count()) === 0);
  });

  it('forgets an app and a range', async () => {
    const page = await open(2);
    await page.getByRole('button', { name: 'Actions for Firefox' }).first().click();
    await page.getByRole('menuitem', { name: 'Forget everything from Firefox' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await until('Firefox is gone', () => !core.day.observations.some((row) => row.app === 'Firefox'));
    await until('and off the screen', async () => (await page.getByText(/in Firefox\./).count()) === 0);
    expect(core.day.observations.length).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Forget a range' }).click();
    await page.getByRole('button', { name: 'Today' }).last().click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Nothing has been observed yet.').waitFor();
    expect(core.day.observations).toHaveLength(0);
  });

  it('shows a new observation, a grown one, and counts what was dropped', async () => {
    const page = await open(2);
    await boxes().first().waitFor();
    const id = newId();
    const row = { id, time: Date.now(), duration: 0, kind: 'window', app: 'Krita', sources: [id] };
    core.publish('observed', [{ ...row, event: 'The user opens Krita.' }]);
    await page.getByText('The user opens Krita.').waitFor();
    core.publish('observed', [{ ...row, duration: 9000, event: 'The user paints in Krita.' }]);
    await page.getByText('The user paints in Krita.').waitFor();
    expect(await page.getByText('The user opens Krita.').count()).toBe(0);
    await page.getByRole('button', { name: '212 dropped since it started', exact: true }).click();
    await page.getByText('excluded app 150').waitFor();
  });

  it('says when nothing matches', async () => {
    const page = await open(2);
    await page.keyboard.press('/');
    // The screen may still be on its way when the key comes.
    await page.locator('input:focus').waitFor();
    await page.keyboard.type('zzz');
    await page.getByText('Nothing matches “zzz”.').waitFor();
  });

  it('changes settings, and keeps numbers within their bounds', async () => {
    const page = await open(6);
    await page.getByRole('switch', { name: 'Clipboard' }).click();
    await page.getByRole('textbox', { name: 'Part of an app’s name', exact: true }).fill('KeePass');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Remove KeePass' }).waitFor();
    await page.getByRole('textbox', { name: 'A card stays for' }).fill('9999');
    await page.keyboard.press('Tab');
    await page.getByText('Shadow', { exact: true }).click();
    const dial = page.getByRole('slider', { name: 'How eager' });
    await dial.focus();
    await page.keyboard.press('ArrowRight');
    await until('all is kept', () => core.day.settings.eagerness === 0.45);
    expect(core.day.settings).toMatchObject({
      excludedApps: ['KeePass'],
      cardSeconds: 600,
      mode: 'shadow',
      sources: { clipboard: false, window: true },
    });
    await page.getByText('Dark', { exact: true }).click();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await page.reload();
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  });

  it('forgets a site, asks for a new key, and keeps the days of a source within their bounds', async () => {
    const page = await open(6);
    const sent = (channel: string) =>
      core.calls.filter((call) => call.channel === channel).map((call) => call.input);
    const days = page.getByRole('textbox', { name: 'Clipboard', exact: true });
    await days.fill('99999');
    await page.keyboard.press('Tab');
    await until('the days are kept', () => core.day.settings.retentionDays.clipboard === 3650);
    await page.getByRole('button', { name: 'Forget a site…' }).click();
    const dialog = page.getByRole('dialog');
    const yes = dialog.getByRole('button', { name: 'Delete' });
    expect(await yes.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(' example.org ');
    await yes.click();
    await until('the site is forgotten', () => sent('forget').length > 0);
    expect(sent('forget')).toEqual([{ site: 'example.org' }]);
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'New key…' }).click();
    await dialog.getByRole('button', { name: 'New key' }).click();
    await page.getByText('The log has a new key.').waitFor();
    expect(sent('key.rotate')).toEqual([{}]);
    expect(window.complaints).toEqual([]);
  });

  it('forgets everything only when the word was typed', async () => {
    const page = await open(6);
    await page.getByRole('button', { name: 'Forget everything…' }).click();
    const dialog = page.getByRole('dialog');
    const yes = dialog.getByRole('button', { name: 'Forget everything' });
    expect(await yes.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('forget');
    await yes.click();
    await until('it is all gone', () => core.day.observations.length === 0);
  });
});
