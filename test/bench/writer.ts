/**
 * The victim of the kill bench: appends events through openLogInThread as fast as it can and prints each batch's ids once the
 * log has acknowledged them. `node test/bench/writer.ts FOLDER`
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import type { Event } from '../../src/model/event.ts';
import { openLogInThread } from '../../src/log/worker.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createPaths } from '../../src/paths.ts';

const paths = createPaths({ env: { BEFOREHAND_HOME: process.argv[2]! } });
const unavailable = async () => Promise.reject(new Error('no keyring in this bench'));
const { log } = await openLogInThread({
  paths,
  clock: systemClock,
  keyring: { get: unavailable, set: unavailable },
  batchMs: 5,
});
writeSync(1, 'ready\n');

/** Several writers at once, as several monitors are, so that commits overlap with arrivals. */
async function write(): Promise<never> {
  for (;;) {
    const batch = Array.from({ length: 1 + Math.floor(Math.random() * 20) }, event);
    await log.append(batch);
    await log.observe(
      batch.map((each) => ({
        id: each.id,
        time: each.at,
        duration: 0,
        kind: each.kind,
        event: `The user wrote note ${each.id}`,
        sources: [each.id],
      })),
    );
    // A pipe takes this whole or the process is gone: what was printed was acknowledged before.
    writeSync(1, `${batch.map((each) => each.id).join(' ')}\n`);
  }
}

function event(): Event {
  return {
    id: randomUUID(),
    at: Date.now(),
    duration: 0,
    monitor: 'bench',
    kind: 'window',
    data: { title: 'x'.repeat(Math.floor(Math.random() * 400)) },
  };
}

await Promise.all([write(), write(), write()]);
