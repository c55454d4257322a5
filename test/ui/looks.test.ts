import './states/frozen.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { buildPage } from './browser.ts';
import { examine } from './checks/examine.ts';
import { openDrawing } from './drawing.ts';
import { STATES } from './states/all.ts';
import { openState } from './states/state.ts';

/** One of each kind: `npm run bench:looks` examines the others too, which takes minutes. */
const SHORT = [
  'welcome/sources',
  'welcome/download-failed',
  'today/full',
  'today/failed',
  'today/thousand',
  'today/wrong',
  'card/offer',
  'card/reasons',
  'card/long-words',
  'card/answered',
  'timeline/selection',
  'timeline/failed',
  'suggestion/accepted',
  'insights/full',
  'teach/traces',
  'teach/annotating',
  'models/full',
  'settings/everything-open',
  'dialog/palette',
  'dialog/digest',
  'dialog/export-look',
  'dialog/forget-everything',
  'shell/lost',
  'shell/study-questions',
] as const;

needs(['chromium'], 'looks', () => {
  let browser: Browser;
  beforeAll(async () => {
    buildPage();
    browser = await openDrawing();
  });
  afterAll(() => browser?.close());

  it.each(SHORT)('nothing is wrong with %s', async (name) => {
    const state = STATES.find((each) => each.name === name);
    if (!state) throw new Error(`there is no state ${name}`);
    const stage = await openState(browser, state);
    try {
      expect((await examine(stage, state, true)).join('\n')).toBe('');
    } finally {
      await stage.close();
    }
  });
});
