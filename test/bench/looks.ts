// `npm run bench:looks [-- NAME …]`: every state in every look and width, examined by machine; minutes.
import '../ui/states/frozen.ts';
import { buildPage } from '../ui/browser.ts';
import { examine } from '../ui/checks/examine.ts';
import { openDrawing } from '../ui/drawing.ts';
import { STATES } from '../ui/states/all.ts';
import { openState } from '../ui/states/state.ts';

const wanted = process.argv.slice(2);
const states = STATES.filter(({ name }) => wanted.length === 0 || wanted.some((each) => name.includes(each)));
buildPage();
const started = performance.now();
const browser = await openDrawing();
let findings = 0;
try {
  for (const state of states) {
    const found = await openState(browser, state).then(
      async (stage) => {
        try {
          return await examine(stage, state, false);
        } finally {
          await stage.close();
        }
      },
      (error: unknown) => [String(error)],
    );
    findings += found.length;
    for (const each of found) process.stdout.write(`${each.replaceAll(/\s+/g, ' ')}\n`);
  }
} finally {
  await browser.close();
}
const minutes = ((performance.now() - started) / 60_000).toFixed(1);
process.stdout.write(`${states.length} states, ${findings} findings, ${minutes} min\n`);
process.exitCode = findings > 0 ? 1 : 0;
