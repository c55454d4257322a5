import { request } from 'node:http';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Clock } from '../model/ports.ts';
import type { Beat } from '../monitors/beat.ts';
import { AFK, EDITOR, WEB, WINDOW } from '../monitors/beatReading.ts';
import { Heartbeat } from './activityWatchBody.ts';

/** How often the server is asked, in milliseconds. */
export const POLL_MS = 10_000;

/** Milliseconds an answer may take, bytes it may have, buckets and events that are read at once. */
const PATIENCE = 5000;
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_BUCKETS = 64;
const MOST_EVENTS = 1000;

const READ: readonly string[] = [WEB, EDITOR, WINDOW, AFK];

const Info = z.object({ hostname: z.string(), version: z.string() });
const BucketList = z.record(z.string().max(128), z.object({ type: z.string().max(128) }));

/**
 * Reads an ActivityWatch server on loopback: every `pollMs` what each browser, editor, window and presence bucket holds
 * since it was read last, oldest first, into `take`. Rejects where what answers on the port is no such server; calls
 * `died` when it stops answering later. Resolves with the end of reading.
 */
export async function readServer(options: {
  readonly port: number;
  readonly clock: Clock;
  readonly take: (beat: Beat) => void;
  readonly died: (error: AppError) => void;
  readonly pollMs?: number;
}): Promise<() => Promise<void>> {
  const { port, clock, take, died, pollMs = POLL_MS } = options;
  const stop = new AbortController();
  const since = clock.now();
  /** Where each bucket is read from next: the start of its newest event, which may still grow. */
  const newest = new Map<string, number>();

  const info = await ask(port, '/api/0/info', stop.signal).catch(() => null);
  if (!Info.safeParse(info).success) {
    throw new AppError(
      'refused',
      `[monitor:activityWatch] port ${port} is taken by a program that is no ActivityWatch server, so browser and editor extensions are not heard`,
      undefined,
      'end that program (`ss -ltnp` names it); the port is tried again every 15 s',
    );
  }

  async function readBucket(id: string, type: string): Promise<void> {
    const from = newest.get(id) ?? since;
    const query = new URLSearchParams({ start: new Date(from).toISOString(), limit: String(MOST_EVENTS) });
    const rows = await ask(port, `/api/0/buckets/${encodeURIComponent(id)}/events?${query}`, stop.signal);
    const events = (Array.isArray(rows) ? (rows as unknown[]) : [])
      .slice(0, MOST_EVENTS)
      .map((row) => Heartbeat.safeParse(row))
      .flatMap((row) => (row.success ? [row.data] : []))
      .toSorted((a, b) => a.at - b.at);
    for (const event of events) {
      if (event.at < from) continue;
      newest.set(id, event.at);
      // The server has merged already: only the same event, grown, is one with what was read before.
      take({ bucket: id, type, pulsetime: 0, ...event });
    }
  }

  async function read(): Promise<void> {
    const buckets = BucketList.parse(await ask(port, '/api/0/buckets/', stop.signal));
    const wanted = Object.entries(buckets).filter(([, { type }]) => READ.includes(type));
    for (const [id, { type }] of wanted.slice(0, MOST_BUCKETS)) await readBucket(id, type);
  }

  let timer: NodeJS.Timeout | undefined;
  const again = () => {
    if (stop.signal.aborted) return;
    timer = setTimeout(() => void turn(), pollMs);
  };
  const turn = async (): Promise<void> => {
    try {
      await read();
      again();
    } catch (thrown) {
      if (stop.signal.aborted) return;
      died(lost(port, thrown));
    }
  };
  try {
    await read();
  } catch (thrown) {
    throw lost(port, thrown);
  }
  again();
  return async () => {
    stop.abort();
    clearTimeout(timer);
  };
}

function lost(port: number, thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  return new AppError(
    'not-running',
    `[monitor:activityWatch] the ActivityWatch server on port ${port} does not answer any more`,
    thrown,
  );
}

/** JSON from the loopback server; nothing but 200 will do, and no redirect is followed. */
function ask(port: number, path: string, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: 'GET',
        agent: false,
        timeout: PATIENCE,
        signal,
        headers: { Accept: 'application/json' },
      },
      (response) => {
        if (response.statusCode === 401) {
          reject(
            new AppError(
              'permission',
              `[monitor:activityWatch] the ActivityWatch server on port ${port} asks for a key: switch its authentication off, or end it`,
            ),
          );
          asked.destroy();
          return;
        }
        const chunks: Buffer[] = [];
        let size = 0;
        response.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > MOST_BYTES) asked.destroy(new Error('too long'));
          else chunks.push(chunk);
        });
        response.on('error', reject);
        response.on('end', () => {
          try {
            if (response.statusCode !== 200) throw new Error(`status ${response.statusCode}`);
            resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')));
          } catch (thrown) {
            reject(thrown as Error);
          }
        });
      },
    );
    asked.on('timeout', () => asked.destroy(new Error('time-out')));
    asked.on('error', reject);
    asked.end();
  });
}
