import type { Command } from 'commander';
import { resolve } from 'node:path';
import { packLog, unpackLog } from '../log/moving.ts';
import { connectLog } from '../log/owner.ts';
import { AppError } from '../errors.ts';
import { systemClock } from '../model/ports.ts';
import { createPaths } from '../paths.ts';
import { bytes, progressBar, result } from './output.ts';
import { readPassphrase } from './passphrase.ts';
import { withLog } from './withLog.ts';

interface Options {
  readonly passphraseStdin: boolean;
  readonly json: boolean;
}

/** `beforehand log pack` and `unpack`: from one machine to another in a file that a passphrase protects. */
export function addMoving(log: Command): void {
  log
    .command('pack <file>')
    .description('write log and settings into an archive for another machine, protected by a passphrase')
    .option('--passphrase-stdin', 'read the passphrase from standard input instead of asking', false)
    .option('--json', 'print JSON', false)
    .action(async (file: string, options: Options) => {
      const passphrase = await readPassphrase({ stdin: options.passphraseStdin, twice: true });
      const paths = createPaths();
      await withLog({}, async (each) => {
        const bar = progressBar('Packing', bytes);
        const packed = await packLog({
          paths,
          log: each,
          file: resolve(file),
          passphrase,
          clock: systemClock,
          onProgress: bar.update,
        }).finally(bar.stop);
        result(options.json, { file: resolve(file), ...packed }, [
          `Packed ${packed.events} events into ${resolve(file)} (${bytes(packed.bytes)}).`,
          'On the other machine: beforehand log unpack FILE. Without the passphrase nobody can open it, you included.',
        ]);
      });
    });

  log
    .command('unpack <file>')
    .description('take over the log and settings of an archive; Beforehand must not be running')
    .option('--replace', 'keep the log that is here beside, and use the packed one', false)
    .option('--passphrase-stdin', 'read the passphrase from standard input instead of asking', false)
    .option('--json', 'print JSON', false)
    .action(async (file: string, options: Options & { replace: boolean }) => {
      const paths = createPaths();
      const running = await connectLog(paths.socket);
      if (running) {
        await running.close();
        throw new AppError(
          'already-running',
          '[archive] Beforehand is running: end it first; nothing was changed',
        );
      }
      const passphrase = await readPassphrase({ stdin: options.passphraseStdin, twice: false });
      const taken = await unpackLog({
        paths,
        file: resolve(file),
        passphrase,
        clock: systemClock,
        replace: options.replace,
      });
      result(options.json, taken, [
        `Took over ${taken.events} events.`,
        ...(taken.before ? [`The log that was here is kept as ${taken.before}.`] : []),
      ]);
    });
}
