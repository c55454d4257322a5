/** Writes 400 observations of one app into the log of FOLDER, then forgets them while it writes others. */
import { writeSync } from 'node:fs';
import { openLog } from '../../src/log/open.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createPaths } from '../../src/paths.ts';
import { noKeyring } from './noKeyring.ts';
import { observation } from './rows.ts';

const paths = createPaths({ env: { BEFOREHAND_HOME: process.argv[2]! } });
const { log } = await openLog({ paths, clock: systemClock, keyring: noKeyring, batchMs: 1 });
const secret = (n: number) => observation(`qzjx${n} ${'qzjxword '.repeat(10)}`, { app: 'Bank' });
await log.observe(Array.from({ length: 400 }, (_, n) => secret(n)));
writeSync(1, 'forgetting\n');
const forgetting = log.forget({ app: 'Bank' }).then(() => writeSync(1, 'forgotten\n'));
for (let n = 0; n < 5; n++) {
  await log.observe([observation(`kept ${n}`)]);
  writeSync(1, 'kept\n');
}
await forgetting;
// Until it is killed.
for (;;) {
  await log.observe([observation('later')]);
}
