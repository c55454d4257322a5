import './states/frozen.ts';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { buildPage } from './browser.ts';
import { comparePicture } from './checks/picture.ts';
import { openDrawing } from './drawing.ts';
import { draw, PICTURED } from './pictures.ts';

needs(['chromium'], 'pictures', () => {
  let browser: Browser;
  beforeAll(async () => {
    buildPage();
    browser = await openDrawing();
  });
  afterAll(() => browser?.close());

  it.each(PICTURED)('%s looks as it was kept, light and dark', async (name) => {
    for (const { actual, kept } of await draw(browser, name)) {
      expect(comparePicture(actual, kept).words).toBe('');
    }
  });

  it('keeps no picture that nothing draws', () => {
    const folder = new URL('./snapshots/', import.meta.url);
    const wanted = PICTURED.flatMap((name) =>
      ['light', 'dark'].map((look) => `${name.replace('/', '-')}.${look}.png`),
    );
    expect(readdirSync(folder).toSorted()).toEqual(wanted.toSorted());
  });

  it('a changed word is seen, and the pictures of it are left behind', () => {
    const folder = mkdtempSync(join(tmpdir(), 'beforehand-compare-'));
    const kept = join(folder, 'kept.png');
    const page = new PNG({ width: 400, height: 300 });
    page.data.fill(255);
    writeFileSync(kept, PNG.sync.write(page));
    expect(comparePicture(readFileSync(kept), kept)).toEqual({ same: true, words: '' });
    // A word is about 40 by 8 px, half of them ink.
    for (let at = 0; at < 160; at++)
      page.data.fill(0, (40 * 400 + 30 + at * 2) * 4, (40 * 400 + 30 + at * 2) * 4 + 3);
    const { same, words } = comparePicture(PNG.sync.write(page), kept);
    expect(same).toBe(false);
    const left = /see (\S+);/.exec(words)?.[1] ?? '';
    expect(existsSync(join(left, 'diff.png'))).toBe(true);
    rmSync(left, { recursive: true });
    rmSync(folder, { recursive: true });
  });
});
