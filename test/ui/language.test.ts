import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { buildPage, openBrowser, openWindow } from './browser.ts';
import { startFakeCore } from './fakeCore.ts';

needs(['chromium'], 'language', () => {
  let browser: Browser;
  beforeAll(async () => {
    buildPage();
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('changes with the setting, keeps what has the focus, and is there at the next start', async () => {
    const core = await startFakeCore();
    const window = await openWindow(browser, core, {});
    const { page } = window;
    const lang = () => page.evaluate(() => document.documentElement.lang);
    await page.evaluate(() => (location.hash = '#/settings'));
    const german = page.getByRole('radio', { name: 'Deutsch' });
    await german.focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Verlauf', exact: false }).first().waitFor();
    expect(await lang()).toBe('de');
    expect(core.day.settings.language).toBe('de');
    expect(await german.evaluate((radio) => radio === document.activeElement)).toBe(true);
    await page.reload();
    await page.getByRole('navigation', { name: 'Bereiche' }).waitFor();
    expect(await lang()).toBe('de');
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: 'Sprache: English' }).click();
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await until('the page says that it is English', async () => (await lang()) === 'en');
    expect(window.complaints).toEqual([]);
    await window.close();
    await core.stop();
  });
});
