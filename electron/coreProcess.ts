import { createApp } from '../src/app.ts';
import { notedSpawn, openNotes } from '../src/app/notes.ts';
import { assistant } from '../src/contract.ts';
import { AppError, asAppError } from '../src/errors.ts';
import { systemClock } from '../src/model/ports.ts';
import { createPaths } from '../src/paths.ts';
import { createAutostart } from '../src/ports/autostart.ts';
import { createDbusNotify } from '../src/ports/notify.ts';
import { createDbusScreen } from '../src/ports/screen.ts';
import { createOpenPort } from '../src/ports/open.ts';
import { serve } from '../src/rpc.ts';
import { createHostLink, type Port } from './hostLink.ts';
import { CoreStart } from './messages.ts';

/** Errors that starting again does not mend, so that a broken environment is named once and not in a loop. */
const LASTING: ReadonlySet<string> = new Set([
  'log-damaged',
  'log-locked',
  'key-missing',
  'already-running',
  'disk-full',
  'permission',
  'unreadable',
]);

const link = createHostLink(process.parentPort as unknown as Port);
// Electron 37 made an unhandled rejection in a utility process a warning; a core in an unknown state must end.
process.on('unhandledRejection', () => process.exit(70));

try {
  const start = CoreStart.parse(JSON.parse(process.argv.at(-1) ?? ''));
  const paths = createPaths(start.demo ? { profile: 'demo' } : {});
  const notes = openNotes(paths);
  link.onNote((line) => notes.write('main', line));
  const ports = {
    clock: systemClock,
    spawn: notedSpawn(link.spawn, notes),
    updates: link.updates,
    // Electron's own way is for Windows and macOS; on Linux it is a file, which this process can write.
    ...(process.platform !== 'linux'
      ? { login: link.login }
      : start.program && { login: createAutostart({ command: [start.program, '--hidden'] }) }),
    notify: process.platform === 'linux' ? createDbusNotify({ appName: 'Beforehand' }) : link.notify,
    open: createOpenPort(),
    shortcuts: link.shortcuts,
    // Electron cannot tell a locked screen on Linux; the desktop itself can.
    screen: process.platform === 'linux' ? createDbusScreen() : link.screen,
    window: link.window,
    // Electron's clipboard has no change count, so a change could only be seen by reading content: it is not lent, and
    // the clipboard source says so on Windows and macOS. X11 tells idle time by itself.
    ...(process.platform !== 'linux' && {
      idle: { idle: async () => 1000 * ((await link.idleSeconds()) ?? 0) },
      power: { onBattery: link.onBattery },
    }),
  };
  const app = await createApp({
    paths,
    ports,
    host: 'desktop',
    demo: start.demo,
    version: start.version,
    onNote(line) {
      process.stderr.write(`${line}\n`);
      notes.write('core', line);
    },
  });
  app.subscribe(serve(assistant, app.handlers, link.transport));
  link.onQuit(() => {
    void (async () => app.close())()
      .finally(() => notes.close())
      .finally(() => process.exit(0));
  });
} catch (thrown) {
  const error = asAppError(thrown, 'internal', 'core');
  if (thrown instanceof AppError && LASTING.has(error.code)) link.fail(error.message);
  process.stderr.write(`${error.message}\n`);
  // The message must leave before the process does.
  setTimeout(() => process.exit(1), 200);
}
