import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { until } from '../until.ts';
import type { Display } from './display.ts';

/** A person at a keyboard: real key events, and a picture of the whole screen after each step. */
export interface Steps {
  /** One key or chord, as xdotool names it. */
  press(keys: string): Promise<void>;
  /** Text, as it is typed. */
  type(text: string): Promise<void>;
  /** Tab until the focus is on what is called so; fails when it comes back to where it began. */
  reach(name: string | RegExp): Promise<void>;
  /** Waits for words in the page. */
  reads(words: string | RegExp, patience?: number): Promise<void>;
  /** Waits for a window whose title has these words, and for it to have the focus; gives its id. */
  window(title: string): Promise<string>;
  /** Waits for a suggestion on the card. */
  offered(): Promise<void>;
  /** Waits for a whole answer on the card. */
  answered(): Promise<void>;
  /** Title of the window that has the focus. */
  focused(): Promise<string>;
  /** A numbered picture of the screen, and what it shows. */
  picture(name: string, words: string): Promise<void>;
  /** Writes `index.html` beside the pictures. */
  sheet(): Promise<void>;
}

/** Tab stops after which a control counts as out of reach. */
const MOST_STOPS = 80;

/** Records into `folder`, which is emptied first. */
export function createSteps(options: {
  readonly display: Display;
  readonly page: Page;
  readonly folder: string;
}): Steps {
  const { display, page, folder } = options;
  const pictures: { readonly file: string; readonly words: string }[] = [];
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  const card = page.getByRole('complementary', { name: 'Suggestion' });
  const press = async (keys: string) => void (await display.call('xdotool', ['key', keys]));
  const focused = () => display.call('xdotool', ['getactivewindow', 'getwindowname']).catch(() => '');
  /** The accessible name of what has the focus, as the browser computes it. */
  const here = () =>
    page.evaluate(() => {
      const at = document.activeElement;
      if (!(at instanceof HTMLElement)) return '';
      const label =
        at.getAttribute('aria-label') ?? ('labels' in at && (at as HTMLInputElement).labels?.[0]?.innerText);
      return (label || at.innerText || '').trim();
    });

  return {
    press,
    focused,
    type: async (text) => void (await display.call('xdotool', ['type', '--delay', '12', text])),
    async reach(name) {
      const wanted = (text: string) => (typeof name === 'string' ? text.startsWith(name) : name.test(text));
      const passed: string[] = [];
      for (let stop = 0; stop < MOST_STOPS; stop++) {
        if (wanted(await here())) return;
        const before = await here();
        await press('Tab');
        await until('the focus to move', async () => (await here()) !== before, 400, 20).catch(() => {});
        passed.push(await here());
      }
      throw new Error(`Tab does not reach ${String(name)}; it passed ${passed.join(' | ')}`);
    },
    async reads(words, patience = 15_000) {
      await page.getByText(words).first().waitFor({ timeout: patience });
    },
    async window(title) {
      await until(`the window ${title}`, async () => (await focused()).includes(title), 15_000, 100);
      return (await display.call('xdotool', ['getactivewindow'])).trim();
    },
    offered: () => card.getByRole('button', { name: /^Accept/ }).waitFor({ timeout: 30_000 }),
    answered: () => card.getByRole('button', { name: 'Copy' }).waitFor({ timeout: 30_000 }),
    async picture(name, words) {
      const file = `${String(pictures.length + 1).padStart(2, '0')}-${name}.png`;
      // What a key began is drawn by then; motion takes 140 ms.
      await page.waitForTimeout(250);
      await display.call('import', ['-window', 'root', join(folder, file)]);
      pictures.push({ file, words });
    },
    async sheet() {
      const figures = pictures
        .map(
          ({ file, words }) => `<figure><img src="${file}" alt=""><figcaption>${words}</figcaption></figure>`,
        )
        .join('\n');
      writeFileSync(
        join(folder, 'index.html'),
        `<!doctype html><meta charset="utf-8"><title>A walk with the keyboard</title><style>body{font:15px/1.5 system-ui;margin:2rem;display:grid;grid-template-columns:repeat(auto-fill,minmax(480px,1fr));gap:2rem}img{width:100%;border:1px solid #ccc}figure{margin:0}</style>\n${figures}\n`,
      );
    },
  };
}
