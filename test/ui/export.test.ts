import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { violations } from './axe.ts';
import { buildPage, openBrowser, openWindow, type Window } from './browser.ts';
import { type FakeCore, startFakeCore } from './fakeCore.ts';
import { createFakeDay } from './fakeDay.ts';

needs(['chromium'], 'the export dialog', () => {
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

  const shot = async (name: string) => {
    if (process.env['SHOTS']) await window.page.screenshot({ path: `${process.env['SHOTS']}/${name}.png` });
  };
  const called = (channel: string) => core.calls.filter((each) => each.channel === channel);

  for (const dark of [false, true]) {
    it(`choose, look, agree, written: from the keyboard alone, ${dark ? 'dark' : 'light'}`, async () => {
      core = await startFakeCore(createFakeDay());
      window = await openWindow(browser, core, { dark });
      const { page } = window;
      await page.getByRole('navigation', { name: 'Screens' }).waitFor();
      await page.keyboard.press('Control+k');
      await page.keyboard.type('export training');
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: 'Export training data' });
      await dialog.waitFor();
      expect(await violations(page), 'choose').toEqual([]);
      await shot(`export-choose-${dark ? 'dark' : 'light'}`);
      // ProactiveBench is chosen; the table too.
      await dialog.getByRole('checkbox', { name: /^Table/ }).focus();
      await page.keyboard.press('Space');
      await dialog.getByLabel('Replace these words too').focus();
      await page.keyboard.type('Falcon\nBlue Heron');
      await dialog.getByRole('button', { name: 'Preview' }).focus();
      await page.keyboard.press('Enter');

      await dialog.getByText('What leaves, line by line').waitFor();
      expect(called('export.preview').map(({ input }) => input)).toEqual([
        { formats: ['proactivebench', 'csv'], names: 'replace', hide: ['Falcon', 'Blue Heron'] },
      ]);
      expect(await dialog.locator('del').textContent()).toContain('falcon_budget.xlsx');
      expect(await dialog.locator('ins').textContent()).toContain("'file-2.xlsx' in 'folder-1'");
      await dialog.getByText('1 answer left out: ignored, so nobody said anything').first().waitFor();
      expect(await violations(page), 'look').toEqual([]);
      await shot(`export-look-${dark ? 'dark' : 'light'}`);
      const write = dialog.getByRole('button', { name: 'Write' });
      expect(await write.isDisabled()).toBe(true);
      expect(called('export.write')).toEqual([]);
      await dialog.getByRole('checkbox', { name: 'I agree to this' }).focus();
      await page.keyboard.press('Space');
      await write.focus();
      await page.keyboard.press('Enter');

      await dialog.getByText('Written').waitFor();
      expect(called('export.write').map(({ input }) => input)).toEqual([
        {
          choice: { formats: ['proactivebench', 'csv'], names: 'replace', hide: ['Falcon', 'Blue Heron'] },
          consent: 'This export holds what was seen.',
        },
      ]);
      expect(await violations(page), 'written').toEqual([]);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    });
  }

  it('names kept are said, a folder of one’s own is sent, and a refusal leaves the person where they were', async () => {
    core = await startFakeCore(createFakeDay());
    window = await openWindow(browser, core, {});
    const { page } = window;
    await page.evaluate(() => (location.hash = '#/settings'));
    await page.getByRole('button', { name: 'Export…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export training data' });
    await dialog.getByRole('radio', { name: 'Kept' }).check({ force: true });
    await dialog.getByRole('button', { name: 'Preview' }).click();
    await dialog.getByText('Names are kept as they are.').waitFor();
    await dialog.getByLabel('Folder').fill('/refused');
    await dialog.getByRole('checkbox', { name: 'I agree to this' }).check();
    await dialog.getByRole('button', { name: 'Write' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/holds other files/)
      .waitFor();
    expect(called('export.write').map(({ input }) => input)).toEqual([
      {
        choice: { formats: ['proactivebench'], names: 'keep', hide: [] },
        consent: 'This export holds what was seen.',
        folder: '/refused',
      },
    ]);
    await dialog.getByRole('button', { name: 'Write' }).waitFor();
  });
});
