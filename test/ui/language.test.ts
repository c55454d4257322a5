import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { en } from '../../renderer/strings/en.ts';
import { de } from '../../renderer/strings/de.ts';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { violations } from './axe.ts';
import { buildPage, openBrowser, openWindow } from './browser.ts';
import { decisionOf } from './canned.ts';
import { startFakeCore } from './fakeCore.ts';
import { createFakeDay, offerOf } from './fakeDay.ts';

/** Every plain text of a catalogue. */
function texts(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(texts) : [];
}

/** English texts that are none in German too. */
const ENGLISH = (() => {
  const german = new Set(texts(de));
  return new Set(texts(en).filter((text) => /\p{L}{2}/u.test(text) && !german.has(text)));
})();

/** What a person reads or hears in the page: text, names, titles, placeholders; each once. */
const spoken = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = new Set<string>();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) found.add(node.textContent!.trim());
    for (const element of document.querySelectorAll(
      '[aria-label],[title],[placeholder],[aria-valuetext],[alt]',
    ))
      for (const name of ['aria-label', 'title', 'placeholder', 'aria-valuetext', 'alt'])
        found.add(element.getAttribute(name)?.trim() ?? '');
    return [...found].filter((text) => text !== '');
  });

/** Elements whose words do not fit: cut off at the side of the page, or of themselves. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const wide = document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [];
    const found = [
      ...document.querySelectorAll<HTMLElement>('button, label, h1, h2, h3, p, dt, dd, th, legend'),
    ]
      .filter((element) => {
        const style = getComputedStyle(element);
        const own = [...element.childNodes].some(
          (node) => node.nodeType === 3 && node.textContent!.trim() !== '',
        );
        if (!own || element.closest('.sr-only') || style.textOverflow === 'ellipsis') return false;
        if (element.closest('[class*=overflow-x-auto],[class*=truncate]')) return false;
        const box = element.getBoundingClientRect();
        if (box.width <= 1) return false;
        return box.right > innerWidth + 1 || element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => `${element.tagName} ${element.textContent}`);
    return [...wide, ...found];
  });

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
    await page.getByRole('navigation', { name: 'Bereiche' }).waitFor();
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

  for (const width of [1120, 360]) {
    it(`is German on every screen, with nothing cut off and nothing that axe objects to, ${width} px`, async () => {
      const core = await startFakeCore(createFakeDay({ welcomed: false }));
      core.day.settings = { ...core.day.settings, language: 'de' };
      const window = await openWindow(browser, core, { width });
      const { page } = window;
      const check = async (where: string) => {
        const left = (await spoken(page)).filter((text) => ENGLISH.has(text));
        expect(left, `English on ${where}`).toEqual([]);
        expect(await cutOff(page), `cut off on ${where}`).toEqual([]);
        expect(await violations(page), where).toEqual([]);
        if (process.env['SHOTS'])
          await page.screenshot({
            path: `${process.env['SHOTS']}/de-${width}-${where.replace(/\W+/g, '-')}.png`,
          });
      };
      for (let step = 1; step <= 4; step++) {
        await page.getByText(`Schritt ${step} von 4`).waitFor();
        await check(`welcome ${step}`);
        if (step < 4) await page.getByRole('button', { name: 'Weiter', exact: true }).click();
      }
      await page.getByRole('button', { name: 'Beobachten starten' }).click();
      await page.getByRole('navigation', { name: 'Bereiche' }).waitFor();
      const screens = ['today', 'timeline', 'insights', 'teach', 'models', 'settings'] as const;
      for (const [at, name] of screens.entries()) {
        await page.keyboard.press(`Control+${at + 1}`);
        await page.locator('#main').getByRole('heading').first().waitFor({ state: 'attached' });
        // What a screen reads comes after it.
        await page.waitForTimeout(300);
        await check(name);
      }
      await page.keyboard.press('Control+1');
      const offer = offerOf({}, 400);
      core.day.decisions.unshift(decisionOf(offer));
      core.day.offer(offer, core.publish);
      const card = page.getByRole('complementary');
      await card.getByRole('button', { name: 'Annehmen' }).waitFor();
      await check('card');
      await page.keyboard.press('Control+k');
      await page.getByRole('option').first().waitFor();
      await check('palette');
      await page.keyboard.press('Escape');
      await page.evaluate((id) => (location.hash = `#/suggestion/${id}`), offer.id);
      await page.getByRole('table').waitFor();
      await check('suggestion');
      expect(window.complaints).toEqual([]);
      await window.close();
      await core.stop();
    });
  }
});
