import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { buildPage, openBrowser, openWindow } from './browser.ts';
import { startFakeCore } from './fakeCore.ts';
import { createFakeDay } from './fakeDay.ts';

needs(['chromium'], 'typed text in Settings', () => {
  let browser: Browser;
  beforeAll(async () => {
    buildPage();
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('is off until an app is chosen, and says what is kept, what never is, and shows a sample', async () => {
    const core = await startFakeCore(createFakeDay());
    const window = await openWindow(browser, core, {});
    const { page } = window;
    await page.evaluate(() => (location.hash = '#/settings'));
    const section = page.getByRole('region', { name: 'Typed text' });
    await section.getByText('off: no app is chosen').waitFor();
    await section.getByText(/at most 30 seconds/).waitFor();
    await section.getByText(/for 30 days/).waitFor();
    await section.getByText(/Never kept: anything in password fields, terminals/).waitFor();
    await section.getByText('call me on +44').waitFor();
    await section.getByText('call me on [PHONE_1]').waitFor();
    await section.getByLabel('Part of an app’s name, for typed text').fill('mousepad');
    await page.keyboard.press('Enter');
    await section.getByText('on in 1 app').waitFor();
    await section.getByText(/accessibility is on/).waitFor();
    if (process.env['SHOTS']) await section.screenshot({ path: `${process.env['SHOTS']}/typed.png` });
    await section.getByRole('button', { name: 'Remove mousepad' }).click();
    await section.getByText('off: no app is chosen').waitFor();
    expect(core.calls.filter((each) => each.channel === 'settings.set').map((each) => each.input)).toEqual([
      { typedApps: ['mousepad'] },
      { typedApps: [] },
    ]);
    expect(window.complaints).toEqual([]);
    await window.close();
    await core.stop();
  });
});
