// `npm run screens [-- NAME …] [-- --update]`: every state in every look, as pictures and one contact sheet.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './states/frozen.ts';
import { buildPage } from './browser.ts';
import { openDrawing } from './drawing.ts';
import { STATES } from './states/all.ts';
import { openState, PLAIN, setLook, settle, type Look } from './states/state.ts';

const OUT = fileURLToPath(new URL('../../out/screens/', import.meta.url));

/** The looks of the sheet, a column each. */
const LOOKS: Readonly<Record<string, Look>> = {
  light: PLAIN,
  dark: { ...PLAIN, dark: true },
  more: { ...PLAIN, contrast: 'more' },
  forced: { ...PLAIN, dark: true, contrast: 'forced' },
  narrow: { ...PLAIN, width: 360, height: 760 },
};

const wanted = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const states = STATES.filter(({ name }) => wanted.length === 0 || wanted.some((each) => name.includes(each)));
buildPage();
if (wanted.length === 0) rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const browser = await openDrawing();
const failed: string[] = [];
try {
  for (const state of states) {
    try {
      const stage = await openState(browser, state);
      for (const [look, how] of Object.entries(LOOKS)) {
        await setLook(stage.page, how);
        await settle(stage.page);
        await stage.page.screenshot({ path: join(OUT, `${state.name.replace('/', '-')}.${look}.png`) });
      }
      await stage.close();
    } catch (error) {
      failed.push(`${state.name}: ${String((error as Error).cause ?? error).split('\n', 3).join(' ')}`);
    }
  }
} finally {
  await browser.close();
}
for (const each of failed) process.stderr.write(`${each}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;
