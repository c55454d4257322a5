import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryLog } from '../../src/log/memory.ts';
import { connectLog, serveLog } from '../../src/log/owner.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { openLogInThread } from '../../src/log/worker.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createPaths } from '../../src/paths.ts';
import { testEventLog } from '../suites/eventLog.ts';
import { noKeyring } from './folder.ts';

const KEY = 'ab'.repeat(32);

async function onDisk() {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-test-'));
  const file = join(folder, 'log.db');
  const log = await openSqliteLog({ file, key: KEY, keyPlace: 'file', clock: systemClock, batchMs: 1 });
  const end = async () => {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { folder, log, end };
}

testEventLog('memory', async () => {
  const log = createMemoryLog(systemClock);
  return { log, end: () => log.close() };
});

testEventLog('sqlite', onDisk);

testEventLog('sqlite through a socket', async () => {
  const { folder, log: owned, end: endOwned } = await onDisk();
  const socket = join(folder, 'core.sock');
  const server = await serveLog(owned, socket);
  const log = (await connectLog(socket))!;
  const end = async () => {
    await log.close();
    await server.close();
    await endOwned();
  };
  return { log, end };
});

testEventLog('sqlite in its own thread', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-test-'));
  const paths = createPaths({ env: { BEFOREHAND_HOME: join(folder, 'home'), XDG_RUNTIME_DIR: folder } });
  const { log, note } = await openLogInThread({ paths, clock: systemClock, keyring: noKeyring, batchMs: 1 });
  if (note) throw new Error(note);
  const end = async () => {
    await log.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { log, end };
});
