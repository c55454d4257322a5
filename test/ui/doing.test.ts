import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Answer } from '../../src/model/feedback.ts';
import { newId } from '../../src/model/id.ts';
import { operationText } from '../../src/model/operationText.ts';
import type { Operation } from '../../src/model/proposal.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { violations } from './axe.ts';
import { buildPage, openBrowser, openWindow, type Window } from './browser.ts';
import { startFakeCore, type FakeCore } from './fakeCore.ts';
import { createFakeDay, offerOf } from './fakeDay.ts';

const SHOTS = process.env['SHOTS'];
const file = (name: string) => ({ event: newId(), name });
const renaming: Operation = {
  kind: 'rename',
  files: Array.from({ length: 12 }, (_, at) => ({
    file: file(`IMG_20${41 + at}.jpg`),
    to: `oslo-${String(at + 1).padStart(2, '0')}.jpg`,
  })),
};
/** Every kind with what its card must show word for word. */
const OPERATIONS: readonly Operation[] = [
  { kind: 'search', query: 'pandas merge nearest timestamp' },
  { kind: 'chat', instruction: 'Explain the KeyError.' },
  { kind: 'read', file: file('Survey 2026.md') },
  { kind: 'open', file: file('Survey 2026.pdf') },
  { kind: 'remind', text: 'Send the minutes to Ada', minutes: 30 },
  { kind: 'mcp', server: 'notes', tool: 'add', arguments: { text: 'Buy <b>tea</b>' } },
];

needs(['chromium'], 'what accepting does', () => {
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

  async function open(options: Parameters<typeof openWindow>[2] & { readonly shows?: boolean } = {}) {
    const day = createFakeDay();
    if (options.shows) day.state = { ...day.state, model: { ...day.state.model, shows: true } };
    core = await startFakeCore(day);
    window = await openWindow(browser, core, options);
    await window.page.getByRole('navigation').first().waitFor();
    return window.page;
  }
  const card = (page: Page) => page.getByRole('complementary', { name: 'Suggestion' });
  const preview = (page: Page) => page.getByRole('group', { name: 'What accepting does' });
  const shot = async (page: Page, name: string) => {
    if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
  };
  const answers = () =>
    core.calls.filter((call) => call.channel === 'suggestions.answer').map((call) => call.input);
  const tell = (suggestion: Suggestion, part: Partial<Answer>) => {
    const answer: Answer = { suggestion: suggestion.id, at: Date.now(), text: '', state: 'done', ...part };
    core.day.answers.set(suggestion.id, answer);
    core.publish('answer', answer);
  };

  it('previews every operation with exactly the arguments that are run', async () => {
    const page = await open({ shows: true });
    for (const operation of OPERATIONS) {
      const offer = offerOf({ task: `Do ${operation.kind}`, operation });
      core.day.offer(offer, core.publish);
      await card(page).getByText(`Do ${operation.kind}`).waitFor();
      expect(await preview(page).locator('.text-good').textContent()).toBe(operationText(operation));
    }
    core.day.offer(offerOf({ task: 'Do rename', operation: renaming }), core.publish);
    await card(page).getByText('Do rename').waitFor();
    const lines = await preview(page).getByRole('listitem').allTextContents();
    expect(lines.join('\n')).toBe(operationText(renaming));
    expect(window.complaints).toEqual([]);
  });

  it('a long list of renames scrolls by key inside the card', async () => {
    const page = await open();
    core.day.offer(offerOf({ operation: renaming }, 400), core.publish);
    await preview(page).waitFor();
    await preview(page).focus();
    const box = () =>
      preview(page).evaluate((part) => [part.clientHeight, part.scrollHeight, part.scrollTop]);
    const [height, whole] = await box();
    expect(height).toBeLessThan(whole!);
    await page.keyboard.press('End');
    await until('the end', async () => (await box())[2]! + height! >= whole! - 1);
  });

  it.each([false, true])(
    'renames, tells how far it is, and takes it back by key (dark: %s)',
    async (dark) => {
      const page = await open({ dark });
      const offer = offerOf({ task: 'Rename 12 files like “oslo-01.jpg”', operation: renaming }, 400);
      core.day.offer(offer, core.publish);
      await preview(page).waitFor();
      await shot(page, `rename-offer-${dark ? 'dark' : 'light'}`);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await card(page).getByText('Working…').waitFor();
      tell(offer, { text: 'Renamed 3 of 12 …', state: 'writing' });
      await card(page).getByText('Renamed 3 of 12').waitFor();
      expect(await card(page).getByRole('button', { name: 'Undo' }).count()).toBe(0);
      tell(offer, { text: 'Renamed 12 files. Nothing was overwritten.', undoable: true });
      await card(page).getByRole('button', { name: 'Undo' }).waitFor();
      await shot(page, `rename-done-${dark ? 'dark' : 'light'}`);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Control+z');
      await card(page).getByText('Taken back: 12 files have their old names.').waitFor();
      expect(await card(page).getByRole('button', { name: 'Undo' }).count()).toBe(0);
      expect(core.calls.filter((call) => call.channel === 'operations.undo')).toEqual([
        { channel: 'operations.undo', input: { suggestion: offer.id } },
      ]);
      expect(window.complaints).toEqual([]);
    },
  );

  it('tells why nothing was renamed, and what could not go back', async () => {
    const page = await open();
    const offer = offerOf({ operation: renaming });
    core.day.offer(offer, core.publish);
    await preview(page).waitFor();
    await page.keyboard.press('Enter');
    const note = 'There is a “oslo-03.jpg” already. Nothing was renamed.';
    tell(offer, { state: 'failed', note });
    await card(page).getByText(note).waitFor();
    await shot(page, 'rename-failed');
    await page.keyboard.press('Escape');
    await card(page).waitFor({ state: 'detached' });
    // On its page, later: half of it went back.
    tell(offer, {
      state: 'failed',
      note: 'Taken back: 11 files. “oslo-03.jpg” could not go back.',
      undoable: true,
    });
    await page.evaluate((id) => (location.hash = `#/suggestion/${id}`), offer.id);
    await page.getByText('could not go back').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Taken back: 12 files have their old names.').waitFor();
    await shot(page, 'rename-page');
    expect(await violations(page)).toEqual([]);
  });

  it('says in one sentence when there is nothing to take back any more', async () => {
    const page = await open();
    const offer = offerOf({ operation: renaming });
    core.day.offer(offer, core.publish);
    await preview(page).waitFor();
    await page.keyboard.press('Enter');
    tell(offer, { text: 'Renamed 12 files.', undoable: true });
    await card(page).getByRole('button', { name: 'Undo' }).waitFor();
    core.day.answers.delete(offer.id);
    await card(page).getByRole('button', { name: 'Undo' }).click();
    await page.getByText('There is nothing here that can be taken back.').waitFor();
  });

  it.each([
    ['chat', { kind: 'chat', instruction: 'Explain it.' }, 'What shall be written?'],
    ['search', { kind: 'search', query: 'two keys' }, 'What shall be searched for?'],
  ] as const)('rewords a %s by key before accepting it', async (_, operation, label) => {
    const page = await open();
    const offer = offerOf({ operation });
    core.day.offer(offer, core.publish);
    await preview(page).waitFor();
    await page.keyboard.press('e');
    const field = page.getByLabel(label);
    await field.waitFor();
    expect(await field.evaluate((part) => part === document.activeElement)).toBe(true);
    await shot(page, `edit-${operation.kind}`);
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await preview(page).waitFor();
    await card(page).getByRole('button', { name: 'Say it in your own words' }).click();
    await field.fill('Only the second half, in German');
    // The card's own time runs out meanwhile: who writes is not interrupted.
    core.publish('state', { ...core.day.state, current: null });
    await page.keyboard.press('Enter');
    await card(page).getByText('Only the second half, in German').waitFor();
    expect(answers()).toEqual([
      { id: offer.id, answer: 'accept', via: 'card', task: 'Only the second half, in German' },
    ]);
  });

  it('unchanged words are a plain accept; files and times cannot be reworded', async () => {
    const page = await open();
    const offer = offerOf({ operation: { kind: 'search', query: 'two keys' } });
    core.day.offer(offer, core.publish);
    await preview(page).waitFor();
    await page.keyboard.press('e');
    await page.getByLabel('What shall be searched for?').waitFor();
    await page.keyboard.press('Enter');
    await card(page).getByText('Opened in your browser.').waitFor();
    expect(answers()).toEqual([{ id: offer.id, answer: 'accept', via: 'card' }]);
    await page.keyboard.press('Escape');
    core.day.offer(offerOf({ operation: renaming }), core.publish);
    await preview(page).waitFor();
    await page.keyboard.press('e');
    expect(await page.getByRole('textbox').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Say it in your own words' }).count()).toBe(0);
  });

  it('a reminder comes as a card of its own, is done by Enter and comes again later', async () => {
    const page = await open();
    const text = 'Send the minutes to Ada';
    const why = 'You asked at 14:05 to be reminded';
    const reminder = () => {
      const { operation: _none, ...rest } = offerOf().proposal;
      const base = offerOf({ ...rest, task: text, message: text, why, proposer: 'reminder' }, 400);
      const { operation: _, ...proposal } = base.proposal;
      return { ...base, proposal };
    };
    core.day.offer(reminder(), core.publish);
    await card(page).getByText(why).waitFor();
    expect(await card(page).getByText(text).count()).toBe(1);
    await shot(page, 'reminder');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await card(page).waitFor({ state: 'detached' });
    core.day.offer(reminder(), core.publish);
    await card(page).getByRole('button', { name: 'Again later' }).click();
    await card(page).waitFor({ state: 'detached' });
    expect(answers()).toMatchObject([{ answer: 'accept' }, { answer: 'snooze' }]);
  });

  it('without a fit model a file is outlined, and the card says so', async () => {
    const page = await open();
    core.day.offer(offerOf({ operation: OPERATIONS[2] }), core.publish);
    await card(page).getByText('Reads, and outlines without a model: Survey 2026.md').waitFor();
  });
});
