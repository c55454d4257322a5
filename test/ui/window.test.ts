import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { until } from '../until.ts';
import { assistant } from '../../src/contract.ts';
import { serve } from '../../src/rpc.ts';
import { buildPage, openBrowser, openWindow, type Window } from './browser.ts';
import { startFakeCore, type FakeCore } from './fakeCore.ts';
import { createFakeDay, offerOf, type FakeDay } from './fakeDay.ts';

/** The page's globals of the preload test. */
interface Desk {
  beforehand: {
    send(message: unknown): void;
    onMessage(listener: (message: unknown) => void): void;
    onClose(listener: () => void): void;
  };
  deliver: (message: unknown) => void;
  toCore: (message: unknown) => Promise<void>;
}

needs(['chromium'], 'the window', () => {
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

  async function open(day: FakeDay = createFakeDay(), options: Parameters<typeof openWindow>[2] = {}) {
    core = await startFakeCore(day);
    window = await openWindow(browser, core, options);
    await window.page
      .getByRole(day.settings.welcomed ? 'navigation' : 'heading')
      .first()
      .waitFor();
    return window.page;
  }
  const inputsOf = (channel: string) =>
    core.calls.filter((call) => call.channel === channel).map((call) => call.input);

  it('walks through the welcome and keeps what was chosen', async () => {
    const page = await open(createFakeDay({ welcomed: false }));
    await page.getByRole('heading', { name: 'Help, before you ask.' }).waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Payment details for [EMAIL]').waitFor();
    await page.getByRole('switch', { name: 'Keyboard' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('button', { name: 'Download Qwen3 4B' }).click();
    await page.getByRole('progressbar', { name: 'Download of Qwen3 4B' }).waitFor();
    await page.getByText('120 MB / 400 MB').waitFor();
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('No interruptions.').click();
    await page.getByRole('button', { name: 'Start watching' }).click();
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    expect(core.day.settings.sources.keyboard).toBe(false);
    expect(core.day.settings).toMatchObject({ welcomed: true, mode: 'shadow' });
    expect(inputsOf('models.pull')).toEqual([{ alias: 'qwen3-4b' }]);
    expect(new Set(inputsOf('privacy.sample').map((each) => (each as { source: string }).source)).size).toBe(
      5,
    );
    expect(window.complaints).toEqual([]);
  });

  it('takes the token out of the address and needs only the cookie on reload', async () => {
    const page = await open();
    expect(page.url()).not.toContain('token');
    await page.reload();
    await page.getByText('5 of 5 sources').waitFor();
    expect(window.complaints).toEqual([]);
  });

  it('says so when a link was used already', async () => {
    core = await startFakeCore();
    window = await openWindow(browser, core, { token: 'wrong' });
    await window.page.getByText('This link was used already').waitFor();
    expect(window.page.url()).not.toContain('token');
  });

  it('shows the day: status, strip, what waits, counts and their trail', async () => {
    const page = await open();
    await page.getByText('5 of 5 sources, model ready').waitFor();
    await page.getByRole('figure', { name: 'Your day by app' }).getByText('Visual Studio Code').waitFor();
    const waiting = page.getByRole('list', { name: 'Waiting for you' });
    expect(await waiting.getByRole('listitem').count()).toBe(2);
    await page.getByRole('button', { name: /41 times it stayed silent/ }).click();
    await page.getByRole('dialog').getByText('the model chose silence').first().waitFor();
    await page.keyboard.press('Escape');
    core.publish('state', {
      ...core.day.state,
      capture: 'wrong',
      says: 'The clipboard source has stalled.',
    });
    await page.getByText('The clipboard source has stalled.').waitFor();
  });

  it('leads to each part of Settings from the keyboard; a fault is told in whole sentences', async () => {
    const day = createFakeDay();
    const reason = '[monitor:clipboard] the system has not answered';
    day.state = {
      ...day.state,
      sources: day.state.sources.map((each) =>
        each.name === 'clipboard' ? { ...each, state: 'unhealthy', reason, mend: 'log in again' } : each,
      ),
    };
    const page = await open(day);
    await page.evaluate(() => (location.hash = '#/settings'));
    await page.getByText('The system has not answered. Log in again.').waitFor();
    const parts = page.getByRole('navigation', { name: 'Parts of the settings' }).getByRole('button');
    const headings = await page.getByRole('heading', { level: 2 }).allTextContents();
    expect(await parts.allTextContents()).toEqual(headings);
    await parts.filter({ hasText: 'Your data' }).focus();
    await page.keyboard.press('Enter');
    const data = page.getByRole('region', { name: 'Your data' });
    expect(await data.evaluate((part) => document.activeElement === part)).toBe(true);
    await page.keyboard.press('Tab');
    expect(await data.evaluate((part) => part.contains(document.activeElement))).toBe(true);
    expect(window.complaints).toEqual([]);
  });

  it('shows the mark of a demo day', async () => {
    const day = createFakeDay();
    day.state = { ...day.state, demo: true };
    const page = await open(day);
    await page.getByText('Demo day: nothing is captured').first().waitFor();
  });

  it('accepts by click, streams the answer, stops and copies it', async () => {
    const page = await open();
    const offer = offerOf();
    core.day.offer(offer, core.publish);
    const card = page.getByRole('complementary', { name: 'Suggestion' });
    await card.getByText(offer.proposal.why).waitFor();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await card.getByRole('button', { name: 'Accept' }).click();
    await card.getByText('Writing…').waitFor();
    const answer = {
      suggestion: offer.id,
      at: Date.now(),
      text: 'Use\nboth keys.',
      state: 'writing' as const,
    };
    core.day.answers.set(offer.id, answer);
    core.publish('answer', answer);
    await card.getByText('both keys.').waitFor();
    await card.getByRole('button', { name: 'Stop' }).click();
    await card.getByText('Stopped.').waitFor();
    await card.getByRole('button', { name: 'Copy' }).click();
    await card.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('Use\nboth keys.');
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });
    expect(inputsOf('suggestions.answer')).toEqual([{ id: offer.id, answer: 'accept', via: 'card' }]);
  });

  it('accepts by Enter, but not while a text field or another control has the focus', async () => {
    const page = await open();
    const offer = offerOf({ operation: { kind: 'search', query: 'two keys' } });
    core.day.offer(offer, core.publish);
    await page.getByRole('complementary').waitFor();
    await page.keyboard.press('/');
    await page.getByRole('searchbox').fill('merge');
    await page.keyboard.press('Enter');
    expect(inputsOf('suggestions.answer')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await page.getByText('Opened in your browser.').waitFor();
    expect(inputsOf('suggestions.answer')).toEqual([{ id: offer.id, answer: 'accept', via: 'card' }]);
  });

  it('dismisses by Escape with a reason, or without one', async () => {
    const page = await open();
    const [first, second] = [offerOf(), offerOf()];
    core.day.offer(first, core.publish);
    await page.getByRole('complementary').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Why not?').waitFor();
    await page.keyboard.press('4');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    core.day.offer(second, core.publish);
    await page
      .getByRole('complementary')
      .getByRole('button', { name: /^Dismiss/ })
      .click();
    await page.getByText('Why not?').waitFor();
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    expect(inputsOf('suggestions.answer')).toEqual([
      { id: first.id, answer: 'reject', via: 'card', reason: 'never-here' },
      { id: second.id, answer: 'reject', via: 'card' },
    ]);
  });

  it('snoozes, and offers nothing once the core took the card back', async () => {
    const page = await open();
    core.day.offer(offerOf(), core.publish);
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    expect(inputsOf('suggestions.answer')).toMatchObject([{ answer: 'snooze' }]);
    core.day.offer(offerOf(), core.publish);
    await page.getByRole('complementary').waitFor();
    core.publish('state', { ...core.day.state, current: null });
    await page.getByRole('complementary').waitFor({ state: 'detached' });
  });

  it('pauses by click, by menu and by key, and records a missed need', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByText('until you resume').waitFor();
    await page.keyboard.press('Control+Shift+P');
    await page.getByText('Watching').waitFor();
    await page.getByRole('button', { name: 'Pause for a while' }).click();
    await page.getByRole('menuitem', { name: '1 hour' }).click();
    await page
      .getByText(/^until \d\d:\d\d|until .*\d\d:\d\d/)
      .first()
      .waitFor();
    expect(inputsOf('capture.pause')).toEqual([{ minutes: null }, { minutes: 60 }]);
    await page.keyboard.press('Control+Shift+H');
    await page.getByText('Noted, with the last 14 observations.').waitFor();
    expect(window.complaints).toEqual([]);
  });

  it('pauses from the card, and puts the suggestion off', async () => {
    const page = await open();
    const offer = offerOf({}, 400);
    core.day.offer(offer, core.publish);
    await page.getByRole('button', { name: 'Pause, and put this off' }).click();
    await page.getByRole('menuitem', { name: 'Pause: Until tomorrow' }).click();
    await until('it is asked', () => inputsOf('capture.pause').length === 1);
    expect(inputsOf('capture.pause')).toEqual([{ until: 'tomorrow' }]);
    await until('it is put off', () => inputsOf('suggestions.answer').length === 1);
    expect(inputsOf('suggestions.answer')).toEqual([{ id: offer.id, answer: 'snooze', via: 'card' }]);
    await page.getByText('Paused', { exact: true }).waitFor();
  });

  it('edits the hours in which it watches by keyboard alone', async () => {
    const page = await open();
    await page.keyboard.press('Control+6');
    await page.getByRole('button', { name: 'Add hours: When it watches' }).focus();
    await page.keyboard.press('Enter');
    const row = page.getByRole('group', { name: 'When it watches, 1' });
    await row.getByRole('checkbox', { name: 'Friday' }).focus();
    await page.keyboard.press('Space');
    await row.getByLabel('From').fill('22:00');
    await row.getByLabel('To').fill('06:00');
    await row.getByText('Ends the next day.').waitFor();
    await until('it is kept', () => core.day.settings.watchHours[0]?.to === '06:00');
    expect(core.day.settings.watchHours).toEqual([{ days: [1, 2, 3, 4], from: '22:00', to: '06:00' }]);
    await row.getByRole('button', { name: 'Remove: When it watches, 1' }).focus();
    await page.keyboard.press('Enter');
    await until('it is gone', () => core.day.settings.watchHours.length === 0);
  });

  it('finds a shipped exclusion by keyboard alone, switches it off and on again', async () => {
    const page = await open();
    await page.keyboard.press('Control+6');
    const search = page.getByRole('searchbox', { name: 'Search the lists' });
    await search.focus();
    await page.keyboard.type('doctolib');
    const entry = page.getByRole('switch', { name: 'Protect “doctolib” (health page)' });
    await entry.focus();
    await page.keyboard.press('Space');
    await until('it is off', () => core.day.settings.allowed.includes('doctolib'));
    await page.getByText('1 switched off').waitFor();
    await page.keyboard.press('Space');
    await until('it is on', () => core.day.settings.allowed.length === 0);
    await search.fill('no such entry');
    await page.getByText('Nothing in the lists has “no such entry”.').waitFor();
    await search.fill('');
    // Closed until somebody opens it: hundreds of switches are no help to anyone.
    expect(await entry.count()).toBe(0);
    const list = page.getByRole('button', { name: 'Titles: health page' });
    await list.focus();
    await page.keyboard.press('Enter');
    await entry.waitFor();
    await page.getByRole('switch', { name: 'Let the desktop tell private windows' }).click();
    await until('it is kept', () => core.day.settings.accessibility);
  });

  it('opens a suggestion with all that led to it, and deletes it', async () => {
    const page = await open();
    await page
      .getByRole('button', { name: /Summarise “Attention/ })
      .last()
      .click();
    await page.getByRole('heading', { level: 1, name: /Summarise/ }).waitFor();
    await page.getByRole('meter', { name: 'Chance that help is needed' }).waitFor();
    await page.getByText('exactly these 8 observations').waitFor();
    await page.getByText('Results of a search are on screen', { exact: false }).waitFor();
    await page.getByRole('button', { name: 'Delete suggestion' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('list', { name: 'Waiting for you' }).waitFor();
    await until('it is gone', async () => (await page.getByText(/Summarise “Attention/).count()) === 0);
    expect(inputsOf('forget')).toHaveLength(1);
  });

  it('says what to do when the assistant stops, and carries on when it is back', async () => {
    const page = await open();
    await core.stop();
    await page.getByRole('alert').getByText('The assistant is not running').waitFor();
    await page.getByText('npm start').waitFor();
    await page.getByText('Not connected').waitFor();
    expect(await page.getByText('Watching', { exact: true }).count()).toBe(0);
    core.day.state = { ...core.day.state, capture: 'paused', pausedUntil: 0, says: 'until you resume' };
    await core.start();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await page.getByText('until you resume').waitFor();
  });

  it('shows what the desktop says as text, never as markup', async () => {
    const day = createFakeDay();
    const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    day.observations = day.observations.map((row) => ({
      ...row,
      app: evil,
      event: `${evil} [a](javascript:x)`,
    }));
    const page = await open(day);
    core.day.offer(
      offerOf({ task: evil, why: evil, operation: { kind: 'search', query: evil } }),
      core.publish,
    );
    await page.getByRole('complementary').getByText(evil).first().waitFor();
    await page.keyboard.press('Control+2');
    await page.getByText(`${evil} [a](javascript:x)`).first().waitFor();
    expect(await page.locator('main img, aside img, main script, main a').count()).toBe(0);
    expect(await page.title()).toBe('Beforehand');
    expect(window.complaints).toEqual([]);
  });

  it('speaks through the preload where there is one', async () => {
    core = await startFakeCore();
    const context = await browser.newContext();
    const page = await context.newPage();
    const hears: ((message: unknown) => void)[] = [];
    serve(assistant, core.day.handlers(core.publish), {
      send: (message) =>
        void page.evaluate((sent) => (globalThis as unknown as Desk).deliver(sent), message).catch(() => {}),
      onMessage: (listener) => void hears.push(listener),
      onClose: () => undefined,
    });
    await page.exposeFunction('toCore', (message: unknown) => hears.forEach((hear) => hear(message)));
    await page.addInitScript(() => {
      const desk = globalThis as unknown as Desk;
      desk.beforehand = {
        send: (message) => void desk.toCore(message),
        onMessage: (listener) => (desk.deliver = listener),
        onClose: () => undefined,
      };
    });
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    await page.goto(core.address);
    await page.getByText('5 of 5 sources, model ready').waitFor();
    expect(sockets).toEqual([]);
    await context.close();
  });

  it('does not scroll sideways at 360 px', async () => {
    const page = await open(createFakeDay(), { width: 360, height: 640 });
    core.day.offer(offerOf(), core.publish);
    for (const key of ['1', '2', '3', '4', '5', '6']) {
      await page.keyboard.press(`Control+${key}`);
      const wide = await page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('main, main > *')].some(
          (each) => each.scrollWidth > 360,
        ),
      );
      expect(wide, `screen ${key}`).toBe(false);
    }
  });

  it('breaks long words rather than the layout, at 360 px and zoomed to 200 %', async () => {
    const long = 'a'.repeat(90);
    const page = await open(createFakeDay(), { width: 360, height: 640 });
    const offer = offerOf({ task: `Explain “${long}”`, why: `You copied ${long}`, message: long }, 400);
    offer.reasons = [long];
    offer.proposal.operation = { kind: 'search', query: long };
    core.day.observations.push({
      ...core.day.observations[0]!,
      id: offer.id,
      event: `The user opens ${long}.`,
    });
    core.day.answers.set(offer.id, { suggestion: offer.id, at: Date.now(), text: long, state: 'done' });
    core.day.offer(offer, core.publish);
    await page.getByRole('complementary').waitFor();
    const tooWide = () =>
      page.evaluate(() =>
        [document.documentElement, ...document.querySelectorAll('main, main > *, [data-card]')]
          .filter((each) => each.scrollWidth > each.clientWidth)
          .map((each) => each.outerHTML.slice(0, 80)),
      );
    for (const zoom of [1, 2]) {
      // Zoomed to 200 %, a window of 720 px lays out as 360: its height is halved as well.
      await page.setViewportSize({ width: 360, height: 640 / zoom });
      for (const where of ['today', 'timeline', `suggestion/${offer.id}`]) {
        await page.evaluate((hash) => (location.hash = `#/${hash}`), where);
        await page.getByRole('complementary').waitFor();
        expect(await tooWide(), `${where} at ${zoom * 100} %`).toEqual([]);
      }
    }
    await page.getByRole('complementary').getByRole('button', { name: 'Accept' }).click();
    await page.getByText('Opened in your browser.').waitFor();
    expect(await tooWide(), 'the answer').toEqual([]);
  });

  it('tells under an answer that another suggestion is there', async () => {
    const page = await open();
    core.day.offer(offerOf({ task: 'First task' }, 400), core.publish);
    await page.getByRole('complementary').getByRole('button', { name: 'Accept' }).click();
    core.day.offer(offerOf({ task: 'Second task' }, 400), core.publish);
    await page.getByRole('button', { name: 'Another suggestion is here: Second task' }).click();
    await page.getByRole('complementary').getByRole('button', { name: 'Accept' }).waitFor();
    expect(await page.getByRole('complementary').textContent()).toContain('Second task');
  });

  it('says what accepting does: the model’s words, what is gathered without one, or a search', async () => {
    const day = createFakeDay();
    day.suggestions = [];
    const page = await open(day);
    const card = page.getByRole('complementary');
    const chat = { kind: 'chat', instruction: 'Explain it.' } as const;
    day.offer(offerOf({ operation: chat, proposer: 'pattern:error' }, 400), core.publish);
    await card.getByText('Gathers, without a model: the error').waitFor();
    day.state = { ...day.state, model: { ...day.state.model, shows: true } };
    day.offer(offerOf({ operation: chat }, 400), core.publish);
    await card.getByText('The model writes: Explain it.').waitFor();
    await page.getByText('Nothing has left this machine.').waitFor();
    day.offer(offerOf({ operation: { kind: 'search', query: 'merge frames' } }, 400), core.publish);
    await card.getByText('Opens your browser: search for merge frames').waitFor();
    await card.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('Only 1 search that you opened left this machine today.').waitFor();
  });
});
