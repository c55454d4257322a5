import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import files from '@fastify/static';
import websocket from '@fastify/websocket';
import fastify from 'fastify';
import { z } from 'zod';
import { assistant, type Assistant } from '../contract.ts';
import { AppError } from '../errors.ts';
import { systemClock, type Clock } from '../model/ports.ts';
import type { Place } from '../model/place.ts';
import type { Paths } from '../paths.ts';
import { serve, type Handlers, type Publish } from '../rpc.ts';
import { BODY_LIMIT, refuse, type Refusal } from './door.ts';
import { isHashed, SECURITY_HEADERS } from './headers.ts';
import { createSessions } from './sessions.ts';
import { MESSAGE_LIMIT, socketTransport } from './socket.ts';

/** Pages that may be connected at once. */
const MOST_PAGES = 8;

const Exchange = z.strictObject({ token: z.string().length(43) });

/** A running loopback server. */
export interface PageServer {
  /** Address of the page with a one-time token in its fragment, which no server and no log ever sees. */
  readonly url: string;
  /** The same with a new token, for another window, which opens at `place`. */
  freshUrl(place?: Place): string;
  /** Closes every connection and the port. */
  close(): Promise<void>;
}

/**
 * Serves the page and the contract on 127.0.0.1. Every request passes `door.ts` before it is routed; everything but
 * the page's own files, which hold no data, needs the session cookie. Rejects with `not-found` when the page is not
 * built and `refused` when the port is taken.
 */
export async function startServer(options: {
  readonly paths: Paths;
  readonly handlers: Handlers<Assistant>;
  readonly subscribe: (publish: Publish<Assistant>) => () => void;
  readonly port?: number;
  readonly clock?: Clock;
}): Promise<PageServer> {
  const { paths, handlers, subscribe } = options;
  if (!existsSync(join(paths.page, 'index.html'))) {
    throw new AppError(
      'not-found',
      `[server] there is no page in ${paths.page}: build it with npm run build`,
    );
  }
  let port = 0;
  const upgrades = new EventEmitter();
  const app = fastify({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: true,
    requestTimeout: 10_000,
    serverFactory: (route) => createDoor(route, upgrades, () => port),
  });

  app.removeContentTypeParser('text/plain');
  await app.register(websocket, {
    options: { server: upgrades as Server, maxPayload: MESSAGE_LIMIT, perMessageDeflate: false },
  });
  await app.register(files, {
    root: paths.page,
    // A closed list made now: no request is ever turned into a path.
    wildcard: false,
    dotfiles: 'deny',
    cacheControl: false,
    setHeaders: (reply, path) => {
      if (isHashed(path)) reply.header('Cache-Control', 'public, max-age=31536000, immutable');
    },
  });
  app.setErrorHandler((error: { readonly statusCode?: number }, _, reply) => {
    const status = error.statusCode && error.statusCode < 500 ? error.statusCode : 500;
    void reply.code(status).send({ error: STATUS_CODES[status] });
  });
  app.setNotFoundHandler((_, reply) => void reply.code(404).send({ error: 'Not Found' }));

  app.get('/session', (request, reply) =>
    reply.code(sessions.knows(request.headers.cookie) ? 204 : 401).send(),
  );
  app.post('/session', (request, reply) => {
    const body = Exchange.safeParse(request.body);
    const session = body.success ? sessions.exchange(body.data.token) : null;
    if (!session) return reply.code(401).send({ error: 'Unauthorized' });
    const cookie = `${sessions.cookie}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    return reply.code(204).header('Set-Cookie', cookie).send();
  });
  app.get(
    '/ws',
    {
      websocket: true,
      onRequest: (request, reply, done) => {
        if (!sessions.knows(request.headers.cookie)) void reply.code(401).send({ error: 'Unauthorized' });
        else if (app.websocketServer.clients.size >= MOST_PAGES)
          void reply.code(403).send({ error: 'Forbidden' });
        else done();
      },
    },
    (socket) => {
      const transport = socketTransport(socket);
      const unsubscribe = subscribe(serve(assistant, handlers, transport));
      transport.onClose(unsubscribe);
    },
  );

  try {
    await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  } catch (thrown) {
    await app.close();
    const taken = (thrown as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (!taken) throw thrown;
    throw new AppError(
      'refused',
      `[server] port ${options.port} is taken: choose another, or none for any`,
      thrown,
    );
  }
  port = (app.server.address() as AddressInfo).port;
  const sessions = createSessions(port, options.clock ?? systemClock);
  const freshUrl = (place?: Place) =>
    `http://127.0.0.1:${port}/#token=${sessions.token()}${place ? `/${place}` : ''}`;
  return {
    url: freshUrl(),
    freshUrl,
    async close() {
      for (const client of app.websocketServer.clients) client.terminate();
      await app.close();
    },
  };
}

/** An HTTP server that asks `refuse` before anything else sees the request, its upgrades included. */
function createDoor(
  route: (request: IncomingMessage, response: ServerResponse) => void,
  upgrades: EventEmitter,
  port: () => number,
): Server {
  const server = createServer(
    { maxHeaderSize: 8192, headersTimeout: 5000, requestTimeout: 10_000, keepAliveTimeout: 5000 },
    (request, response) => {
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
      const refusal = refuse(request, port(), false);
      if (!refusal) return route(request, response);
      response.writeHead(refusal.status, { 'Content-Type': 'text/plain', Connection: 'close' });
      return response.end(refusal.reason);
    },
  );
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refuse(request, port(), true);
    if (refusal) turnAway(socket, refusal);
    else upgrades.emit('upgrade', request, socket, head);
  });
  // A listener for `connect` is missing on purpose: Node then closes a CONNECT by itself.
  return server;
}

function turnAway(socket: Duplex, refusal: Refusal): void {
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\nConnection: close\r\n\r\n`);
}
