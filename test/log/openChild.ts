/** Opens the log of FOLDER with the real keyring, adds one event and prints what it saw as JSON. */
import { openLog } from '../../src/log/open.ts';
import { asAppError } from '../../src/errors.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createPaths } from '../../src/paths.ts';
import { windowEvent } from './rows.ts';

try {
  const paths = createPaths({ env: { BEFOREHAND_HOME: process.argv[2]! } });
  const { log, note } = await openLog({ paths, clock: systemClock });
  await log.append([windowEvent('one more')]);
  console.log(JSON.stringify({ state: await log.state(), note }));
  await log.close();
} catch (thrown) {
  const { code, message } = asAppError(thrown, 'internal', 'test');
  console.log(JSON.stringify({ code, message }));
}
