import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { parseTimestamp } from '../monitors/beat.ts';

/** Shape of the data of a heartbeat: no watcher sends more, and the merge compares all of it. */
const MOST = { depth: 4, names: 64, name: 64, items: 256 };

/** Milliseconds; a heartbeat that claims to last longer than a week is none. */
const LONGEST = 7 * 86_400_000;

/** What creates a bucket (aw-server `CreateBucket`). The host's name is read and not kept. */
export const NewBucket = z.object({
  client: z.string().min(1).max(128),
  type: z.string().min(1).max(128),
  hostname: z.string().max(255),
});
export type NewBucket = z.infer<typeof NewBucket>;

/** A heartbeat (aw-core `Event`): ISO time, seconds, data. Times come out in milliseconds. */
export const Heartbeat = z
  .object({
    timestamp: z.string().max(64),
    duration: z.number().min(0).default(0),
    // Looked at as it came: a schema of names would drop what it must refuse.
    data: z.custom<Readonly<Record<string, unknown>>>(
      (data) =>
        typeof data === 'object' && data !== null && !Array.isArray(data) && isPlain(data, MOST.depth),
    ),
  })
  .transform(({ timestamp, duration, data }, context) => {
    const at = parseTimestamp(timestamp);
    const ms = Math.round(duration * 1000);
    if (at === null || !(ms <= LONGEST)) {
      context.addIssue({ code: 'custom', message: 'time' });
      return z.NEVER;
    }
    return { at, duration: ms, data };
  });
export type Heartbeat = z.infer<typeof Heartbeat>;

/**
 * Reads a body of exactly `length` bytes as JSON in UTF-8; undefined when it is shorter, longer or none. The caller's
 * time-out ends a body that never comes.
 */
export async function readJson(request: IncomingMessage, length: number): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > length) return undefined;
      chunks.push(chunk);
    }
    if (size !== length) return undefined;
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks));
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether a value is flat and small enough, and names nothing that is special to JavaScript. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) {
    return value.length <= MOST.items && value.every((each) => isPlain(each, depth - 1));
  }
  const entries = Object.entries(value);
  return (
    entries.length <= MOST.names &&
    entries.every(
      ([name, each]) =>
        name.length <= MOST.name &&
        !['__proto__', 'constructor', 'prototype'].includes(name) &&
        isPlain(each, depth - 1),
    )
  );
}
