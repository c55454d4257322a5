/**
 * Writes 20 observations into the log of FOLDER, then changes its key or forgets everything, and is gone (SIGKILL)
 * before the nth step. `node keyChangeChild.ts FOLDER rotate|everything N`; prints the steps it came to.
 */
import { writeSync } from 'node:fs';
import { openLog } from '../../src/log/open.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createPaths } from '../../src/paths.ts';
import { noKeyring } from './noKeyring.ts';
import { observation } from './rows.ts';

const [, , folder, what, nth] = process.argv;
let steps = 0;
let armed = false;
const paths = createPaths({ env: { BEFOREHAND_HOME: folder! } });
const { log } = await openLog({
  paths,
  clock: systemClock,
  keyring: noKeyring,
  batchMs: 1,
  step(name) {
    if (!armed) return;
    writeSync(1, `${name}\n`);
    steps += 1;
    if (steps === Number(nth)) process.kill(process.pid, 'SIGKILL');
  },
});
await log.observe(Array.from({ length: 20 }, (_, n) => observation(`acknowledged ${n}`)));
armed = true;
await (what === 'rotate' ? log.rotateKey() : log.forget({ everything: true }));
writeSync(1, 'done\n');
await log.close();
