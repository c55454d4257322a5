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
import { BODY_LIMIT, refuse } from './door.ts';
import { answerBroken, endWith, isHashed, SECURITY_HEADERS } from './headers.ts';
import { createSessions } from './sessions.ts';
import { MESSAGE_LIMIT, socketTransport } from './socket.ts';

/** Pages that may be connected at once. */
const MOST_PAGES = 8;

/** Connections at once: eight pages with what they load, and room for those that only knock. */
const CONNECTIONS = 128;

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
    // Parts of a file are of no use to the page, and a hundred parts of one are a way to make much of little.
    acceptRanges: false,
    setHeaders: (reply, path) => {
      if (isHashed(path)) reply.header('Cache-Control', 'public, max-age=31536000, immutable');
    },
  });
  // The door sets them too; an upgrade is answered with a response that it never saw.
  app.addHook('onRequest', (_, reply, done) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) reply.raw.setHeader(name, value);
    done();
  });
  // A refusal ends the connection: whoever is refused has no second request to send on it.
  app.addHook('onSend', (_, reply, payload, done) => {
    if (reply.statusCode >= 400) reply.header('Connection', 'close');
    done(null, payload);
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
    (socket, request) => {
      const leave = sessions.hold(request.headers.cookie);
      const transport = socketTransport(socket);
      const unsubscribe = subscribe(serve(assistant, handlers, transport));
      transport.onClose(unsubscribe);
      transport.onClose(leave);
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
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const refusal = refuse(request, port(), false);
    if (!refusal) return route(request, response);
    response.writeHead(refusal.status, { 'Content-Type': 'text/plain', Connection: 'close' });
    return response.end(refusal.reason);
  };
  const server = createServer(
    {
      maxHeaderSize: 8192,
      headersTimeout: 5000,
      requestTimeout: 10_000,
      keepAliveTimeout: 5000,
      // By itself Node looks for late requests every 30 s only.
      connectionsCheckingInterval: 1000,
      // Node would answer a request without Host by itself, without our headers; the door refuses it.
      requireHostHeader: false,
    },
    handle,
  );
  server.maxConnections = CONNECTIONS;
  // `Expect: 100-continue` would be invited to send its body before the door has looked.
  server.on('checkContinue', handle);
  server.on('checkExpectation', handle);
  server.on('clientError', answerBroken);
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refuse(request, port(), true);
    if (!refusal) return upgrades.emit('upgrade', request, socket, head);
    return endWith(socket, refusal.status);
  });
  // A listener for `connect` is missing on purpose: Node then closes a CONNECT by itself.
  return server;
}
