import { existsSync } from 'node:fs';
import { AppError } from '../errors.ts';
import { openLog } from '../log/open.ts';
import { connectLog } from '../log/owner.ts';
import type { EventLog } from '../model/log.ts';
import { systemClock } from '../model/ports.ts';
import { createPaths } from '../paths.ts';
import { say } from './output.ts';

/**
 * Runs `work` with the log: through the running core when there is one, since it owns the file, else by opening it.
 * Fails with `not-found` where nothing was ever kept. `alone` tells which: then nobody else keeps what lies beside the log.
 */
export async function withLog(
  options: { readonly demo?: boolean },
  work: (log: EventLog, alone: boolean) => Promise<void>,
): Promise<void> {
  const paths = createPaths(options.demo ? { profile: 'demo' } : {});
  const running = await connectLog(paths.socket);
  if (running) {
    await work(running, false).finally(() => running.close());
    return;
  }
  if (!existsSync(paths.log)) {
    throw new AppError('not-found', '[log] nothing was kept yet: start Beforehand first with `npm start`.');
  }
  const { log, note } = await openLog({ paths, clock: systemClock });
  if (note) say(note);
  await work(log, true).finally(() => log.close());
}
