import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Display } from '../desktop/display.ts';
import { until } from '../until.ts';

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Types, copies, switches windows and saves files until stopped, as fast as the programs go. */
export async function beBusy(display: Display, folder: string): Promise<{ stop(): Promise<void> }> {
  for (const title of ['errands', 'letters'])
    display.run('xterm', ['-T', title, '-geometry', '60x10+100+100']);
  const focus = (title: string) =>
    display.call('xdotool', ['search', '--onlyvisible', '--name', `^${title}$`, 'windowactivate', '--sync']);
  for (const title of ['errands', 'letters']) {
    await until(`the window ${title}`, () =>
      focus(title)
        .then(() => true)
        .catch(() => false),
    );
  }
  const ending = new AbortController();
  let round = 0;
  const loop = async (work: () => Promise<unknown> | void) => {
    while (!ending.signal.aborted) {
      await Promise.resolve(work()).catch(() => {});
      await sleep(40);
    }
  };
  const loops = [
    loop(() => display.call('xdotool', ['type', '--delay', '15', 'echo some words '])),
    loop(() => display.call('xclip', ['-selection', 'clipboard'], `copied words number ${++round}`)),
    loop(() => writeFileSync(join(folder, `note-${round % 40}.md`), `note ${Math.random()}\n`)),
    loop(async () => {
      await focus(round % 2 ? 'errands' : 'letters');
      await sleep(200);
    }),
  ];
  return {
    async stop() {
      ending.abort();
      await Promise.all(loops);
    },
  };
}
