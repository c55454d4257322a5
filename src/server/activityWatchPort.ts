import { randomUUID } from 'node:crypto';
import {
  createServer,
  request,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { hostname } from 'node:os';
import type { Beat, Pulse } from '../monitors/beat.ts';
import type { Clock } from '../model/ports.ts';
import { version } from '../version.ts';
import { Heartbeat, NewBucket, readJson } from './activityWatchBody.ts';
import type { Buckets } from './activityWatchBuckets.ts';
import { answerBroken, SECURITY_HEADERS } from './headers.ts';
import { judge, type DoorRules, type Judged } from './activityWatchDoor.ts';

/** Requests that may come at once, and how many a second after that; real clients send about one. */
const BURST = 600;
const EACH_SECOND = 150;
const CONNECTIONS = 64;

/** Both loopback addresses: the browser extension calls 127.0.0.1, the editor extension `localhost`. */
const ADDRESSES = ['127.0.0.1', '::1'] as const;

/** The open port. */
export interface BeatPort {
  /** False where the machine has no IPv6 loopback. */
  readonly both: boolean;
  /** Whether it answers at every address, and it is we who answer. */
  answers(): Promise<boolean>;
  close(): Promise<void>;
}

/** How listening ended. `taken`: another program is there. */
export type Listening = { readonly port: BeatPort } | { readonly taken: true };

/**
 * Listens on loopback for the three calls of ActivityWatch's API that its extensions make, and answers nothing else. A
 * heartbeat is acknowledged with `take`'s answer; nothing that was kept can be asked for. Rejects when the port cannot be
 * opened for another reason than that it is taken.
 */
export async function listenForBeats(options: {
  readonly port: number;
  readonly clock: Clock;
  readonly buckets: Buckets;
  readonly rules: () => Omit<DoorRules, 'port'>;
  /** Merges a heartbeat and passes it on. */
  readonly take: (beat: Beat) => Pulse;
}): Promise<Listening> {
  const { port, clock, buckets, take } = options;
  const device = randomUUID();
  let allowance = BURST;
  let filled = clock.now();

  const tooMany = (): boolean => {
    const now = clock.now();
    allowance = Math.min(BURST, allowance + (Math.max(0, now - filled) / 1000) * EACH_SECOND);
    filled = now;
    if (allowance < 1) return true;
    allowance -= 1;
    return false;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const judged: Judged = tooMany()
      ? { status: 429, reason: 'rate' }
      : judge(request, { ...options.rules(), port });
    for (const [name, value] of corsOf(request, judged.origin)) response.setHeader(name, value);
    if ('status' in judged) return refuse(response, judged.status);
    const { call, length } = judged;
    switch (call.kind) {
      case 'preflight':
        response.writeHead(204).end();
        return;
      case 'info':
        send(response, 200, {
          hostname: hostname(),
          version: `v${version} (beforehand)`,
          testing: false,
          device_id: device,
        });
        return;
      case 'bucket': {
        const body = NewBucket.safeParse(await readJson(request, length));
        if (!body.success) return refuse(response, 400);
        // The protocol says 304 for a bucket that is there; every client takes it for success.
        if (buckets.create(call.id, body.data.type)) send(response, 200, {});
        else response.writeHead(304).end();
        return;
      }
      case 'heartbeat': {
        const body = Heartbeat.safeParse(await readJson(request, length));
        if (!body.success) return refuse(response, 400);
        const type = buckets.type(call.id);
        if (type === undefined) return refuse(response, 404);
        const pulse = take({ bucket: call.id, type, pulsetime: call.pulsetime, ...body.data });
        send(response, 200, {
          timestamp: new Date(pulse.at).toISOString(),
          duration: pulse.duration / 1000,
          data: body.data.data,
        });
        return;
      }
    }
  };

  const servers: Server[] = [];
  const close = async () => {
    await Promise.all(
      servers.map(async (server) => {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
      }),
    );
  };
  let both = true;
  for (const address of ADDRESSES) {
    const server = createDoor(answer);
    try {
      await listen(server, address, port);
      servers.push(server);
    } catch (thrown) {
      const { code } = thrown as NodeJS.ErrnoException;
      if (address === '::1' && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) {
        both = false;
        continue;
      }
      await close();
      if (code === 'EADDRINUSE') return { taken: true };
      throw thrown;
    }
  }
  const asked = both ? ADDRESSES : [ADDRESSES[0]];
  const answers = async () =>
    (await Promise.all(asked.map((address) => deviceAt(address, port)))).every(
      // A client that runs wild is bounded; that bound is an answer too.
      (each) => each === device || each === 429,
    );
  return { port: { both, answers, close } };
}

function createDoor(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Server {
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500);
    });
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
  server.maxRequestsPerSocket = 1000;
  // `Expect: 100-continue` would be invited to send its body before the door has looked.
  server.on('checkContinue', handle);
  server.on('checkExpectation', handle);
  server.on('clientError', answerBroken);
  // Listeners for `connect` and `upgrade` are missing on purpose: Node then closes a CONNECT by itself, and an upgrade
  // comes as an ordinary request, which the door refuses.
  return server;
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, ipv6Only: true, exclusive: true }, () => {
      server.off('error', reject);
      server.on('error', () => {});
      resolve();
    });
  });
}

/** The `device_id` of whatever answers there, 429 where that is its status; null after 3 s of silence. */
function deviceAt(host: string, port: number): Promise<unknown> {
  return new Promise((resolve) => {
    const asked = request({ host, port, path: '/api/0/info', agent: false, timeout: 3000 }, (response) => {
      if (response.statusCode === 429) resolve(429);
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
        if (text.length > 4096) asked.destroy();
      });
      response.on('error', () => resolve(null));
      response.on('close', () => resolve(null));
      response.on('end', () => {
        try {
          resolve((JSON.parse(text) as { device_id?: unknown }).device_id);
        } catch {
          resolve(null);
        }
      });
    });
    asked.on('timeout', () => asked.destroy());
    asked.on('error', () => resolve(null));
    asked.end();
  });
}

function corsOf(
  request: IncomingMessage,
  origin: string | undefined,
): readonly (readonly [string, string])[] {
  if (origin === undefined) return [];
  const network = request.headers['access-control-request-private-network'] === 'true';
  return [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Methods', 'GET, POST'],
    ['Access-Control-Allow-Headers', 'content-type, authorization'],
    ['Access-Control-Max-Age', '600'],
    ['Vary', 'Origin'],
    ...(network ? ([['Access-Control-Allow-Private-Network', 'true']] as const) : []),
  ];
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

/** A refusal says its status and nothing of the request; the connection ends with it, so that no rest is read. */
function refuse(response: ServerResponse, status: number): void {
  response.setHeader('Connection', 'close');
  send(response, status, { message: STATUS_CODES[status] ?? 'Error' });
}
