import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { STATES } from './states/all.ts';
import { openState, PLAIN, setLook, settle, type Look } from './states/state.ts';

const FOLDER = fileURLToPath(new URL('./snapshots/', import.meta.url));
/** Small enough to be kept in the tree, large enough for every part. */
const SIZE = { width: 760, height: 560 };

/** States of which a picture is kept, in light and dark. */
export const PICTURED = [
  'welcome/promises',
  'welcome/sources',
  'welcome/downloading',
  'welcome/start',
  'today/full',
  'today/empty',
  'today/loading',
  'today/wrong',
  'today/shadow-digest',
  'card/offer',
  'card/rename',
  'card/reasons',
  'card/answered',
  'timeline/full',
  'timeline/selection',
  'timeline/failed',
  'suggestion/accepted',
  'teach/traces',
  'models/full',
  'settings/first',
  'dialog/palette',
  'dialog/keys',
  'shell/lost',
] as const;

/** One picture and where its kept one is. */
export interface Picture {
  readonly kept: string;
  readonly actual: Buffer;
}

/** Draws a state in light and dark, at one size. */
export async function draw(browser: Browser, name: string): Promise<readonly Picture[]> {
  const state = STATES.find((each) => each.name === name);
  if (!state) throw new Error(`there is no state ${name}`);
  const plain: Look = { ...PLAIN, ...SIZE };
  const stage = await openState(browser, state, plain);
  try {
    const pictures: Picture[] = [];
    for (const dark of [false, true]) {
      await setLook(stage.page, { ...plain, dark });
      await settle(stage.page);
      const kept = `${FOLDER}${name.replace('/', '-')}.${dark ? 'dark' : 'light'}.png`;
      pictures.push({ kept, actual: await stage.page.screenshot() });
    }
    return pictures;
  } finally {
    await stage.close();
  }
}
