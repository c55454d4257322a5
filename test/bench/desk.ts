import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Display } from '../desktop/display.ts';

/** A scripted hour at the desk, pressed together: the same steps at the same times in every run. */
export interface Desk {
  /** Works for `seconds`: about four window switches, a title, a copy, two saves and two words every ten seconds. */
  work(seconds: number): Promise<void>;
  /** Gives the window in front a title; resolves once the X server has it. */
  title(title: string): Promise<void>;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Milliseconds between two steps: an hour's work in a minute or two. */
const STEP_MS = 700;

/** Opens three windows on `display`; files are saved in `folder`. */
export async function openDesk(display: Display, folder: string): Promise<Desk> {
  const windows: string[] = [];
  for (const name of ['report', 'shell', 'notes']) {
    // A shell would set its own titles: this window waits and shows what is typed.
    display.run('xterm', ['-title', `${name} - desk`, '-class', `Desk${name}`, '-e', 'cat > /dev/null']);
    const found = await display.call('xdotool', [
      'search',
      '--sync',
      '--onlyvisible',
      '--class',
      `Desk${name}`,
    ]);
    windows.push(found.trim().split('\n').at(-1)!);
  }
  let front = windows[0]!;
  const activate = async (n: number) => {
    front = windows[n % windows.length]!;
    await display.call('xdotool', ['windowactivate', front]);
  };
  const title = async (text: string) => {
    await display.call('xdotool', ['set_window', '--name', text, front]);
  };
  const steps: ((n: number) => Promise<unknown>)[] = [
    (n) => activate(n),
    () => display.call('xdotool', ['type', '--delay', '20', 'so it goes']),
    (n) => title(`chapter ${n} - desk`),
    async (n) => writeFileSync(join(folder, `note-${n % 20}.md`), `note ${n}\n`),
    (n) => activate(n),
    (n) => display.call('xclip', ['-selection', 'clipboard'], `a sentence that is copied, number ${n}`),
    (n) => activate(n),
    async (n) => {
      writeFileSync(join(folder, `draft-${n}.tmp`), `draft ${n}\n`);
      renameSync(join(folder, `draft-${n}.tmp`), join(folder, `draft-${n % 20}.md`));
    },
    (n) => activate(n),
    (n) => title(`page ${n} - desk`),
    async () => {},
    async () => {},
    async () => {},
    async () => {},
  ];
  return {
    title,
    async work(seconds) {
      const began = performance.now();
      for (let n = 0; performance.now() - began < seconds * 1000; n += 1) {
        await steps[n % steps.length]!(n);
        await sleep(Math.max(0, began + (n + 1) * STEP_MS - performance.now()));
      }
    },
  };
}
