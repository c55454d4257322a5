import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { buildPage, openBrowser, openWindow } from './browser.ts';
import { startFakeCore } from './fakeCore.ts';
import { createFakeDay } from './fakeDay.ts';

needs(['chromium'], 'browser and editor extensions in Settings', () => {
  let browser: Browser;
  beforeAll(async () => {
    buildPage();
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('are off until chosen, then say what is kept; a key is shown once', async () => {
    const core = await startFakeCore(createFakeDay());
    const window = await openWindow(browser, core, {});
    const { page } = window;
    await page.evaluate(() => (location.hash = '#/settings'));
    const section = page.getByRole('region', { name: 'Browser and editor extensions' });
    const listen = section.getByRole('switch', { name: 'Listen to ActivityWatch’s extensions' });
    await listen.waitFor();
    expect(await listen.getAttribute('aria-checked')).toBe('false');
    expect(await section.getByRole('switch').count()).toBe(1);
    await section.getByText('never private windows').waitFor();
    await listen.click();
    await section.getByText('chrome-extension://nglaklhklhcoonedhgnpgddginnjdadi').waitFor();
    await section.getByRole('switch', { name: 'Ask for a key' }).click();
    expect(await section.getByText('made-up-key').count()).toBe(0);
    await section.getByRole('button', { name: 'Make a new key' }).click();
    await section.getByText('made-up-key').waitFor();
    expect(core.calls.filter((each) => each.channel === 'settings.set').map((each) => each.input)).toEqual([
      { activityWatch: { ingest: true } },
      { activityWatch: { needsKey: true } },
    ]);
    if (process.env['SHOTS']) await section.screenshot({ path: `${process.env['SHOTS']}/clients.png` });
    // Left and come back to, the key is gone.
    await page.evaluate(() => (location.hash = '#/today'));
    await page.evaluate(() => (location.hash = '#/settings'));
    await section.getByRole('button', { name: 'Make a new key' }).waitFor();
    expect(await section.getByText('made-up-key').count()).toBe(0);
    expect(window.complaints).toEqual([]);
    await window.close();
    await core.stop();
  });
});
