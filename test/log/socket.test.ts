import { existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryLog } from '../../src/log/memory.ts';
import { connectLog, serveLog, type AlsoServed } from '../../src/log/owner.ts';
import { REQUEST_BYTES } from '../../src/log/socketTransport.ts';
import { systemClock } from '../../src/model/ports.ts';
import { dial, listen } from '../../src/socket.ts';
import { until } from '../until.ts';
import { ownFolder } from './folder.ts';
import { observation, windowEvent } from './rows.ts';

async function serving(extra?: AlsoServed) {
  const path = join(ownFolder(), 'beforehand-1', 'core.sock');
  const log = createMemoryLog(systemClock);
  const server = await serveLog(log, path, extra);
  onTestFinished(() => server.close());
  return { path, log, server };
}

/** A peer that sends raw bytes; resolves with what came back once the core cut it off, or the last reply was there. */
async function raw(
  path: string,
  bytes: string | Buffer,
  last?: string,
): Promise<{ reply: string; cut: boolean }> {
  const socket: Socket = connect(path);
  let reply = '';
  let cut = false;
  socket.on('data', (chunk) => (reply += chunk.toString()));
  socket.on('close', () => (cut = true));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await until('the end of the exchange', () => cut || (last !== undefined && reply.includes(last)), 15_000);
  socket.destroy();
  return { reply, cut };
}

const HELLO = '{"hello":"log"}\n';

describe('the socket of a running core', () => {
  it('is 0600 in a 0700 folder', async () => {
    const { path } = await serving();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  });

  it('gives null where nobody answers', async () => {
    const folder = ownFolder();
    expect(await connectLog(join(folder, 'nothing.sock'))).toBeNull();
    writeFileSync(join(folder, 'file.sock'), '');
    expect(await connectLog(join(folder, 'file.sock'))).toBeNull();
    const { path } = await serving();
    symlinkSync(path, join(folder, 'link.sock'));
    expect(await connectLog(join(folder, 'link.sock'))).toBeNull();
  });

  it('gives null when somebody listens and never says hello', async () => {
    const path = join(ownFolder(), 'mute.sock');
    const mute = createServer(() => undefined);
    await new Promise<void>((resolve) => void mute.listen(path, resolve));
    onTestFinished(() => void mute.close());
    expect(await connectLog(path)).toBeNull();
  });

  it('replaces a stale socket, and refuses a second owner', async () => {
    const folder = join(ownFolder(), 'beforehand-1');
    mkdirSync(folder);
    const path = join(folder, 'core.sock');
    const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
    await new Promise((resolve) => spawn(process.execPath, ['-e', script]).on('close', resolve));
    expect(existsSync(path)).toBe(true);
    expect(await connectLog(path)).toBeNull();
    const server = await serveLog(createMemoryLog(systemClock), path);
    onTestFinished(() => server.close());
    expect(await connectLog(path)).not.toBeNull();
    await expect(serveLog(createMemoryLog(systemClock), path)).rejects.toMatchObject({
      code: 'already-running',
    });
    expect(await connectLog(path)).not.toBeNull();
  });

  it('does not remove what is no socket', async () => {
    const path = join(ownFolder(), 'precious');
    writeFileSync(path, 'mine');
    await expect(listen(path, () => undefined)).rejects.toMatchObject({ code: 'permission' });
    expect(statSync(path).size).toBe(4);
  });

  it('refuses a folder that others may write to', async () => {
    const folder = join(ownFolder(), 'shared');
    mkdirSync(folder);
    const { chmodSync } = await import('node:fs');
    chmodSync(folder, 0o777);
    await expect(listen(join(folder, 's'), () => undefined)).rejects.toMatchObject({ code: 'permission' });
  });

  it('carries the assistant contract beside the log, and says no where it is not served', async () => {
    const { path: alone } = await serving();
    expect(await dial(alone, 'assistant')).toBeNull();

    const { path } = await serving({
      assistant: (transport) => transport.onMessage((message) => transport.send({ echo: message })),
    });
    const transport = (await dial(path, 'assistant'))!;
    const echoed = new Promise((resolve) => transport.onMessage(resolve));
    transport.send({ some: 'thing' });
    expect(await echoed).toEqual({ echo: { some: 'thing' } });
    transport.close();
    expect(await connectLog(path)).not.toBeNull();
  });

  it('takes many rows and gives large pages', async () => {
    const { path, log } = await serving();
    const far = (await connectLog(path))!;
    const rows = Array.from({ length: 1300 }, (_, n) => observation(`row ${n} ${'ü'.repeat(3900)}`));
    await far.observe(rows);
    expect((await log.state()).observations).toBe(1300);
    const page = await far.observations({ limit: 1000 });
    expect(page.rows).toHaveLength(1000);
    expect(page.rows[0]).toEqual(rows.at(-1));
  });

  it('names the trouble of the owner by its code, and its own end by not-running', async () => {
    const { path, log, server } = await serving();
    const far = (await connectLog(path))!;
    await expect(far.backup('/tmp/x')).rejects.toMatchObject({ code: 'refused' });
    await expect(far.append([{ ...windowEvent('a'), at: 'noon' as never }])).rejects.toMatchObject({
      code: 'bad-input',
    });
    expect((await log.state()).events).toBe(0);
    await server.close();
    await expect(far.state()).rejects.toMatchObject({ code: 'not-running' });
  });

  it('cuts off peers that send no hello, no JSON or no end', async () => {
    const { path, log } = await serving();
    const hostile: [string, string | Buffer][] = [
      ['silence', ''],
      ['an HTTP request', 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
      ['another hello', '{"hello":"root"}\n'],
      ['a hello with more in it', '{"hello":"log","as":"root"}\n'],
      ['no object', '[]\n'],
      ['bytes', Buffer.from([0, 255, 254, 10, 10, 13, 10])],
      ['broken JSON after hello', `${HELLO}{"id":1,\n`],
      ['a line without end', Buffer.concat([Buffer.from(HELLO), Buffer.alloc(REQUEST_BYTES + 10, 97)])],
    ];
    for (const [what, bytes] of hostile) expect((await raw(path, bytes)).cut, what).toBe(true);
    expect((await (await connectLog(path))!.state()).events).toBe(0);
    expect((await log.state()).events).toBe(0);
  });

  it('answers hostile requests with an error and goes on', async () => {
    const { path, log } = await serving();
    await log.observe([observation('kept')]);
    const requests = [
      '{"id":1,"channel":"__proto__","input":{}}',
      '{"id":2,"channel":"close","input":{}}',
      '{"id":3,"channel":"constructor","input":{}}',
      '{"id":4,"channel":"forget","input":{}}',
      '{"id":5,"channel":"forget","input":{"everything":"yes"}}',
      '{"id":6,"channel":"observations","input":{"limit":1e9}}',
      '{"id":7,"channel":"observations","input":{"__proto__":{"limit":5},"x":1}}',
      '{"id":8,"channel":"backup","input":"relative.db"}',
      '{"channel":"forget","input":{"everything":true}}',
      '"forget"',
      'null',
      '{"id":9,"channel":"state","input":{}}',
    ];
    const { reply, cut } = await raw(path, `${HELLO}${requests.join('\n')}\n`, '"id":9');
    expect(cut).toBe(false);
    const replies = reply
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as { id: number; error?: { code: string } });
    expect(replies.map(({ id, error }) => [id, error?.code]).toSorted()).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((id) => [id, 'bad-input']),
      [9, undefined],
    ]);
    expect((await log.state()).observations).toBe(1);
  });
});
