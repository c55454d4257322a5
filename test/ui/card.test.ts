import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { violations } from './axe.ts';
import { buildPage, openBrowser, openWindow, type Window } from './browser.ts';
import { startFakeCore, type FakeCore } from './fakeCore.ts';
import { createFakeDay, offerOf } from './fakeDay.ts';

needs(['chromium'], 'the card', () => {
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

  const asked = (channel: string) =>
    core.calls.filter((call) => call.channel === channel).map((call) => call.input as never);
  const heights = () => asked('card.size').map(({ height }: { height: number }) => height);

  /** The card's own page, as the desktop app loads it: entered through the other page's cookie. */
  async function alone(options: Parameters<typeof openWindow>[2] = {}) {
    const day = createFakeDay();
    day.state = { ...day.state, host: 'desktop' };
    core = await startFakeCore(day);
    window = await openWindow(browser, core, { width: 360, height: 300, ...options });
    await until('the session', () => core.calls.length > 0);
    await window.page.goto(`${core.address}card.html`);
    return { page: window.page, day };
  }

  it('in a window of its own shows, answers by click, tells its height, and goes', async () => {
    const { page, day } = await alone();
    await until('nothing to show', () => heights().at(-1) === 0);
    const first = offerOf({ task: 'Rename the draft' });
    day.offer(first, core.publish);
    await page.locator('[data-card]').getByText('Rename the draft').waitFor();
    await until('its height', () => (heights().at(-1) ?? 0) > 100);
    const box = await page.locator('[data-card]').boundingBox();
    expect([box?.x, box?.width, heights().at(-1)]).toEqual([0, 360, Math.ceil(box?.height ?? 0)]);
    await until('it was seen', () => asked('card.painted').length > 0);
    expect(asked('card.painted')).toEqual([{ suggestion: first.id }]);
    expect(await violations(page)).toEqual([]);
    // Pausing unfolds in the card: a menu would be cut off by the window.
    const before = heights().at(-1)!;
    await page.getByRole('button', { name: 'Pause, and put this off' }).click();
    await until('a higher card', () => heights().at(-1)! > before);
    await page.getByRole('button', { name: 'Details' }).click();
    await until('the window is asked for', () => asked('window.show').length === 1);
    expect(asked('window.show')).toEqual([{ place: `suggestion/${first.id}` }]);
    await page.getByRole('button', { name: /^Not now/ }).click();
    await until('the answer', () => asked('suggestions.answer').length === 1);
    day.state = { ...day.state, current: null };
    core.publish('state', day.state);
    await until('no window', () => heights().at(-1) === 0);
    expect(window.complaints).toEqual([]);
  });

  it('has no keys but the one that works in every app, and prints and announces that one', async () => {
    const { page, day } = await alone();
    const card = page.locator('[data-card]');
    const announced = page.locator('[aria-live=polite]');
    day.offer(offerOf({ operation: { kind: 'chat', instruction: 'x' } }), core.publish);
    await card.waitFor();
    const printed = async () => (await card.innerText()).match(/⏎|Esc|Ctrl|^\d$/gm);
    expect([await printed(), await announced.innerText()]).toEqual([
      null,
      expect.not.stringMatching(/Press/),
    ]);
    const accept = { name: 'accept' as const, keys: 'CommandOrControl+Alt+Y' };
    const publish = (part: Partial<typeof day.state>) => {
      day.state = { ...day.state, ...part };
      core.publish('state', day.state);
    };
    publish({ shortcuts: [{ ...accept, state: 'works' }] });
    await card.getByText('Ctrl Alt Y').waitFor();
    expect(await announced.innerText()).toMatch(/Press Ctrl Alt Y to accept\.$/);
    publish({
      shortcuts: [{ ...accept, state: 'refused', code: 'held', reason: 'another program holds it' }],
    });
    await until('no hint', async () => (await printed()) === null);
    await card.getByRole('button', { name: 'Dismiss' }).click();
    await card.getByRole('button', { name: 'Too late' }).waitFor();
    expect(await printed()).toBeNull();
    await card.getByRole('button', { name: 'Too late' }).click();
    await until('the answer', () => asked('suggestions.answer').length === 1);
    expect(asked('suggestions.answer')[0]).toMatchObject({ answer: 'reject', reason: 'too-late' });
  });

  it.each(['en', 'de'] as const)('wraps what does not fit side by side (%s)', async (language) => {
    const { page, day } = await alone();
    day.settings = { ...day.settings, language };
    const offer = offerOf({ operation: { kind: 'chat', instruction: 'x' } });
    day.state = {
      ...day.state,
      language,
      shortcuts: [{ name: 'accept', keys: 'CommandOrControl+Alt+Y', state: 'works' }],
    };
    await page.reload();
    day.offer(offer, core.publish);
    const accept = page.getByRole('button', { name: /^(Accept|Annehmen)/ });
    const dismiss = page.getByRole('button', { name: /^(Dismiss|Ablehnen)/ });
    await accept.waitFor();
    expect((await dismiss.boundingBox())?.y).toBe((await accept.boundingBox())?.y);
    await accept.click();
    const note = 'Too small a model.';
    core.publish('answer', { suggestion: offer.id, at: 1, text: 'so', state: 'done', larger: true, note });
    await page.getByText(note).waitFor();
    const beyond = await page.locator('[data-card]').evaluate((card) => {
      const { right } = card.getBoundingClientRect();
      return [...card.querySelectorAll('button')].filter(
        (each) => each.getBoundingClientRect().right > right - 16,
      ).length;
    });
    expect(beyond).toBe(0);
  });

  it('stays while it is read, says so, and goes by itself afterwards', async () => {
    const { page, day } = await alone();
    day.offer(offerOf({}, 20), core.publish);
    await page.getByRole('img', { name: /goes by itself in/ }).waitFor();
    await page.locator('[data-card]').hover();
    await page.getByRole('img', { name: 'stays while you read it' }).waitFor();
    await until('the core is told again', () => asked('card.stay').length >= 2);
    const [one, two] = asked('card.stay') as unknown as { left: number }[];
    expect(one?.left).toBe(two?.left);
    await page.mouse.move(359, 299);
    await page.getByRole('img', { name: /goes by itself in/ }).waitFor();
  });

  it('asks for the focus to be typed in, and only then', async () => {
    const { page, day } = await alone();
    day.offer(offerOf({ operation: { kind: 'search', query: 'north bridge' } }), core.publish);
    await page.getByRole('button', { name: 'Say it in your own words' }).click();
    await page.getByRole('textbox').fill('south gate');
    await page.keyboard.press('Enter');
    await until('the answer', () => asked('suggestions.answer').length === 1);
    expect(asked('suggestions.answer')[0]).toMatchObject({ answer: 'accept', task: 'south gate' });
    await until('the focus is given back', () => asked('card.typing').length === 2);
    expect(asked('card.typing')).toEqual([{ typing: true }, { typing: false }]);
  });

  it('opens what was accepted by a key elsewhere, follows the end unless scrolled up, copies rich text', async () => {
    const { page, day } = await alone();
    const offer = offerOf({ operation: { kind: 'chat', instruction: 'x' } });
    day.offer(offer, core.publish);
    await page.getByRole('button', { name: 'Dismiss' }).waitFor();
    const at = Date.now();
    const taken = { ...offer, state: 'accepted' as const };
    const history = [...offer.history, { state: 'accepted' as const, at, note: 'hotkey' }];
    day.state = { ...day.state, current: null };
    core.publish('suggestion', { ...taken, history });
    core.publish('state', day.state);
    await page.getByText('Writing…').waitFor();
    const write = (text: string, state: 'writing' | 'done' = 'writing') =>
      core.publish('answer', { suggestion: offer.id, at, text, state });
    const lines = (many: number) => Array.from({ length: many }, (_, n) => `line ${n}`).join('\n');
    const scroll = page.getByRole('group', { name: 'Answer' });
    const fromEnd = () => scroll.evaluate((each) => each.scrollHeight - each.scrollTop - each.clientHeight);
    write(lines(60));
    await page.getByText('line 59').waitFor();
    expect(await fromEnd()).toBeLessThan(2);
    await scroll.evaluate((each) => each.scrollTo(0, 40));
    write(lines(80));
    await page.getByText('line 79').waitFor();
    expect(await scroll.evaluate((each) => each.scrollTop)).toBe(40);
    write('one < two\n\n```ts\nlet x;\n```', 'done');
    await page.getByRole('button', { name: 'Copy' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    const copied = await page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return Promise.all(
        ['text/plain', 'text/html'].map(async (type) => (await item?.getType(type))?.text() ?? ''),
      );
    });
    expect(copied[0]).toBe('one < two\n\n```ts\nlet x;\n```');
    expect(copied[1]).toContain('<p>one &lt; two</p><pre><code>let x;</code></pre>');
    expect(window.complaints).toEqual([]);
  });

  it('asks again about an answer that fell silent, as when the core was started anew', async () => {
    const { page, day } = await alone();
    const offer = offerOf({ operation: { kind: 'chat', instruction: 'x' } });
    day.offer(offer, core.publish);
    await page.getByRole('button', { name: /^Accept/ }).click();
    core.publish('answer', { suggestion: offer.id, at: 1, text: 'half of', state: 'writing' });
    await page.getByText('half of').waitFor();
    const note = 'Beforehand ended while this was being written.';
    day.answers.set(offer.id, { suggestion: offer.id, at: 2, text: 'half of', state: 'stopped', note });
    await core.stop();
    await core.start();
    await page.getByText(note).waitFor({ timeout: 20_000 });
  });

  it('keeps within its window with long, right-to-left and doubled text', async () => {
    const { page, day } = await alone({ width: 360, height: 900 });
    await page.emulateMedia({ forcedColors: 'active' });
    day.offer(
      offerOf({
        task: `שנה את שם הקובץ ${'verylongword'.repeat(20)}`,
        why: 'מדוע עכשיו '.repeat(30),
      }),
      core.publish,
    );
    await page.locator('[data-card]').waitFor();
    await page.evaluate(() => document.documentElement.style.setProperty('zoom', '2'));
    const wide = await page.evaluate(() => {
      const card = document.querySelector('[data-card]');
      return card ? card.scrollWidth - card.clientWidth : -1;
    });
    expect(wide).toBe(0);
    expect(
      await page
        .locator('[data-card] p[dir=auto]')
        .first()
        .evaluate((each) => getComputedStyle(each).direction),
    ).toBe('rtl');
  });

  it('is not in the desktop app’s main window too', async () => {
    const day = createFakeDay();
    day.state = { ...day.state, host: 'desktop' };
    core = await startFakeCore(day);
    window = await openWindow(browser, core);
    await window.page.getByRole('navigation').first().waitFor();
    day.offer(offerOf(), core.publish);
    await until('the offer on Today', () => window.page.locator('main').innerText());
    expect(await window.page.locator('[data-card]').count()).toBe(0);
  });

  it('opens the page at the place that a link names', async () => {
    const day = createFakeDay();
    core = await startFakeCore(day);
    window = await openWindow(browser, core, { token: `${core.token}/timeline` });
    await window.page.getByRole('heading', { name: 'Timeline' }).waitFor();
    expect(new URL(window.page.url()).hash).toBe('#/timeline');
  });
});
