import { createConnection, type Socket } from 'node:net';
import { isAbsolute, join } from 'node:path';
import type { Probe } from '../../../model/monitor.ts';
import { AppError } from '../../../errors.ts';

/** Reads the arguments of one event in their order; past its end everything is 0 or empty. */
export interface Arguments {
  uint(): number;
  string(): string;
  /** The 32-bit values of an array. */
  array(): readonly number[];
}

/** One connection to a Wayland compositor, for protocols that pass no file descriptors to us. */
export interface Wayland {
  /** Version of an interface the compositor offers; 0 where it does not. */
  offers(name: string): number;
  /** Binds the first global of an interface; gives its object. Ask `offers` first. */
  bind(name: string, version: number): number;
  /** A new object for a request that makes one: to be sent at once, ids are told in their order. */
  create(): number;
  send(object: number, opcode: number, ...args: readonly (number | string)[]): void;
  on(object: number, listener: (opcode: number, args: Arguments) => void): void;
  /** Hears an object no more. */
  off(object: number): void;
  /** Resolves once the compositor has told everything up to now; rejects when the connection is lost. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** A compositor that does not answer within this time will not: a local one needs a few milliseconds. */
const HANDSHAKE_MS = 5000;
/** The protocol's own objects and numbers (wayland.xml): wl_display is object 1. */
const DISPLAY = 1;
const SYNC = 0;
const GET_REGISTRY = 1;
const BIND = 0;
const ERROR = 0;
const GLOBAL = 0;
const GLOBAL_REMOVE = 1;
/** libwayland's own limit is 4096; newer ones allow more. */
const LONGEST = 1 << 20;

/**
 * Connects to the compositor of `env` and reads what it offers. Rejects with `no-display`. `onLost` is called once, when
 * a connection that stood is gone, and never after `close`.
 *
 * Spoken here because the package index has no binding without a native module, and because asking by a child process
 * (`wl-paste --watch`) would have the content requested before anybody saw its marks. All supported processors are
 * little-endian, as the wire then is.
 */
export async function connectWayland(
  speaker: string,
  env: NodeJS.ProcessEnv,
  onLost: (error: AppError) => void,
): Promise<Wayland> {
  const path = socketOf(env);
  const gone = (why: string) =>
    new AppError('no-display', `[${speaker}] the Wayland display ${path} ${why}`, undefined, SESSION_MEND);
  const socket = await reach(path, (why) => gone(`cannot be reached: ${why}`));
  const listeners = new Map<number, (opcode: number, args: Arguments) => void>();
  const globals = new Map<string, { readonly name: number; readonly version: number }>();
  const waiting = new Set<(error: AppError) => void>();
  let lost: AppError | null = null;
  let stood = false;
  let last = DISPLAY;

  const lose = (error: AppError, tell: boolean) => {
    if (lost) return;
    lost = error;
    for (const reject of waiting) reject(error);
    waiting.clear();
    socket.destroy();
    if (tell && stood) onLost(error);
  };
  const create = () => ++last;
  const send = (object: number, opcode: number, ...args: readonly (number | string)[]) => {
    if (!lost) socket.write(encode(object, opcode, args));
  };
  const sync = () =>
    new Promise<void>((resolve, reject) => {
      if (lost) {
        reject(lost);
        return;
      }
      waiting.add(reject);
      const callback = create();
      listeners.set(callback, () => {
        listeners.delete(callback);
        waiting.delete(reject);
        resolve();
      });
      send(DISPLAY, SYNC, callback);
    });

  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    for (;;) {
      if (lost || rest.length < 8) return;
      const size = rest.readUInt16LE(6);
      if (size < 8 || size > LONGEST) {
        lose(gone('speaks something else than Wayland'), true);
        return;
      }
      if (rest.length < size) return;
      const message = rest.subarray(0, size);
      rest = rest.subarray(size);
      // Objects that were let go may be told of for a while.
      listeners.get(message.readUInt32LE(0))?.(message.readUInt16LE(4), decode(message));
    }
  });
  socket.on('error', () => lose(gone('is gone'), true));
  socket.on('close', () => lose(gone('is gone'), true));

  listeners.set(DISPLAY, (opcode, args) => {
    if (opcode !== ERROR) return;
    args.uint();
    const code = args.uint();
    lose(gone(`refused a request (${code}: ${args.string().slice(0, 200)})`), true);
  });
  const registry = create();
  listeners.set(registry, (opcode, args) => {
    const name = args.uint();
    if (opcode === GLOBAL) {
      const kind = args.string();
      if (!globals.has(kind)) globals.set(kind, { name, version: args.uint() });
    } else if (opcode === GLOBAL_REMOVE) {
      for (const [kind, each] of globals) if (each.name === name) globals.delete(kind);
    }
  });
  send(DISPLAY, GET_REGISTRY, registry);
  const timer = setTimeout(() => lose(gone('does not answer'), false), HANDSHAKE_MS);
  await sync().finally(() => clearTimeout(timer));
  stood = true;

  return {
    offers: (name) => globals.get(name)?.version ?? 0,
    bind(name, version) {
      const object = create();
      send(registry, BIND, globals.get(name)?.name ?? 0, name, version, object);
      return object;
    },
    create,
    send,
    on: (object, listener) => void listeners.set(object, listener),
    off: (object) => void listeners.delete(object),
    sync,
    async close() {
      lose(new AppError('aborted', `[${speaker}] the connection to ${path} was closed`), false);
      if (!socket.closed) await new Promise<void>((resolve) => socket.once('close', () => resolve()));
    },
  };
}

/** What the health of a source says where the compositor cannot be reached. */
export const SESSION_MEND = 'start the assistant inside the graphical session; it is tried again by itself';

/** Where sockets of the session lie (XDG base directories; systemd's place where nothing is said). */
export function runtimeFolder(env: NodeJS.ProcessEnv): string {
  return env['XDG_RUNTIME_DIR'] || `/run/user/${process.getuid?.() ?? 0}`;
}

function socketOf(env: NodeJS.ProcessEnv): string {
  const name = env['WAYLAND_DISPLAY'] || 'wayland-0';
  return isAbsolute(name) ? name : join(runtimeFolder(env), name);
}

/** Opens a Unix socket; rejects with what `failed` makes of the reason. */
export function reach(path: string, failed: (why: string) => AppError): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(path);
    const fail = (error: NodeJS.ErrnoException) => {
      socket.destroy();
      reject(failed(error.code ?? error.message));
    };
    socket.once('error', fail);
    socket.once('connect', () => {
      socket.off('error', fail);
      resolve(socket);
    });
  });
}

const padded = (bytes: number) => (bytes + 3) & ~3;

/** A request: object, size and opcode, then 32-bit numbers and strings with their length and a NUL, padded to four. */
function encode(object: number, opcode: number, args: readonly (number | string)[]): Buffer {
  const size = args.reduce<number>(
    (sum, arg) => sum + 4 + (typeof arg === 'string' ? padded(Buffer.byteLength(arg) + 1) : 0),
    8,
  );
  const message = Buffer.alloc(size);
  message.writeUInt32LE(object, 0);
  message.writeUInt16LE(opcode, 4);
  message.writeUInt16LE(size, 6);
  let at = 8;
  for (const arg of args) {
    if (typeof arg === 'number') message.writeUInt32LE(arg >>> 0, at);
    else {
      const bytes = Buffer.byteLength(arg) + 1;
      message.writeUInt32LE(bytes, at);
      message.write(arg, at + 4);
      at += padded(bytes);
    }
    at += 4;
  }
  return message;
}

function decode(message: Buffer): Arguments {
  let at = 8;
  const uint = () => {
    if (at + 4 > message.length) return 0;
    at += 4;
    return message.readUInt32LE(at - 4);
  };
  const bytes = () => {
    const length = Math.min(uint(), message.length - at);
    const found = message.subarray(at, at + length);
    at += padded(length);
    return found;
  };
  return {
    uint,
    string: () => bytes().toString('utf8').replace(/\0.*$/s, ''),
    array() {
      const found = bytes();
      return Array.from({ length: found.length >> 2 }, (_, index) => found.readUInt32LE(index * 4));
    },
  };
}

/** The self-test of a source under Wayland, which keeps no second account to compare with: a round trip. */
export function answers(display: Pick<Wayland, 'sync'>): Probe {
  return {
    proof: 'the compositor answers on the connection by which it tells',
    async run() {
      await display.sync();
      return { ok: true };
    },
  };
}
