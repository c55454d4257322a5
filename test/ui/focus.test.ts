import './states/frozen.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { buildPage } from './browser.ts';
import { walk } from './checks/focus.ts';
import { openDrawing } from './drawing.ts';
import { STATES } from './states/all.ts';
import { openState, PLAIN, setLook } from './states/state.ts';

const WALKED = [
  'welcome/sources',
  'today/full',
  'card/offer',
  'card/rename',
  'timeline/selection',
  'suggestion/held',
  'insights/full',
  'teach/traces',
  'teach/annotating',
  'models/full',
  'settings/everything-open',
  'dialog/keys',
  'dialog/export-look',
  'dialog/digest',
] as const;

needs(['chromium'], 'the keyboard alone', () => {
  let browser: Browser;
  beforeAll(async () => {
    buildPage();
    browser = await openDrawing();
  });
  afterAll(() => browser?.close());

  async function open(name: string) {
    const state = STATES.find((each) => each.name === name);
    if (!state) throw new Error(`there is no state ${name}`);
    return openState(browser, state);
  }

  it.each(WALKED)('Tab reaches all of %s, shows where it is, and nothing hides it', async (name) => {
    const stage = await open(name);
    try {
      for (const [width, height] of [
        [1120, 860],
        [360, 640],
      ] as const) {
        await setLook(stage.page, { ...PLAIN, width, height });
        const { stops, faults } = await walk(stage.page);
        expect(faults.join('\n'), `${width} px`).toBe('');
        expect(stops).toBeGreaterThan(2);
      }
    } finally {
      await stage.close();
    }
  });

  it.each([
    ['today/full', /stayed silent/],
    ['timeline/full', 'Forget a range'],
    ['settings/first', 'Forget everything…'],
  ] as const)('the focus comes back to what opened the dialog of %s', async (name, opener) => {
    const stage = await open(name);
    const { page } = stage;
    try {
      const button = page.getByRole('button', { name: opener });
      await button.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      expect(await page.evaluate(() => document.activeElement?.closest('dialog') !== null)).toBe(true);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await button.evaluate((each) => each === document.activeElement)).toBe(true);
    } finally {
      await stage.close();
    }
  });

  it('a row that is deleted hands the focus on', async () => {
    const stage = await open('timeline/full');
    const { page } = stage;
    try {
      await page.locator('[data-row]').nth(1).focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('Delete');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.waitForFunction(() => document.activeElement?.hasAttribute('data-row'));
      expect(await page.locator('[data-row]').count()).toBeGreaterThan(2);
    } finally {
      await stage.close();
    }
  });

  it('nothing moves where motion is not wanted, and nothing for longer than 150 ms where it is', async () => {
    const stage = await open('card/offer');
    const { page } = stage;
    try {
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      await page.emulateMedia({ reducedMotion: 'no-preference' });
      const longest = await page.evaluate(() =>
        Math.max(
          ...[...document.querySelectorAll('*')].flatMap((each) => {
            const { transitionDuration, animationDuration, animationIterationCount } = getComputedStyle(each);
            const once = animationIterationCount === 'infinite' ? '0s' : animationDuration;
            return `${transitionDuration},${once}`.split(',').map((part) => Number.parseFloat(part) * 1000);
          }),
        ),
      );
      expect(longest).toBeGreaterThan(0);
      expect(longest).toBeLessThanOrEqual(150);
    } finally {
      await stage.close();
    }
  });
});
