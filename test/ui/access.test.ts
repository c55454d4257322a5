import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { violations } from './axe.ts';
import { buildPage, openBrowser, openWindow, type Window } from './browser.ts';
import { decisionOf } from './canned.ts';
import { startFakeCore, type FakeCore } from './fakeCore.ts';
import { createFakeDay, offerOf } from './fakeDay.ts';

needs(['chromium'], 'access', () => {
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

  for (const dark of [false, true]) {
    it(`axe finds nothing on any screen, ${dark ? 'dark' : 'light'}`, async () => {
      core = await startFakeCore(createFakeDay({ welcomed: false }));
      window = await openWindow(browser, core, { dark });
      const { page } = window;
      for (let step = 1; step <= 4; step++) {
        await page.getByText(`Step ${step} of 4`).waitFor();
        expect(await violations(page), `welcome ${step}`).toEqual([]);
        if (step < 4) await page.getByRole('button', { name: 'Continue' }).click();
      }
      await page.getByRole('button', { name: 'Start watching' }).click();

      const offer = offerOf({}, 400);
      core.day.decisions.unshift(decisionOf(offer));
      core.day.offer(offer, core.publish);
      await page.getByRole('complementary').waitFor();
      expect(await violations(page), 'today with the card').toEqual([]);
      await page.getByRole('button', { name: /stayed silent/ }).click();
      expect(await violations(page), 'trail').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('complementary').getByRole('button', { name: 'Accept' }).click();
      const text = 'Use:\n```python\nmerge(a, b)\n```';
      core.day.answers.set(offer.id, { suggestion: offer.id, at: Date.now(), text, state: 'done' });
      core.publish('answer', { suggestion: offer.id, at: Date.now(), text, state: 'writing' });
      await page.getByRole('complementary').locator('pre').waitFor();
      expect(await violations(page), 'answer on the card').toEqual([]);
      await page.keyboard.press('Escape');

      await page.evaluate((id) => (location.hash = `#/suggestion/${id}`), offer.id);
      await page.getByRole('table').waitFor();
      expect(await violations(page), 'suggestion').toEqual([]);
      await page.keyboard.press('Control+2');
      await page.locator('[data-row]').nth(1).check();
      expect(await violations(page), 'timeline').toEqual([]);
      await page.getByRole('button', { name: 'Delete' }).click();
      expect(await violations(page), 'question').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Clear selection' }).click();
      await page.getByRole('button', { name: 'Actions for' }).first().click();
      await page.getByRole('menuitem').first().waitFor();
      expect(await violations(page), 'menu of an app').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Forget a range' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page), 'forget a range').toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+6');
      await page.getByText('Payment details for').waitFor();
      await page.getByRole('button', { name: 'Add hours: When it watches' }).click();
      await page.getByRole('button', { name: 'Add hours: Quiet hours' }).click();
      await page.getByRole('group', { name: 'Quiet hours, 1' }).waitFor();
      await page.getByRole('button', { name: 'Apps: password manager' }).click();
      await page.getByRole('switch', { name: 'Protect “keepass” (password manager)' }).waitFor();
      expect(await violations(page), 'settings').toEqual([]);
      await page.getByRole('button', { name: 'Forget everything…' }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('forget');
      expect(await violations(page), 'forget everything').toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Pause for a while' }).click();
      await page.getByRole('menuitem').first().waitFor();
      expect(await violations(page), 'menu of pauses').toEqual([]);
      await page.keyboard.press('Escape');
      core.day.offer(offerOf({ topic: 'another' }, 400), core.publish);
      await page.getByRole('complementary').getByRole('button', { name: 'Dismiss' }).click();
      await page.getByText('Why not?').waitFor();
      expect(await violations(page), 'question for a reason').toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+k');
      await page.getByRole('option').first().waitFor();
      expect(await violations(page), 'palette').toEqual([]);
      await page.keyboard.press('Escape');
      expect(window.complaints).toEqual([]);

      await core.stop();
      await page.getByRole('alert').waitFor();
      expect(await violations(page), 'lost').toEqual([]);
    });
  }

  it('can be walked with the keyboard alone', async () => {
    core = await startFakeCore();
    window = await openWindow(browser, core);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to content');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toContain('Timeline');
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
    expect(ring).toBe('solid');
    await page.keyboard.press('Enter');
    await page.keyboard.press('/');
    await page.keyboard.type('merge');
    await until('only merges are listed', async () => {
      const texts = await page.locator('[role=listitem] p').allTextContents();
      return texts.length > 2 && texts.every((text) => text.includes('merge'));
    });
    // From the search field through its clear button and "Forget a range" to the first row.
    const onRow = () => page.evaluate(() => document.activeElement?.hasAttribute('data-row') ?? false);
    for (let step = 0; step < 8 && !(await onRow()); step++) await page.keyboard.press('Tab');
    expect(await onRow()).toBe(true);
    await page.keyboard.press('Space');
    const row = () => page.evaluate(() => document.activeElement?.id);
    const first = await row();
    await page.keyboard.press('ArrowDown');
    await until('the next row has the focus', async () => (await row()) !== first && (await onRow()));
    await page.keyboard.press('Space');
    await page.getByText('2 selected').waitFor();
    await page.keyboard.press('Delete');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('dark');
    await page.keyboard.press('Enter');
    await until('it is dark', () =>
      page.evaluate(() => document.documentElement.dataset['theme'] === 'dark'),
    );
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { name: 'Waiting for you' }).waitFor();
  });
});
