/* oxlint-disable unicorn/require-post-message-target-origin -- these are Electron's ports: they have no origin */
import { z } from 'zod';
import type Electron from 'electron';
import { assistant, contract, type AppState, type Assistant } from '../src/contract.ts';
import { AppError } from '../src/errors.ts';
import { childEnv } from '../src/ports/spawn.ts';
import type { Place } from '../src/model/place.ts';
import { connect, type Client, type Handlers, type Publish } from '../src/rpc.ts';
import type { Api } from './api.ts';
import { createChildren } from './children.ts';
import type { UpdatesPort } from '../src/model/program.ts';
import { CoreStart, FromCore, type ToCore } from './messages.ts';
import { createAsk } from './ports/ask.ts';
import { createElectronNotify } from './ports/notify.ts';
import { createElectronShortcuts } from './ports/shortcuts.ts';
import { supervise, systemTimers, type Timers } from './supervise.ts';

/** Milliseconds the core has to close its log when the program ends. */
const GOODBYE = 1800;

/** Lines kept for the log files while the core is down. */
const LINES = 100;

/** The core as the main process holds it: the same handlers, whichever process answers them just now. */
export interface Core {
  readonly handlers: Handlers<Assistant>;
  subscribe(publish: Publish<Assistant>): () => void;
  /** The newest state, or null while the core is down. */
  state(): AppState | null;
  onState(listener: (state: AppState | null) => void): void;
  /** Tells every page that is there. */
  readonly publish: Publish<Assistant>;
  /** A line for the log files; kept while the core is down. */
  note(line: string): void;
  /** Asks the core to close, and ends it when it does not. Settles within 2 s. */
  quit(): Promise<void>;
}

/** Starts the core in its utility process and keeps it running. `onFailed` hears why it cannot start at all. */
export function startCore(options: {
  readonly api: Api;
  readonly entries: Readonly<Record<'core' | 'llm' | 'keys', string>>;
  readonly start: CoreStart;
  readonly env: NodeJS.ProcessEnv;
  readonly onFailed: (message: string) => void;
  /** The core wants the window in front, at a place where one is named. */
  readonly onShow: (place?: Place) => void;
  readonly updates: UpdatesPort;
  readonly timers?: Timers;
}): Core {
  const { api, entries, env } = options;
  const timers = options.timers ?? systemTimers;
  const pages = new Set<Publish<Assistant>>();
  const watchers: ((state: AppState | null) => void)[] = [];
  let client: Client<Assistant> | null = null;
  let state: AppState | null = null;
  let process: Electron.UtilityProcess | null = null;
  let gone = Promise.withResolvers<void>();

  const setState = (next: AppState | null) => {
    state = next;
    for (const watcher of watchers) watcher(next);
  };
  const tell = (message: ToCore, ports: readonly Electron.MessagePortMain[] = []) =>
    process?.postMessage(message, [...ports]);
  const children = createChildren({ api, entries, env: childEnv(env), tell, timers });
  const notify = createElectronNotify(api.Notification, tell);
  const ask = createAsk(api);
  const shortcuts = createElectronShortcuts(api.globalShortcut, tell);
  const lines: string[] = [];
  const note = (line: string) => {
    if (process) tell({ kind: 'note', line: line.slice(0, 1000) });
    else if (lines.length < LINES) lines.push(line);
  };
  const publish: Publish<Assistant> = (event, payload) => {
    for (const each of pages) each(event, payload);
  };
  options.updates.onState((newer) => tell({ kind: 'updates', state: newer }));

  const supervision = supervise({
    timers,
    start() {
      const child = api.utilityProcess.fork(entries.core, [JSON.stringify(CoreStart.parse(options.start))], {
        serviceName: 'beforehand core',
        stdio: 'inherit',
        env,
      });
      process = child;
      gone = Promise.withResolvers<void>();
      return {
        child,
        kill: () => void child.kill(),
        onExit: (listener: (code: number | null) => void) => void child.once('exit', listener),
      };
    },
    onUp({ child }) {
      const messages: ((message: unknown) => void)[] = [];
      const closes: (() => void)[] = [];
      const over = gone;
      child.on('message', (raw: unknown) => {
        const parsed = FromCore.safeParse(raw);
        if (!parsed.success) return;
        const message = parsed.data;
        if (message.kind === 'rpc') for (const listener of messages) listener(message.message);
        else if (message.kind === 'spawn') children.spawn(message.id, message.entry, message.args);
        else if (message.kind === 'kill') children.kill(message.id);
        else if (message.kind === 'notify') notify.show(message);
        else if (message.kind === 'unnotify') notify.close(message.id);
        else if (message.kind === 'shortcuts') {
          tell({ kind: 'answer', id: message.id, value: shortcuts.take(message.accelerators) });
        } else if (message.kind === 'show') options.onShow(message.place);
        else if (message.kind === 'update') options.updates[message.job]();
        else if (message.kind === 'ask') {
          void ask(message.what).then((value) => tell({ kind: 'answer', id: message.id, value }));
        } else {
          supervision.stop();
          options.onFailed(message.message);
        }
      });
      child.once('exit', () => {
        process = process === child ? null : process;
        client = null;
        for (const listener of closes) listener();
        children.clear();
        notify.clear();
        shortcuts.clear();
        setState(null);
        over.resolve();
      });
      client = connect(assistant, {
        send: (message) => tell({ kind: 'rpc', message }),
        onMessage: (listener) => void messages.push(listener),
        onClose: (listener) => void closes.push(listener),
      });
      forward(client, pages, setState);
      tell({ kind: 'updates', state: options.updates.state() });
      for (const line of lines.splice(0)) note(line);
    },
    onDown: (code, wait) => note(`[core] its process ended (code ${code ?? 'none'}); again in ${wait} ms`),
  });

  return {
    handlers: forwarding(() => client),
    subscribe(publish) {
      pages.add(publish);
      if (state) publish('state', state);
      return () => pages.delete(publish);
    },
    state: () => state,
    onState: (listener) => void watchers.push(listener),
    publish,
    note,
    async quit() {
      const left = gone.promise;
      if (!process) return supervision.stop();
      tell({ kind: 'quit' });
      const late = Promise.withResolvers<void>();
      const cancel = timers.after(GOODBYE, late.resolve);
      await Promise.race([left, late.promise]);
      cancel();
      supervision.stop();
    },
  };
}

/** Every channel, answered by whichever client is there. */
function forwarding(client: () => Client<Assistant> | null): Handlers<Assistant> {
  const names = z.array(z.string()).parse(Object.keys(contract)) as (keyof typeof contract)[];
  const call = (channel: keyof typeof contract) => (input: never) => {
    const peer = client();
    if (!peer) throw new AppError('not-running', '[core] the assistant is starting again: try in a moment');
    return peer.call(channel, input);
  };
  return Object.fromEntries(names.map((name) => [name, call(name)])) as unknown as Handlers<Assistant>;
}

function forward(
  client: Client<Assistant>,
  pages: ReadonlySet<Publish<Assistant>>,
  setState: (state: AppState) => void,
): void {
  client.on('state', setState);
  for (const event of Object.keys(assistant.events) as (keyof typeof assistant.events)[]) {
    client.on(event, (payload) => {
      for (const publish of pages) publish(event, payload as never);
    });
  }
  void client.call('state.get', {}).then(setState, () => null);
}
