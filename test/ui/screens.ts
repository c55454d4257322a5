// `npm run screens [-- NAME …]`: every state in every look, as pictures and one contact sheet in out/screens/.
// `npm run screens -- --update [NAME …]`: the pictures kept in test/ui/snapshots/ are drawn anew.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import './states/frozen.ts';
import { buildPage } from './browser.ts';
import { openDrawing } from './drawing.ts';
import { keepPicture } from './checks/picture.ts';
import { draw, PICTURED } from './pictures.ts';
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

const fileOf = (name: string, look: string) => `${name.replace('/', '-')}.${look}.png`;
const wanted = process.argv.slice(2).filter((each) => !each.startsWith('--'));
const states = STATES.filter(({ name }) => wanted.length === 0 || wanted.some((each) => name.includes(each)));
buildPage();
if (wanted.length === 0 && !process.argv.includes('--update')) rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const browser = await openDrawing();
const failed: string[] = [];
try {
  if (process.argv.includes('--update')) await update();
  else await all();
} finally {
  await browser.close();
}
for (const each of failed) process.stderr.write(`${each}\n`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function update(): Promise<void> {
  for (const name of PICTURED.filter(
    (each) => wanted.length === 0 || wanted.some((part) => each.includes(part)),
  )) {
    for (const { actual, kept } of await draw(browser, name)) keepPicture(actual, kept);
  }
}

async function all(): Promise<void> {
  for (const state of states) {
    try {
      const stage = await openState(browser, state);
      for (const [look, how] of Object.entries(LOOKS)) {
        await setLook(stage.page, how);
        await settle(stage.page);
        await stage.page.screenshot({ path: join(OUT, fileOf(state.name, look)) });
      }
      await stage.close();
    } catch (error) {
      failed.push(
        `${state.name}: ${String((error as Error).cause ?? error)
          .split('\n', 3)
          .join(' ')}`,
      );
    }
  }
  if (wanted.length === 0) await sheet();
}

/** The contact sheet: a page to scroll through, and the same as one picture. */
async function sheet(): Promise<void> {
  const looks = Object.keys(LOOKS);
  const rows = states.map(({ name }) => {
    const cells = looks.map((look) => `<td><img alt="${name}, ${look}" src="${fileOf(name, look)}"></td>`);
    return `<tr><th>${name}</th>${cells.join('')}</tr>`;
  });
  const style =
    'body{font:13px sans-serif;margin:16px;background:#888}th{text-align:left;padding:6px;vertical-align:top}' +
    'img{height:300px;display:block}td{padding:3px}a{color:#000}';
  const head = `<tr><th></th>${looks.map((look) => `<th>${look}</th>`).join('')}</tr>`;
  const html = `<!doctype html><meta charset="utf-8"><title>Beforehand: every state</title><style>${style}</style><table>${head}${rows.join('')}</table>`;
  writeFileSync(join(OUT, 'index.html'), html);
  const page = await browser.newPage({ viewport: { width: 1950, height: 900 }, deviceScaleFactor: 0.5 });
  await page.goto(`file://${join(OUT, 'index.html')}`);
  await page.screenshot({ path: join(OUT, 'sheet.png'), fullPage: true });
  await page.close();
}
