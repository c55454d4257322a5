import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { buildPage, openBrowser, openWindow } from './browser.ts';
import { startFakeCore } from './fakeCore.ts';
import { createFakeDay } from './fakeDay.ts';

needs(['chromium'], 'privacy report', () => {
  let browser: Browser;
  beforeAll(async () => {
    buildPage();
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('says of each source what is kept, what never is, how often and why, from the keyboard alone', async () => {
    const core = await startFakeCore(createFakeDay());
    const window = await openWindow(browser, core, {});
    const { page } = window;
    await page.evaluate(() => (location.hash = '#/settings'));
    const report = page.getByRole('region', { name: 'Privacy report' });
    const clipboard = report.getByRole('button', { name: /^Clipboard/ });
    await clipboard.waitFor();
    expect(await clipboard.textContent()).toContain('61 kept · 16 redacted · 41 dropped');
    await clipboard.focus();
    await page.keyboard.press('Enter');
    expect(await clipboard.getAttribute('aria-expanded')).toBe('true');
    await report.getByText('marked clipboard entry 41').waitFor();
    await report.getByText(/marked as a secret/).waitFor();
    await report.getByText(/^Nothing leaves this machine by itself/).waitFor();
    if (process.env['SHOTS']) {
      await report.scrollIntoViewIfNeeded();
      await report.screenshot({ path: `${process.env['SHOTS']}/report.png` });
    }
    await window.close();
    await core.stop();
  });
});
