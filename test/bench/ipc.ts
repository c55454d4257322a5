/**
 * `npm run -s bench:ipc [COUNT] [SEED]`: hostile messages (a million unless told) to a real core behind the desktop
 * app's own listener. Prints what was let through, what changed and what it cost; exits with 1 if anything was.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from '../../src/app.ts';
import { Event } from '../../src/model/event.ts';
import type { Emit } from '../../src/model/monitor.ts';
import { createPaths } from '../../src/paths.ts';
import { fuzz } from '../electron/fuzz.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const seed = Number(process.argv[3] ?? 1);
const home = mkdtempSync(join(tmpdir(), 'bench-ipc-'));
const settings = { welcomed: true, notifications: false, model: { use: 'none' } };
writeFileSync(join(home, 'settings.json'), JSON.stringify(settings), { mode: 0o600 });
let emit: Emit = () => {};
const day = readFileSync(fileURLToPath(new URL('../../src/assets/demo/day.jsonl', import.meta.url)), 'utf8');
const events = day
  .trim()
  .split('\n')
  .map((line) => Event.parse(JSON.parse(line)));
const last = Math.max(...events.map((each) => each.at + each.duration));
const app = await createApp({
  paths: createPaths({ env: { BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home } }),
  ports: {
    clock: { now: () => last },
    spawn: () => {
      throw new Error('nothing is spawned here');
    },
    notify: {
      available: async () => false,
      show: async () => ({ close: async () => {} }),
      close: async () => {},
    },
    open: { search: async () => {}, open: async () => {} },
  },
  host: 'desktop',
  demo: false,
  version: '0.0.0',
  sense: () => ({
    monitors: [
      {
        name: 'recorded',
        health: () => ({ name: 'recorded', state: 'healthy', events: 0, restarts: 0 }),
        async start(to) {
          emit = to;
          return async () => {};
        },
      },
    ],
    focus: () => ({ source: 'window' }),
  }),
});
for (const event of events.slice(0, 400)) emit(event);
await app.idle();
const began = performance.now();
const report = await fuzz({ app, home, count, seed });
const seconds = (performance.now() - began) / 1000;
await app.close();
rmSync(home, { recursive: true, force: true });
const grown = Math.round((report.memory.late - report.memory.early) / 2 ** 20);
process.stdout.write(
  `${JSON.stringify({ ...report, seed, seconds: Math.round(seconds), grownMiB: grown }, null, 2)}\n`,
);
const bad =
  report.unexpected.length > 0 ||
  report.effects.length > 0 ||
  report.polluted ||
  report.answered !== report.rightful;
process.exitCode = bad ? 1 : 0;
