import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A request as it arrived: object, opcode and the bytes of its arguments. */
export interface Request {
  readonly object: number;
  readonly opcode: number;
  readonly body: Buffer;
  /** Sends an event of any object to whoever asked. */
  readonly event: (object: number, opcode: number, ...args: readonly (number | string)[]) => void;
}

/** A compositor of the test's own: offers `globals`, answers round trips, and hands every other request on. */
export async function startCompositor(
  globals: readonly string[],
  asked: (request: Request) => void = () => {},
  first: (socket: Socket) => boolean = () => false,
) {
  const folder = mkdtempSync(join(tmpdir(), 'compositor-'));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (first(socket)) return;
    const event = (object: number, opcode: number, ...args: readonly (number | string)[]) =>
      socket.write(message(object, opcode, args));
    let rest: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 8 && rest.length >= rest.readUInt16LE(6)) {
        const size = rest.readUInt16LE(6);
        const [object, opcode, body] = [rest.readUInt32LE(0), rest.readUInt16LE(4), rest.subarray(8, size)];
        rest = rest.subarray(size);
        // wl_display: sync and get_registry.
        if (object === 1 && opcode === 0) event(body.readUInt32LE(0), 0, 0);
        else if (object === 1)
          globals.forEach((name, index) => event(body.readUInt32LE(0), 0, index + 1, name, 1));
        else asked({ object, opcode, body, event });
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(join(folder, 'wayland-7'), resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    env: { XDG_RUNTIME_DIR: folder, WAYLAND_DISPLAY: 'wayland-7', XDG_SESSION_TYPE: 'wayland' },
  };
}

/** One message of the wire: numbers, and strings with their length, a NUL and padding to four bytes. */
function message(object: number, opcode: number, args: readonly (number | string)[]): Buffer {
  const words = args.map((arg) => {
    if (typeof arg === 'number') {
      const word = Buffer.alloc(4);
      word.writeUInt32LE(arg >>> 0);
      return word;
    }
    const bytes = Buffer.from(`${arg}\0`);
    const padded = Buffer.alloc(4 + Math.ceil(bytes.length / 4) * 4);
    padded.writeUInt32LE(bytes.length);
    bytes.copy(padded, 4);
    return padded;
  });
  const head = Buffer.alloc(8);
  const body = Buffer.concat(words);
  head.writeUInt32LE(object, 0);
  head.writeUInt16LE(opcode, 4);
  head.writeUInt16LE(8 + body.length, 6);
  return Buffer.concat([head, body]);
}
