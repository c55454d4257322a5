import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WebSocketServer, type WebSocket } from 'ws';
import { assistant, type Assistant } from '../../src/contract.ts';
import { serve, type Handlers, type Publish } from '../../src/rpc.ts';
import { createFakeDay, type FakeDay } from './fakeDay.ts';

const PAGE = fileURLToPath(new URL('../../out/renderer', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** The policy every host serves the page under. */
export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'";

/** A running stand-in for the assistant, with what it was asked and the means to speak up. */
export interface FakeCore {
  readonly address: string;
  readonly token: string;
  readonly day: FakeDay;
  /** Every call that reached a handler, in order. */
  readonly calls: { readonly channel: string; readonly input: unknown }[];
  readonly publish: Publish<Assistant>;
  /** Stops answering, as a core that died; the page stays served by nobody. */
  stop(): Promise<void>;
  /** Comes back on the same port. */
  start(): Promise<void>;
}

/** Serves the built page and the contract over loopback, like the browser host, with a day that tests can change. */
export async function startFakeCore(day: FakeDay = createFakeDay()): Promise<FakeCore> {
  const token = 'one-time-0123456789';
  const cookie = 'session=good';
  const calls: { channel: string; input: unknown }[] = [];
  const peers = new Set<Publish<Assistant>>();
  let spent = false;
  let port = 0;
  let stopNow: (() => Promise<void>) | undefined;

  const publish: Publish<Assistant> = (event, payload) => {
    for (const peer of peers) peer(event, payload);
  };
  const handlers = Object.fromEntries(
    Object.entries(day.handlers(publish)).map(([channel, handler]) => [
      channel,
      (input: unknown) => {
        calls.push({ channel, input });
        return (handler as (input: unknown) => unknown)(input);
      },
    ]),
  ) as unknown as Handlers<Assistant>;

  async function start() {
    const sockets = new Set<WebSocket>();
    const server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      if (request.method === 'POST' && path === '/session') {
        let body = '';
        request.on('data', (part: Buffer) => (body += part.toString()));
        request.on('end', () => {
          const good = !spent && (JSON.parse(body) as { token?: string }).token === token;
          spent ||= good;
          response.writeHead(
            good ? 204 : 401,
            good ? { 'set-cookie': `${cookie}; HttpOnly; SameSite=Strict; Path=/` } : {},
          );
          response.end();
        });
        return;
      }
      const file = join(PAGE, normalize(path === '/' ? '/index.html' : path));
      if (!file.startsWith(PAGE) || !existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': CSP,
      });
      createReadStream(file).pipe(response);
    });
    const wss = new WebSocketServer({
      server,
      path: '/ws',
      verifyClient: ({ req }: { req: { headers: { cookie?: string | undefined } } }) =>
        req.headers.cookie === cookie,
    });
    wss.on('connection', (socket) => {
      sockets.add(socket);
      const peer = serve(assistant, handlers, {
        send: (message) => socket.send(JSON.stringify(message)),
        onMessage: (listener) =>
          socket.on('message', (data: Buffer) => listener(JSON.parse(data.toString()) as unknown)),
        onClose: (listener) => socket.on('close', listener),
      });
      peers.add(peer);
      socket.on('close', () => {
        sockets.delete(socket);
        peers.delete(peer);
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
    stopNow = async () => {
      for (const socket of sockets) socket.terminate();
      wss.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
  }

  await start();
  return {
    get address() {
      return `http://127.0.0.1:${port}/`;
    },
    token,
    day,
    calls,
    publish,
    stop: async () => stopNow?.(),
    start,
  };
}
