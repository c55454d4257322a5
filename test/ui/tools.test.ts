import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { violations } from './axe.ts';
import { buildPage, openBrowser, openWindow } from './browser.ts';
import { startFakeCore } from './fakeCore.ts';
import { createFakeDay } from './fakeDay.ts';

needs(['chromium'], 'tools of MCP servers in Settings', () => {
  let browser: Browser;
  beforeAll(async () => {
    buildPage();
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('start nothing before somebody looks, are allowed one by one, and say what changed', async () => {
    const core = await startFakeCore(createFakeDay());
    const window = await openWindow(browser, core, {});
    const { page } = window;
    await page.evaluate(() => (location.hash = '#/settings'));
    const section = page.getByRole('region', { name: 'Tools' });
    await section.getByText('notes-mcp --folder Notes').waitFor();
    await section.getByText('there is no program “no-such-program”').waitFor();
    expect(core.calls.filter((each) => each.channel === 'mcp.servers').map((each) => each.input)).toEqual([
      {},
    ]);
    await section.getByRole('button', { name: 'Look at the tools of notes' }).click();
    const add = section.getByRole('switch', { name: 'Suggestions may use add_note of notes' });
    await add.waitFor();
    expect(await add.getAttribute('aria-checked')).toBe('false');
    // A description is text, whatever stands in it.
    await section
      .getByText('says of itself: Adds a note <b>to the folder</b>. (takes text, folder)')
      .waitFor();
    await section.getByText('Changed since you allowed it').waitFor();
    await section.getByText('The server no longer has it.').waitFor();
    await add.focus();
    await page.keyboard.press('Space');
    await page.waitForFunction(
      () =>
        document
          .querySelector('[aria-label="Suggestions may use add_note of notes"]')
          ?.getAttribute('aria-checked') === 'true',
    );
    expect(core.calls.filter((each) => each.channel === 'mcp.allow').map((each) => each.input)).toEqual([
      { server: 'notes', tool: 'add_note', allowed: true, sha256: 'a'.repeat(64) },
    ]);
    await section.getByRole('switch', { name: 'Let MCP clients read' }).click();
    await page.getByText('what you let other programs have, they may pass on').waitFor();
    await section.getByRole('switch', { name: 'Use the server notes' }).click();
    await section.getByText('off', { exact: true }).waitFor();
    expect(core.calls.filter((each) => each.channel === 'settings.set').map((each) => each.input)).toEqual([
      { mcp: { serve: true } },
    ]);
    if (process.env['SHOTS']) await section.screenshot({ path: `${process.env['SHOTS']}/tools.png` });
    expect(await violations(page)).toEqual([]);
    expect(window.complaints).toEqual([]);
    await window.close();
    await core.stop();
  });
});
