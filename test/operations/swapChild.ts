/**
 * Swaps what lies in a folder as fast as it can: files for others, for links to `outside` and back. It deletes and overwrites
 * nothing itself, so that whatever is missing at the end was lost by somebody else. Sends the texts that it wrote when told
 * to stop.
 */
import { linkSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '', outside = '', aside = ''] = process.argv.slice(2);
const written: string[] = [];
let count = 0;
let stopped = false;

const quietly = (work: () => void) => {
  try {
    work();
  } catch {
    // Whatever is being renamed this moment is not there, or its name is taken.
  }
};
const away = (path: string) => quietly(() => renameSync(path, join(aside, String((count += 1)))));

function swap(round: number): void {
  for (const name of readdirSync(folder).filter((each) => /^note \d+\.txt$/.test(each))) {
    const path = join(folder, name);
    const next = join(folder, name.replace('note', 'new'));
    const kept = join(aside, `kept ${(count += 1)}`);
    quietly(() => renameSync(path, kept));
    if (round % 3 === 0) quietly(() => symlinkSync(join(outside, 'precious.txt'), path));
    if (round % 3 === 1) {
      quietly(() => {
        writeFileSync(path, `another ${count}`, { flag: 'wx' });
        written.push(`another ${count}`);
      });
    }
    if (round % 2 === 0) quietly(() => linkSync(join(outside, 'precious.txt'), next));
    away(path);
    if (round % 2 === 0) away(next);
    quietly(() => linkSync(kept, path));
  }
}

process.on('message', () => {
  stopped = true;
  process.send?.(written, () => process.exit());
});
process.send?.('ready');
const loop = (round: number) => {
  if (stopped) return;
  swap(round);
  setImmediate(() => loop(round + 1));
};
loop(0);
