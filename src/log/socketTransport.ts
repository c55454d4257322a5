import { chmodSync, lstatSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Transport } from '../rpc.ts';
import { asLogError, codeOf } from './failure.ts';
import { frame, type Framed } from './lines.ts';

/** Which contract a connection speaks; its first line says so in both directions. */
export const Hello = z.strictObject({ hello: z.enum(['log', 'assistant']) });
export type Speaks = z.infer<typeof Hello>['hello'];

/** Longest line a core takes from a peer, in bytes. */
export const REQUEST_BYTES = 16 * 1024 * 1024;
/** Longest line a peer takes from its core: a page of 1,000 suggestions with all they saw. */
const REPLY_BYTES = 256 * 1024 * 1024;
/** Milliseconds for the first line, both ways. */
const HELLO_MS = 2000;
const CONNECTIONS = 32;

/** A transport that can be ended from this side. */
export interface Dialled extends Transport {
  close(): void;
}

/**
 * Listens on a Unix socket (0600, in a folder of the user's own) or a named pipe. Each peer's first line says what it
 * speaks; `serverOf` gives what takes its transport, or undefined where that is not spoken here. A peer that sends
 * anything but lines of JSON, or one too long, is cut off. A stale socket file is replaced. Rejects with AppError
 * `already-running` when somebody answers there, `permission` when the place is not the user's alone.
 */
export async function listen(
  path: string,
  serverOf: (speaks: Speaks) => ((transport: Dialled) => void) | undefined,
): Promise<{ close(): Promise<void> }> {
  const file = process.platform !== 'win32';
  if (file) {
    ownParent(path);
    await clearStale(path);
  }
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const late = setTimeout(() => socket.destroy(), HELLO_MS);
    socket.on('close', () => clearTimeout(late));
    const lines = frame(socket, REQUEST_BYTES, (first) => {
      clearTimeout(late);
      const hello = Hello.safeParse(first);
      const take = hello.success ? serverOf(hello.data.hello) : undefined;
      if (!take) {
        socket.destroy();
        return;
      }
      lines.send(hello.data);
      take(asTransport(lines));
    });
  });
  server.maxConnections = CONNECTIONS;

  // The socket must never be open to others, not even between bind and chmod.
  const mask = file ? process.umask(0o177) : 0;
  const listening = new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  if (file) process.umask(mask);
  try {
    await listening;
    if (file) chmodSync(path, 0o600);
  } catch (thrown) {
    if (codeOf(thrown) !== 'EADDRINUSE') throw asLogError(thrown, path);
    throw new AppError(
      'already-running',
      `[socket] ${path} is in use: the assistant is running already`,
      thrown,
    );
  }
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Calls the core at `path`. Null when nobody answers there as `speaks`; `permission` when the socket is another user's. */
export async function dial(path: string, speaks: Speaks): Promise<Dialled | null> {
  if (process.platform !== 'win32') {
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (!there?.isSocket()) return null;
    if (there.uid !== process.getuid?.()) throw foreign(path);
  }
  return new Promise((resolve) => {
    const socket = connectSocket(path);
    const give = (result: Dialled | null) => {
      clearTimeout(late);
      if (!result) socket.destroy();
      resolve(result);
    };
    const late = setTimeout(() => give(null), HELLO_MS);
    socket.on('error', () => give(null));
    socket.on('close', () => give(null));
    socket.on('connect', () => {
      const lines = frame(socket, REPLY_BYTES, (first) => {
        const hello = Hello.safeParse(first);
        give(hello.success && hello.data.hello === speaks ? asTransport(lines) : null);
      });
      lines.send({ hello: speaks });
    });
  });
}

function asTransport(lines: Framed): Dialled {
  return { send: lines.send, onMessage: lines.onMessage, onClose: lines.onClose, close: lines.close };
}

/** The socket's folder must be the user's own; one the program made for itself is closed to others. */
function ownParent(path: string): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    if (uid !== process.getuid?.()) throw foreign(folder);
    if ((mode & 0o077) === 0) return;
    if (basename(folder).startsWith('beforehand')) chmodSync(folder, 0o700);
    else if ((mode & 0o022) !== 0) throw foreign(folder);
  } catch (thrown) {
    throw asLogError(thrown, folder);
  }
}

async function clearStale(path: string): Promise<void> {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (!there) return;
  if (!there.isSocket() || there.uid !== process.getuid?.()) throw foreign(path);
  const answers = await new Promise<boolean>((resolve) => {
    const socket = connectSocket(path);
    socket.once('connect', () => resolve(true));
    socket.once('error', (thrown) => resolve(!['ECONNREFUSED', 'ENOENT'].includes(codeOf(thrown))));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.destroy());
  });
  if (answers) {
    throw new AppError('already-running', `[socket] the assistant is running already and answers at ${path}`);
  }
  rmSync(path, { force: true });
}

function foreign(path: string): AppError {
  return new AppError(
    'permission',
    `[socket] ${path} is not this user's alone: remove it, or set XDG_RUNTIME_DIR to a folder that is`,
  );
}
