import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { violations } from './axe.ts';
import { buildPage, openBrowser, openWindow, type Window } from './browser.ts';
import { startFakeCore, type FakeCore } from './fakeCore.ts';
import { createFakeDay } from './fakeDay.ts';

needs(['chromium'], 'models and settings, in the window', () => {
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

  async function open(hash: string, options: { dark?: boolean; width?: number; welcomed?: boolean } = {}) {
    const day = createFakeDay({ welcomed: options.welcomed ?? true });
    core = await startFakeCore(day);
    window = await openWindow(browser, core, options);
    await window.page
      .getByRole(day.settings.welcomed ? 'navigation' : 'heading')
      .first()
      .waitFor();
    await window.page.evaluate((to) => (location.hash = to), hash);
    return { page: window.page, day };
  }
  const picture = (name: string) => {
    const folder = process.env['BEFOREHAND_PICTURES'];
    return folder ? window.page.screenshot({ path: `${folder}/${name}.png` }) : undefined;
  };
  const called = (channel: string) => core.calls.filter((each) => each.channel === channel);

  it('a download is stopped and resumed, a file checked, its speed measured and shown, one removed', async () => {
    const { page, day } = await open('#/models');
    await page.getByText(/of memory and .* free/).waitFor();
    await page.getByRole('button', { name: 'Download Qwen3 4B' }).click();
    await page.getByRole('button', { name: 'Stop the download of Qwen3 4B' }).click();
    await page.getByText('Stopped at 120 MB of 2.5 GB; it goes on from there.').waitFor();
    await page.getByRole('button', { name: 'Resume Qwen3 4B' }).waitFor();
    expect(await page.getByText('Download failed').count()).toBe(0);
    await page.getByText(/Needs 11.5 GB of memory/).waitFor();

    await page.getByRole('button', { name: 'Check file: SmolLM2 135M' }).click();
    await page.getByText('Sound: its hash abababababab… is the one it must have.').waitFor();
    await page.getByRole('button', { name: 'Measure speed: SmolLM2 135M' }).click();
    await page.getByText('Measuring speed: 1 of 4').waitFor();
    const figures = { prefillPerSecond: 300, decodePerSecond: 42, firstTokenMs: 150, memoryBytes: 310e6 };
    day.models = day.models.map((each) =>
      each.inUse
        ? { ...each, speed: { at: Date.now(), threads: 1, ...figures } }
        : { ...each, installed: true },
    );
    core.publish('progress', { task: 'bench:smollm2-135m', done: 4, total: 4, state: 'done' });
    await page.getByText('42 tokens/s').waitFor();
    expect(await page.getByRole('button', { name: 'Remove SmolLM2 135M from the disk' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Check file: Qwen3 4B' }).click();
    await page.getByText(/Damaged: its hash/).waitFor();
    expect(await violations(page)).toEqual([]);
    await picture('models');
    await page.getByRole('button', { name: 'Remove Qwen3 4B from the disk' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await until('it is removed', () => called('models.remove').length === 1);
    expect(window.complaints).toEqual([]);
  });

  it('an own file that is none is refused in place; an endpoint is warned of, tested, turned on and left', async () => {
    const { page, day } = await open('#/models', { dark: true, width: 360 });
    await page.getByLabel('Whole path of the GGUF file').fill('/home/ada/notes.txt');
    await page.getByRole('button', { name: 'Use this file' }).click();
    await page.getByText('/home/ada/notes.txt is not a GGUF file').waitFor();

    await page.getByLabel('Address').fill('http://me:word@example.org/v1');
    await page.getByText(/An address looks like/).waitFor();
    await page.getByLabel('Address').fill('http://127.0.0.1:9/v1');
    await page.getByText(/127.0.0.1:9 is this computer/).waitFor();
    await page.getByLabel('Name of the model').fill('tiny');
    await page.getByLabel('Key, if it wants one').fill('sk-made-up');
    await page.getByRole('button', { name: 'Test with a made-up sentence' }).click();
    await page.getByText('127.0.0.1:9 does not answer').waitFor();
    expect(await page.getByLabel('Key, if it wants one').inputValue()).toBe('');
    expect(JSON.stringify(day.settings)).not.toContain('sk-made-up');
    await page.getByLabel('Address').fill('https://models.example.org/v1');
    await page.getByText(/this leaves for models.example.org at each turn/).waitFor();
    await page.getByRole('button', { name: 'Test with a made-up sentence' }).click();
    await page.getByText(/It answered after 840 ms/).waitFor();
    await page.getByRole('button', { name: 'Turn on' }).click();
    expect(day.settings.model.use).toBe('smollm2-135m');
    await page.getByRole('dialog').getByRole('button', { name: 'Turn on' }).click();
    await page.getByRole('button', { name: 'Back to this computer' }).waitFor();
    expect(day.settings.model.use).toBe('remote');
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await picture('endpoint-360-dark');
    await page.getByRole('button', { name: 'Back to this computer' }).click();
    await until('it is local', () => day.settings.model.use === 'smollm2-135m');
  });

  it('settings are found by a word and by address; shortcuts are pressed, conflicts said', async () => {
    const { page, day } = await open('#/settings/retention');
    await until('the part has the focus', () =>
      page.evaluate(() => document.activeElement?.id === 'settings-retention'),
    );
    await page.getByRole('searchbox', { name: 'Search the settings' }).fill('shortcuts');
    const change = page.getByRole('button', { name: /^Change the keys: Pause/ });
    await change.waitFor();
    expect(await page.locator('#settings-retention').isVisible()).toBe(false);
    await change.click();
    await page.keyboard.press('Control+Alt+H');
    await page.getByText(/Ctrl Alt H is taken by: “I needed help here”/).waitFor();
    await page.keyboard.press('p');
    await page.getByText(/That needs Ctrl, Alt or Super/).waitFor();
    await page.keyboard.press('Control+Alt+K');
    await until('it is kept', () =>
      core.calls.some(
        ({ channel, input }) =>
          channel === 'settings.set' && JSON.stringify(input).includes('CommandOrControl+Alt+K'),
      ),
    );
    await page.getByRole('button', { name: 'No keys: Show the window' }).click();
    await until('it is off', () => day.settings.shortcuts.show === null);
    expect(day.settings.shortcuts.pause).toBe('CommandOrControl+Alt+K');
    expect(await violations(page)).toEqual([]);
    // What the core cannot take is said in the window's language, whatever English came with it.
    const refused = {
      name: 'pause',
      keys: 'CommandOrControl+Alt+K',
      state: 'refused',
      code: 'held',
    } as const;
    day.state = { ...day.state, shortcuts: [{ ...refused, reason: 'in English' }] };
    core.publish('state', day.state);
    await page.getByText('Another program holds Ctrl Alt K.').waitFor();
    await picture('shortcuts');
    await page.getByRole('searchbox', { name: 'Search the settings' }).fill('zebra');
    await page.getByText('No part of the settings is about “zebra”.').waitFor();
    await page.getByRole('searchbox', { name: 'Search the settings' }).fill('');
    await page.getByRole('button', { name: 'Open folder' }).click();
    await until('the folder is asked for', () => called('data.open').length === 1);
    await page.getByText(/Nothing was done yet/).waitFor();
  });

  it('Welcome keeps its place over a reload, by keys alone; then Today says what happens next', async () => {
    const { page, day } = await open('', { welcomed: false });
    day.suggestions = [];
    await page.getByRole('button', { name: 'Continue' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Continue' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('The model in use is on this computer').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Choose a model' }).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('heading', { name: 'Choose what it may see' }).waitFor();
    for (let step = 0; step < 2; step++) await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Start watching' }).click();
    await page.getByText('To see one now').waitFor();
    expect(await violations(page)).toEqual([]);
    await picture('first-day');
  });
});
