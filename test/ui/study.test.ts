import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { newId } from '../../src/model/id.ts';
import type { StudyState } from '../../src/model/study.ts';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { violations } from './axe.ts';
import { buildPage, openBrowser, openWindow, type Window } from './browser.ts';
import { decisionOf } from './canned.ts';
import { startFakeCore, type FakeCore } from './fakeCore.ts';
import { createFakeDay, offerOf } from './fakeDay.ts';

const study: StudyState = {
  id: 'gate-2026',
  title: 'Does the gate help?',
  receiver: 'Interaction group, Example University',
  consent: 'You are asked to use Beforehand for fourteen days.\n\nNothing is sent by itself.',
  participant: 'p-01',
  until: new Date(2026, 11, 9).getTime(),
  asks: null,
};
const questions: NonNullable<StudyState['asks']>['questions'] = [
  { id: 'timing', kind: 'scale', text: 'How good was the moment?', low: 'very bad', high: 'very good' },
  {
    id: 'doing',
    kind: 'choice',
    text: 'What were you doing?',
    choices: ['working', 'looking for something'],
  },
  { id: 'why', kind: 'text', text: 'Anything else?' },
];

needs(['chromium'], 'a study in the window', () => {
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

  const open = async (dark = false) => {
    core = await startFakeCore(createFakeDay());
    core.day.state = { ...core.day.state, study };
    window = await openWindow(browser, core, { dark });
    return window.page;
  };
  /** Puts the questions after the answer to a suggestion, as the core does. */
  const ask = (suggestion: string) => {
    const asks = { feedback: newId(), suggestion, questions };
    core.day.state = { ...core.day.state, study: { ...study, asks } };
    core.publish('state', core.day.state);
    return asks;
  };
  const inputs = (channel: string) =>
    core.calls.filter((each) => each.channel === channel).map((each) => each.input);

  for (const dark of [false, true]) {
    it(`shows the study, its consent, its questions and its end without a finding of axe, ${dark ? 'dark' : 'light'}`, async () => {
      const page = await open(dark);
      const line = page.getByRole('region', { name: 'Study' });
      await line.getByText('Study: Does the gate help?, until 8 Dec 2026').waitFor();
      expect(await violations(page), 'line').toEqual([]);
      await line.getByRole('button', { name: 'About' }).click();
      const about = page.getByRole('dialog');
      await about.getByText('Nothing is sent by itself.', { exact: false }).first().waitFor();
      await about.getByText('Interaction group, Example University').waitFor();
      expect(await violations(page), 'about').toEqual([]);
      await page.keyboard.press('Escape');

      const offer = offerOf({}, 400);
      core.day.decisions.unshift(decisionOf(offer));
      core.day.offer(offer, core.publish);
      const card = page.getByRole('complementary');
      await card.getByRole('button', { name: 'Dismiss' }).click();
      await card.getByRole('button', { name: 'Too late' }).click();
      const first = ask(offer.id);
      await card.getByText('3 questions of the study').waitFor();
      expect(await violations(page), 'questions').toEqual([]);
      if (process.env['SHOTS'])
        await page.screenshot({ path: `${process.env['SHOTS']}/study-${dark ? 'dark' : 'light'}.png` });
      // Digits answer the first open question, whatever has the focus.
      await page.keyboard.press('4');
      await page.keyboard.press('2');
      expect(await card.getByRole('radio', { name: '4' }).isChecked()).toBe(true);
      await card.getByLabel('Anything else?').fill('It was 3 o’clock');
      await card.getByRole('button', { name: 'Answer' }).click();
      await card.waitFor({ state: 'detached' });
      await page.getByText('Thank you, noted.').waitFor();
      expect(inputs('study.reply')).toEqual([
        {
          feedback: first.feedback,
          replies: [
            { question: 'timing', value: 4 },
            { question: 'doing', value: 'looking for something' },
            { question: 'why', value: 'It was 3 o’clock' },
          ],
        },
      ]);

      const second = ask(offer.id);
      await card.waitFor();
      await page.keyboard.press('Escape');
      await card.waitFor({ state: 'detached' });
      expect(inputs('study.reply').at(-1)).toEqual({ feedback: second.feedback, replies: [] });

      // On the page of the suggestion they stand there, and not on a card as well.
      ask(offer.id);
      await page.evaluate((id) => (location.hash = `#/suggestion/${id}`), offer.id);
      await page.locator('main').getByText('3 questions of the study').waitFor();
      expect(await card.count()).toBe(0);
      expect(await violations(page), 'questions on the page').toEqual([]);
      await page.locator('main').getByRole('button', { name: 'Skip' }).click();
      await page.locator('main').getByText('3 questions of the study').waitFor({ state: 'detached' });

      core.day.state = {
        ...core.day.state,
        study: { ...study, broken: 'the gate here is gate-2, not gate-1' },
      };
      core.publish('state', core.day.state);
      await line.getByText('It collects nothing just now: the gate here is gate-2').waitFor();
      expect(await violations(page), 'broken').toEqual([]);

      await line.getByRole('button', { name: 'End the study “Does the gate help?” now' }).click();
      await page.getByRole('dialog').getByText('ended just now').waitFor();
      expect(inputs('study.end')).toEqual([{}]);
      expect(await line.count()).toBe(0);
      expect(await violations(page), 'ended').toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: 'Delete what it collected' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(inputs('forget')).toEqual([{ study: 'gate-2026' }]);
      expect(window.complaints).toEqual([]);
    });
  }

  it('can be answered and ended with the keyboard alone; closing the last question keeps what was collected', async () => {
    const page = await open();
    const offer = offerOf({}, 400);
    core.day.offer(offer, core.publish);
    const card = page.getByRole('complementary');
    await card.waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    const asks = ask(offer.id);
    await card.getByText('3 questions of the study').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('type') ?? '');
    for (let step = 0; step < 60 && (await focused()) !== 'radio'; step++) await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await until('the reply', () => inputs('study.reply').length === 1);
    expect(inputs('study.reply')).toEqual([
      { feedback: asks.feedback, replies: [{ question: 'timing', value: 2 }] },
    ]);
    const name = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
    for (let step = 0; step < 60 && !(await name()).startsWith('End the study'); step++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('ended just now').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect([inputs('study.end'), inputs('forget')]).toEqual([[{}], []]);
    expect(window.complaints).toEqual([]);
  });
});
