import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { keepAnswer } from '../../src/annotation/answers.ts';
import { readTraceFolder } from '../../src/app/annotationFolder.ts';
import { ProactiveBenchRow } from '../../src/export/proactivebench.ts';
import { STEPS } from '../annotation/fixtures.ts';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { violations } from './axe.ts';
import { buildPage, openBrowser, openWindow, type Window } from './browser.ts';
import { startFakeCore, type FakeCore } from './fakeCore.ts';
import { createFakeDay } from './fakeDay.ts';

needs(['chromium'], 'the Teach screen', () => {
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

  /** A window on two traces, one of which Ben has annotated. */
  async function open(options: { readonly dark?: boolean; readonly width?: number } = {}) {
    const day = createFakeDay();
    const folder = join(day.data, 'traces');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'code_2.json'), JSON.stringify(STEPS));
    writeFileSync(join(folder, 'code_10.json'), JSON.stringify(STEPS.slice(1)));
    writeFileSync(join(folder, 'broken.json'), '[{');
    const { traces } = await readTraceFolder(folder);
    const answers = join(day.data, 'annotations');
    for (const [event, take] of [
      [0, [0]],
      [2, []],
    ] as const) {
      await keepAnswer(answers, 'Ben', { trace: traces[0]!, event, take }, 1);
    }
    core = await startFakeCore(day);
    window = await openWindow(browser, core, options);
    await window.page.getByRole('navigation').waitFor();
    return { page: window.page, folder, answers };
  }
  /** Through the door by keyboard alone. */
  async function enter(page: Page) {
    await page.keyboard.press('Control+4');
    await page.getByLabel('Your name').waitFor();
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await page.getByRole('list', { name: 'Traces to annotate' }).waitFor();
  }
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.closest('label')?.textContent);
  const kept = () => core.calls.filter((call) => call.channel === 'annotation.keep').length;

  it('goes through a trace with the keys of the terminal, keeps each answer, takes the last one back', async () => {
    const { page, answers } = await open();
    await enter(page);
    const list = page.getByRole('list', { name: 'Traces to annotate' });
    expect(await list.getByRole('button').allTextContents()).toEqual(['code_2.json', 'code_10.json']);
    await page.getByText('1 file left out').waitFor();
    // Ben is done, but nothing of him is shown before Ada is.
    expect(await page.getByText('Ben').count()).toBe(0);
    expect(core.calls.some((call) => call.channel === 'annotation.agreement')).toBe(false);

    // The next trace to do has the focus: Enter begins.
    await list.getByRole('button', { name: 'Annotate code_2.json: 0 of 2 events answered' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Opens notes.md in the editor.').waitFor();
    expect(await focused(page)).toContain('Sort the notes.');
    await page.keyboard.press('Enter');
    await page.getByText('Tick what you would take, or choose “None of these”.').waitFor();
    await page.keyboard.press('j');
    expect(await focused(page)).toContain('Spell-check the notes.');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('1');
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(2);
    await page.keyboard.press('Enter');
    await page.getByText('Copies an error.').waitFor();
    await page.getByText('1 of 2 events answered').waitFor();
    await page.keyboard.press('n');
    expect(await page.getByRole('checkbox', { name: 'None of these' }).isChecked()).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByText('code_2.json is finished: 2 events answered and kept.').waitFor();
    await page.keyboard.press('u');
    await page.getByText('1 of 2 events answered').waitFor();
    await page.keyboard.press('b');
    await page.getByText('event 1 of 3').waitFor();
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(2);
    await until('three are kept', () => kept() === 3);

    // A window that is closed loses nothing, and the same place is opened again.
    await page.reload();
    await page.getByRole('button', { name: 'Annotate code_2.json: 1 of 2 events answered' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('event 3 of 3').waitFor();
    await page.keyboard.press('n');
    await page.keyboard.press('q');
    const table = page.getByRole('group', { name: 'Agreement' });
    await table.waitFor();
    await page.getByText('Ada and Ben, over 1 trace that you have finished').waitFor();
    // Candidates y/y y/n n/n n/n n/n: the terminal's test counts the same by hand.
    const row = table.getByRole('row', { name: /Each task/ });
    expect(await row.getByRole('cell').allTextContents()).toEqual([
      '90.0 %',
      '90.0 %',
      '80.0 %',
      '0.55',
      expect.any(String),
      expect.any(String),
    ]);
    expect(await table.getByRole('row').filter({ hasText: '91.67 %' }).count()).toBe(1);
    await page.getByText(/no target: the released test split/).waitFor();

    await page.getByRole('button', { name: 'Make reward data' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('6 rows from 2 events written to').waitFor();
    const made = readdirSync(answers).find((name) => name.startsWith('reward-'));
    const rows = readFileSync(join(answers, made!), 'utf8').trimEnd().split('\n');
    expect(rows.map((line) => ProactiveBenchRow.parse(JSON.parse(line)).annotation)).toHaveLength(6);
    expect(window.complaints).toEqual([]);
  });

  it('goes on with the next trace, and keeps nothing that belongs to a changed one', async () => {
    const { page, folder } = await open();
    await enter(page);
    await page.keyboard.press('Enter');
    await page.getByText('event 1 of 3').waitFor();
    for (const key of ['n', 'Enter', 'n', 'Enter']) await page.keyboard.press(key);
    await page.getByRole('button', { name: 'Next trace' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('0 of 1 event answered').waitFor();
    writeFileSync(join(folder, 'code_10.json'), JSON.stringify([STEPS[0], STEPS[2]]));
    await page.keyboard.press('n');
    await page.keyboard.press('Enter');
    await page
      .getByText('code_10.json has changed since it was opened, so this answer was not kept')
      .waitFor();
    await page.getByText('0 of 2 events answered').waitFor();
    for (const key of ['n', 'Enter', '1', 'Enter']) await page.keyboard.press(key);
    await page.getByText('That was the last unfinished trace of this folder.').waitFor();
    // The palette has its own keys.
    await page.keyboard.press('Control+k');
    await page.keyboard.type('teach');
    await page.getByRole('option', { name: 'Teach' }).waitFor();
  });

  it('says in one sentence what is wrong with a folder, and takes no bad name', async () => {
    const { page } = await open();
    await page.keyboard.press('Control+4');
    await page.getByLabel('Your name').fill('../ada');
    expect(await page.getByRole('button', { name: 'Open' }).isDisabled()).toBe(true);
    await page.getByLabel('Your name').fill('Ada');
    await page.getByLabel('Folder of traces').fill('relative/folder');
    await page.keyboard.press('Enter');
    await page.getByText('name the whole path of the folder').waitFor();
    await page.getByLabel('Folder of traces').fill('/no/such/folder');
    await page.keyboard.press('Enter');
    await page.getByText('there is no "/no/such/folder"').waitFor();
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('dialog').waitFor();
  });

  for (const [dark, width] of [
    [false, 1120],
    [true, 1120],
    [false, 360],
  ] as const) {
    it(`axe finds nothing and nothing is cut off, ${dark ? 'dark' : 'light'}, ${width} px`, async () => {
      const { page } = await open({ dark, width });
      const look = async (name: string) => {
        expect(await violations(page), name).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
          name,
        ).toBeLessThanOrEqual(0);
        const shots = process.env['SHOTS'];
        if (shots)
          await page.screenshot({ path: `${shots}/teach-${name}-${dark ? 'dark' : 'light'}-${width}.png` });
      };
      await page.keyboard.press('Control+4');
      await page.getByLabel('Your name').waitFor();
      await look('door');
      await enter(page);
      await look('list');
      await page.getByRole('button', { name: /Annotate code_2.json/ }).click();
      await page.getByText('Opens notes.md').waitFor();
      await page.keyboard.press('1');
      await look('event');
      await page.keyboard.press('Enter');
      await page.keyboard.press('Enter');
      await page.getByText('Tick what you would take').waitFor();
      await look('missing');
      await page.keyboard.press('n');
      await page.keyboard.press('Enter');
      await page.getByText('is finished').waitFor();
      await look('end');
      await page.keyboard.press('q');
      await page.getByRole('group', { name: 'Agreement' }).waitFor();
      await page.getByRole('button', { name: 'Make reward data' }).click();
      await page.getByText('written to').waitFor();
      await look('agreement');
      expect(window.complaints).toEqual([]);
    });
  }
});
