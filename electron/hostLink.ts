/* oxlint-disable unicorn/require-post-message-target-origin -- these are Electron's ports: they have no origin */
import { z } from 'zod';
import { Refusal } from '../src/model/chord.ts';
import type { Child, NotifyPort, ScreenPort, ShortcutsPort, Spawn, WindowPort } from '../src/model/ports.ts';
import type { LoginPort, UpdatesPort, UpdateState } from '../src/model/program.ts';
import type { Transport } from '../src/rpc.ts';
import { ToCore, type FromCore } from './messages.ts';

/** A message port as Electron's utility processes have it; tests use Node's. */
export interface Port {
  postMessage(message: unknown): void;
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly Port[] }) => void,
  ): unknown;
  on(event: 'close', listener: () => void): unknown;
  start?(): void;
}

/** What the core process has from the main process. */
export interface HostLink {
  /** Carries the contract. */
  readonly transport: Transport;
  readonly spawn: Spawn;
  readonly notify: NotifyPort;
  readonly shortcuts: ShortcutsPort;
  readonly screen: ScreenPort;
  readonly window: WindowPort;
  /** Seconds without input, or null where it cannot be told. */
  idleSeconds(): Promise<number | null>;
  /** Whether the machine runs on its battery, or null where it cannot be told. */
  onBattery(): Promise<boolean | null>;
  /** Kinds of content on the clipboard, and its text; never both in one question. */
  clipboardTypes(): Promise<readonly string[]>;
  clipboardText(): Promise<string | null>;
  readonly login: LoginPort;
  readonly updates: UpdatesPort;
  /** Lines of the main process for the log files. */
  onNote(listener: (line: string) => void): void;
  onQuit(listener: () => void): void;
  fail(message: string): void;
}

/** Accelerators that were refused, with the reason. */
const Refused = z.record(z.string(), Refusal);

/** The core's end of the channel to the main process: everything that a utility process cannot do itself. */
export function createHostLink(port: Port): HostLink {
  let next = 1;
  const rpc: ((message: unknown) => void)[] = [];
  const quits: (() => void)[] = [];
  const lines: ((line: string) => void)[] = [];
  const versions: ((state: UpdateState) => void)[] = [];
  let newer: UpdateState = { state: 'unavailable', why: 'checkout' };
  const children = new Map<number, ReturnType<typeof createRemoteChild>>();
  const notes = new Map<number, Parameters<NotifyPort['show']>[0]>();
  const presses: ((accelerator: string) => void)[] = [];
  const questions = new Map<number, (value: unknown) => void>();
  const tell = (message: FromCore) => port.postMessage(message);

  port.on('message', ({ data, ports }) => {
    const parsed = ToCore.safeParse(data);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.kind) {
      case 'rpc':
        for (const listener of rpc) listener(message.message);
        return;
      case 'spawned':
        if (ports[0]) children.get(message.id)?.up(ports[0], message.pid);
        return;
      case 'exited':
        children.get(message.id)?.down(message.code);
        children.delete(message.id);
        return;
      case 'acted':
        take(notes, message.id)?.onAction(message.key);
        return;
      case 'closed':
        take(notes, message.id)?.onClosed(message.byUser);
        return;
      case 'answer':
        take(questions, message.id)?.(message.value);
        return;
      case 'pressed':
        for (const listener of presses) listener(message.accelerator);
        return;
      case 'updates':
        newer = message.state;
        for (const listener of versions) listener(newer);
        return;
      case 'note':
        for (const listener of lines) listener(message.line);
        return;
      case 'quit':
        for (const listener of quits) listener();
    }
  });
  const ask = (what: Extract<FromCore, { kind: 'ask' }>['what']) =>
    new Promise<unknown>((resolve) => {
      const id = next++;
      questions.set(id, resolve);
      tell({ kind: 'ask', id, what });
    });

  return {
    transport: {
      send: (message) => tell({ kind: 'rpc', message }),
      onMessage: (listener) => void rpc.push(listener),
      onClose: () => {},
    },
    spawn(entry, args = []) {
      const id = next++;
      const child = createRemoteChild(() => tell({ kind: 'kill', id }));
      children.set(id, child);
      tell({ kind: 'spawn', id, entry, args: [...args] });
      return child;
    },
    notify: {
      available: async () => true,
      async show(note) {
        const id = next++;
        notes.set(id, note);
        const actions = note.actions.map(({ key, label }) => ({ key, label }));
        tell({ kind: 'notify', id, title: note.title, body: note.body, actions });
        return {
          async close() {
            if (notes.delete(id)) tell({ kind: 'unnotify', id });
          },
        };
      },
      async close() {
        for (const id of notes.keys()) tell({ kind: 'unnotify', id });
        notes.clear();
      },
    },
    shortcuts: {
      take: (accelerators) =>
        new Promise((resolve) => {
          const id = next++;
          questions.set(id, (value) => resolve(Refused.safeParse(value).data ?? {}));
          tell({ kind: 'shortcuts', id, accelerators: [...accelerators] });
        }),
      onPressed: (listener) => void presses.push(listener),
      onChanged: () => {},
      // The main process gives them back when this one is gone.
      close: async () => {},
    },
    screen: {
      async locked() {
        const value = await ask('locked');
        return typeof value === 'boolean' ? value : null;
      },
    },
    window: { show: (place) => tell({ kind: 'show', ...(place && { place }) }) },
    async idleSeconds() {
      const value = await ask('idle-seconds');
      return typeof value === 'number' ? value : null;
    },
    async onBattery() {
      const value = await ask('on-battery');
      return typeof value === 'boolean' ? value : null;
    },
    async clipboardTypes() {
      const value = await ask('clipboard-types');
      return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
    },
    async clipboardText() {
      const value = await ask('clipboard-text');
      return typeof value === 'string' ? value : null;
    },
    login: {
      async read() {
        const value = await ask('login-read');
        return typeof value === 'boolean' ? value : null;
      },
      write: async (on) => void (await ask(on ? 'login-on' : 'login-off')),
    },
    updates: {
      state: () => newer,
      onState: (listener) => void versions.push(listener),
      check: () => tell({ kind: 'update', job: 'check' }),
      download: () => tell({ kind: 'update', job: 'download' }),
      install: () => tell({ kind: 'update', job: 'install' }),
    },
    onNote: (listener) => void lines.push(listener),
    onQuit: (listener) => void quits.push(listener),
    fail: (message) => tell({ kind: 'failed', message }),
  };
}

/** A child that the main process starts: what is sent before its port has come waits for it. */
function createRemoteChild(kill: () => void): Child & {
  up(port: Port, pid: number | undefined): void;
  down(code: number | null): void;
} {
  let port: Port | null = null;
  let pid: number | undefined;
  let ended: { readonly code: number | null } | null = null;
  const waiting: unknown[] = [];
  const messages: ((message: unknown) => void)[] = [];
  const exits: ((code: number | null, signal: string | null) => void)[] = [];
  return {
    get pid() {
      return pid;
    },
    up(opened, number) {
      port = opened;
      pid = number;
      opened.on('message', ({ data }) => {
        for (const listener of messages) listener(data);
      });
      opened.start?.();
      for (const message of waiting.splice(0)) opened.postMessage(message);
    },
    down(code) {
      if (ended) return;
      ended = { code };
      port = null;
      for (const listener of exits) listener(code, null);
    },
    send(message) {
      if (ended) return;
      if (port) port.postMessage(message);
      else waiting.push(message);
    },
    onMessage: (listener) => void messages.push(listener),
    onExit(listener) {
      if (ended) queueMicrotask(() => listener(ended?.code ?? null, null));
      else exits.push(listener);
    },
    kill,
  };
}

function take<T>(from: Map<number, T>, id: number): T | undefined {
  const value = from.get(id);
  from.delete(id);
  return value;
}
