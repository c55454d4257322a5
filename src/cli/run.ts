import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { App } from '../app.ts';
import { openLogInThread } from '../log/worker.ts';
import type { Ports, WindowPort } from '../model/ports.ts';
import { systemClock } from '../model/ports.ts';
import { createPaths, type Paths } from '../paths.ts';
import { version } from '../version.ts';
import { say } from './output.ts';

/** Ctrl-C ends the program within this time whatever hangs, in milliseconds; the log is durable before that. */
const GOODBYE_MS = 1_800;

/** `beforehand run`: the assistant in this terminal, with a browser window or without. */
export function addRun(program: Command): void {
  program
    .command('run')
    .description('watch, propose and remember the answers; Ctrl-C ends it')
    .addOption(
      new Option('--host <host>', 'where the window is').choices(['browser', 'headless']).default('browser'),
    )
    .option('--demo', 'play a recorded day; nothing is captured', false)
    .option('--no-window', 'print the address instead of opening a window')
    .option('--json', 'print one line of JSON with the address when ready', false)
    .action(
      async (options: { host: 'browser' | 'headless'; demo: boolean; window: boolean; json: boolean }) => {
        await runHere(options);
      },
    );
}

async function runHere(options: {
  host: 'browser' | 'headless';
  demo: boolean;
  window: boolean;
  json: boolean;
}): Promise<void> {
  const began = performance.now();
  const paths = createPaths(options.demo ? { profile: 'demo' } : {});
  // The log is opened in its thread while this one loads the rest.
  const early: string[] = [];
  let onNote = (line: string) => {
    say(line);
    early.push(line);
  };
  const log = openLogInThread({ paths, clock: systemClock, onNote: (line) => onNote(line) });
  log.catch(() => {});
  const window = createWindowHolder();
  const [{ createApp }, { notedSpawn, openNotes }, found] = await Promise.all([
    import('../app.ts'),
    import('../app/notes.ts'),
    nodePorts(options, window.port),
  ]);
  const notes = openNotes(paths);
  onNote = (line) => {
    say(line);
    notes.write('core', line);
  };
  for (const line of early.splice(0)) notes.write('core', line);
  const ports = { ...found, spawn: notedSpawn(found.spawn, notes) };
  const { host, demo } = options;
  const app = await createApp({ paths, ports, host, demo, version, onNote: (line) => onNote(line), log });
  const closing: (() => Promise<unknown>)[] = [
    () => app.close().finally(() => notes.close()),
    () => ports.notify.close(),
  ];
  const ending = endOnSignals(closing);

  if (options.host === 'headless') {
    if (options.json) process.stdout.write(`${JSON.stringify({ ready: true, pid: process.pid })}\n`);
    else say(`Watching without a window (${options.demo ? 'demo day' : paths.data}). Ctrl-C ends it.`);
    return;
  }
  try {
    await openPage({ app, paths, options, closing, began, ending, holder: window });
  } catch (thrown) {
    // Without its window it must not go on watching unseen.
    await Promise.allSettled(closing.map((close) => close()));
    throw thrown;
  }
}

async function openPage(here: {
  readonly app: App;
  readonly paths: Paths;
  readonly options: { readonly window: boolean; readonly json: boolean };
  readonly closing: (() => Promise<unknown>)[];
  readonly began: number;
  /** True once Ctrl-C was pressed. */
  readonly ending: () => boolean;
  readonly holder: WindowHolder;
}): Promise<void> {
  const { app, paths, options, closing, began, ending, holder } = here;
  // Who starts it without a window needs no server in memory.
  const [{ startServer }, { openWindow }] = await Promise.all([
    import('../server/server.ts'),
    import('../server/window.ts'),
  ]);
  const server = await startServer({ paths, handlers: app.handlers, subscribe: app.subscribe });
  closing.unshift(() => server.close());
  holder.set((place) => {
    const shown = openWindow(server.freshUrl(place), { env: process.env, folder: paths.data });
    void shown.then(
      (opened) => opened && closing.unshift(() => opened.close()),
      () => null,
    );
  });
  if (options.json) {
    const ready = {
      ready: true,
      url: server.url,
      pid: process.pid,
      ms: Math.round(performance.now() - began),
    };
    process.stdout.write(`${JSON.stringify(ready)}\n`);
  }
  const window = options.window
    ? await openWindow(server.url, { env: process.env, folder: paths.data })
    : null;
  if (window) {
    closing.unshift(() => window.close());
    say('Beforehand is open in its window. Ctrl-C here ends it.');
    // Watching goes on without the window, so the way back is said; not after Ctrl-C, which reaches the browser too.
    const told = () => `The window is closed and Beforehand goes on. Open it again: ${server.freshUrl()}`;
    void window.closed.then(() => (ending() ? undefined : say(told())));
  } else if (!options.json) {
    say(`Open this address in a browser on this computer (it works once): ${server.url}`);
    say('Ctrl-C here ends Beforehand.');
  }
}

/** The core is there before its window. */
interface WindowHolder {
  readonly port: WindowPort;
  set(show: WindowPort['show']): void;
}

function createWindowHolder(): WindowHolder {
  let now: WindowPort['show'] | null = null;
  return { port: { show: (place) => now?.(place) }, set: (show) => void (now = show) };
}

async function nodePorts(
  { host, demo: quiet }: { readonly host: 'browser' | 'headless'; readonly demo: boolean },
  window: WindowPort,
): Promise<Ports> {
  const [
    { createDbusNotify, createNoNotify },
    { createOpenPort },
    { createNodeSpawn },
    { createAutostart },
    { createNodeShortcuts, createNoShortcuts },
    { createDbusScreen },
  ] = await Promise.all([
    import('../ports/notify.ts'),
    import('../ports/open.ts'),
    import('../ports/spawn.ts'),
    import('../ports/autostart.ts'),
    import('../ports/shortcuts.ts'),
    import('../ports/screen.ts'),
  ]);
  // The command line itself, on the Node that runs it now: nothing is installed or built while a session starts.
  const cli = fileURLToPath(new URL('../cli.ts', import.meta.url));
  return {
    clock: systemClock,
    spawn: createNodeSpawn(),
    // A recorded day must not ring on the desktop.
    notify: quiet ? createNoNotify() : createDbusNotify({ appName: 'Beforehand' }),
    open: createOpenPort({}),
    // Elsewhere, and without a window to switch it off again, a checkout does not enter itself anywhere.
    ...(process.platform === 'linux' &&
      host === 'browser' && { login: createAutostart({ command: [process.execPath, cli, 'run'] }) }),
    shortcuts:
      host === 'headless'
        ? createNoShortcuts({
            code: 'noWindow',
            reason: 'it runs without a window, which takes no keys: use the command line',
          })
        : createNodeShortcuts(),
    ...(process.platform === 'linux' && { screen: createDbusScreen() }),
    ...(host === 'browser' && { window }),
  };
}

/** First signal: close in order; the result tells whether it came. Nothing left within the time: end anyway, since acknowledged means on disk. */
function endOnSignals(closing: readonly (() => Promise<unknown>)[]): () => boolean {
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), GOODBYE_MS).unref();
    void Promise.allSettled(closing.map((close) => close())).then(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  return () => ending;
}
