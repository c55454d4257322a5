import type { Browser, Page } from 'playwright-core';
import { AppError } from '../../../src/errors.ts';
import type { Answer } from '../../../src/model/feedback.ts';
import type { Suggestion } from '../../../src/model/suggestion.ts';
import { startFakeCore, type FakeCore } from '../fakeCore.ts';
import { createFakeDay, type FakeDay } from '../fakeDay.ts';
import { NOW } from './frozen.ts';

/** A page in one state, and what its console complained about. */
export interface Stage {
  readonly page: Page;
  readonly core: FakeCore;
  readonly complaints: readonly string[];
  /** Puts a suggestion on the card. */
  offer(suggestion: Suggestion): Promise<void>;
  /** Tells what became of an accepted suggestion. */
  answer(suggestion: Suggestion, part: Partial<Answer>): void;
  close(): Promise<void>;
}

/** One screen in one state, by name; `screen/state`. */
export interface State {
  readonly name: string;
  /** Where the window opens; Today unless told. */
  readonly hash?: string;
  /** The first run. */
  readonly fresh?: boolean;
  /** A link that was used already. */
  readonly token?: string;
  /** No screen stands there yet. */
  readonly bare?: boolean;
  readonly rows?: number;
  /** Channels that never answer, and channels that fail. */
  readonly silent?: readonly string[];
  readonly failing?: readonly string[];
  /** The day as the window finds it. */
  readonly day?: (day: FakeDay) => void;
  /** Brings the open page to the state; resolves when the state is to be seen. */
  readonly act?: (stage: Stage) => Promise<void>;
  /** The state is expected to fill the console (a connection that was refused). */
  readonly loud?: boolean;
}

/** What a page looks like besides its state. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly dark: boolean;
  readonly contrast: 'normal' | 'more' | 'forced';
}

/** The window as it is designed first. */
export const PLAIN: Look = { width: 1120, height: 860, dark: false, contrast: 'normal' };

/** Waits longer than this never end on a stage: a notice stays, a question for a reason does not answer itself. */
const LONG_MS = 3000;

/** Opens a state in a context of its own. */
export async function openState(browser: Browser, state: State, look: Look = PLAIN): Promise<Stage> {
  const day = createFakeDay({ welcomed: !state.fresh, ...(state.rows && { rows: state.rows }) });
  state.day?.(day);
  addFaults(day, state);
  const core = await startFakeCore(day);
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height },
    locale: 'en-US',
    timezoneId: 'UTC',
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.clock.setFixedTime(NOW);
  await page.addInitScript((long) => {
    const real = globalThis.setTimeout;
    const short = (run: () => void, ms = 0) => (ms >= long ? 0 : real(run, ms));
    globalThis.setTimeout = short as typeof setTimeout;
  }, LONG_MS);
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await setLook(page, look);
  await page.goto(`${core.address}#token=${state.token ?? core.token}`);
  const stage: Stage = {
    page,
    core,
    complaints,
    async offer(suggestion) {
      core.day.offer(suggestion, core.publish);
      await page.getByRole('complementary').getByText(suggestion.proposal.task).first().waitFor();
    },
    answer(suggestion, part) {
      const answer: Answer = { suggestion: suggestion.id, at: NOW, text: '', state: 'done', ...part };
      core.day.answers.set(suggestion.id, answer);
      core.publish('answer', answer);
    },
    async close() {
      await context.close();
      await core.stop();
    },
  };
  try {
    // The address is rid of its token first: a screen named before would be lost with it.
    await page.waitForFunction(() => !location.hash.includes('token'));
    if (state.hash) await page.evaluate((hash) => (location.hash = hash), state.hash);
    if (!state.token && !state.bare) await page.locator('h1').first().waitFor({ state: 'attached' });
    await state.act?.(stage);
    await settle(page);
  } catch (cause) {
    await stage.close();
    throw new Error(`the state ${state.name} was not reached`, { cause });
  }
  return stage;
}

/** Fonts are there, pictures are as wide as their frames, and two frames were drawn since the last change. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    [...document.querySelectorAll('.recharts-responsive-container')].every((frame) => {
      const width = frame.querySelector('svg.recharts-surface')?.getBoundingClientRect().width ?? -1;
      return Math.abs(width - frame.getBoundingClientRect().width) < 1;
    }),
  );
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let frame = 0; frame < 2; frame++) await new Promise((done) => requestAnimationFrame(done));
  });
}

/** Gives an open page another look, without loading it anew. */
export async function setLook(page: Page, { width, height, dark, contrast }: Look): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({
    colorScheme: dark ? 'dark' : 'light',
    forcedColors: contrast === 'forced' ? 'active' : 'none',
    contrast: contrast === 'more' ? 'more' : 'no-preference',
    reducedMotion: 'reduce',
  });
}

/** A core that keeps one waiting, or that fails. */
function addFaults(day: FakeDay, { silent = [], failing = [] }: State): void {
  const sound = day.handlers;
  const fail = () => {
    throw new AppError('internal', '[log] the log could not be read: the disk is full');
  };
  day.handlers = (publish) => ({
    ...sound(publish),
    ...Object.fromEntries(silent.map((channel) => [channel, () => new Promise(() => {})])),
    ...Object.fromEntries(failing.map((channel) => [channel, fail])),
  });
}
