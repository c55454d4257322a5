import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createMcpServers } from '../../src/mcp/servers.ts';
import { connectServer } from '../../src/mcp/connection.ts';
import { McpServerSetting } from '../../src/model/mcp.ts';
import { until } from '../until.ts';

const program = fileURLToPath(new URL('toolServer.ts', import.meta.url));
const never = new AbortController().signal;
type Options = Partial<Parameters<typeof createMcpServers>[0]>;

/** Servers of real processes; `allow` pins a tool as it is now. */
function setup(mode = 'good', options: Options & { readonly switchFile?: string } = {}) {
  const { switchFile = '', ...rest } = options;
  const pidFile = join(folder(), 'pids');
  let settings = [
    McpServerSetting.parse({
      name: 'notes',
      command: process.execPath,
      args: [program],
      env: { MODE: mode, SWITCH: switchFile, PIDS: pidFile },
    }),
  ];
  const servers = createMcpServers({ servers: () => settings, ...rest });
  onTestFinished(() => servers.close());
  const pin = async (tool: string) => {
    const sha256 = await servers.fingerprint('notes', tool);
    settings = settings.map((each) => ({ ...each, tools: [...each.tools, { name: tool, sha256 }] }));
  };
  const call = (tool: string, given: Record<string, unknown> = {}, signal = never) =>
    servers.call({ kind: 'mcp', server: 'notes', tool, arguments: given as never }, signal);
  return {
    servers,
    pin,
    call,
    /** How many of the processes that were started are still there. */
    left: () =>
      readFileSync(pidFile, 'utf8')
        .trim()
        .split('\n')
        .filter((pid) => isThere(Number(pid))).length,
    state: async (look?: string) => (await servers.states(look))[0]!,
    change: (to: (server: McpServerSetting) => McpServerSetting) => void (settings = settings.map(to)),
  };
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function folder(): string {
  const place = mkdtempSync(join(tmpdir(), 'beforehand-mcp-test-'));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  return place;
}

it('starts nothing before somebody asks, and calls only what was allowed, with its own arguments', async () => {
  const { servers, pin, call, state } = setup();
  expect(await state()).toMatchObject({ state: 'idle', looked: false, tools: [] });
  await expect(call('echo', { text: 'hello' })).rejects.toMatchObject({ code: 'refused' });
  await pin('echo');
  expect(await call('echo', { text: 'hello', times: 2 })).toEqual({ text: 'hello hello', failed: false });
  const { tools } = await state('notes');
  expect(tools.map(({ name, allowed }) => [name, allowed])).toEqual([
    ['echo', 'yes'],
    ['where', 'no'],
    ['big', 'no'],
    ['hang', 'no'],
    ['fails', 'no'],
    ['slowPattern', 'no'],
  ]);
  expect(tools[0]).toMatchObject({ description: 'Says a text again', arguments: ['text', 'times'] });
  expect(servers.offered().map((each) => each.tool)).toEqual(['echo']);
});

it.each([
  ['one is missing', {}],
  ['one is of another type', { text: 5 }],
  ['one is out of bounds', { text: 'a', times: 4 }],
  ['one is not declared', { text: 'a', file: '/etc/passwd' }],
  ['they are too long', { text: 'a'.repeat(5000) }],
  ['one hides something', { text: 'a\u202eb' }],
])('calls nothing when %s', async (_, given) => {
  const { pin, call } = setup();
  await pin('echo');
  await expect(call('echo', given)).rejects.toMatchObject({ code: 'refused' });
});

it('does not call a tool that changed after it was allowed, until it is allowed again', async () => {
  const switchFile = join(folder(), 'switch');
  const { servers, pin, call, state } = setup('good', { switchFile });
  await pin('echo');
  expect((await call('echo', { text: 'a' })).text).toBe('a');
  writeFileSync(switchFile, '');
  await expect(call('echo', { text: 'a' })).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('has changed since you allowed it'),
  });
  expect((await state()).tools[0]).toMatchObject({ name: 'echo', allowed: 'changed' });
  expect(servers.offered()).toEqual([]);
});

it('runs in an empty folder of its own, knows nothing of our environment, and leaves no folder behind', async () => {
  process.env['BEFOREHAND_ENDPOINT_KEY'] = 'sk-not-for-servers';
  onTestFinished(() => void delete process.env['BEFOREHAND_ENDPOINT_KEY']);
  const { servers, pin, call } = setup();
  await pin('where');
  const { place, files, env } = JSON.parse((await call('where')).text) as {
    place: string;
    files: string[];
    env: string[];
  };
  expect(files).toEqual([]);
  expect(env).toContain('MODE');
  expect(env.filter((name) => !/^(HOME|LOGNAME|PATH|SHELL|TERM|USER|MODE|SWITCH|PIDS)$/.test(name))).toEqual(
    [],
  );
  await servers.close();
  expect(existsSync(place)).toBe(false);
});

it('bounds what comes back and takes out what a screen would obey', async () => {
  const { pin, call } = setup();
  await pin('big');
  const { text } = await call('big');
  expect(text.length).toBeLessThan(20_100);
  expect(text).toMatch(/^\[31mlong /);
  expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

it('says what the tool says when it fails', async () => {
  const { pin, call } = setup();
  await pin('fails');
  expect(await call('fails')).toEqual({ text: 'no such page', failed: true });
});

it('never runs a regular expression that a server wrote', async () => {
  const { pin, call } = setup();
  await pin('slowPattern');
  expect((await call('slowPattern', { a: `${'a'.repeat(40)}!` })).text).toBe('?');
});

it('stops a call that hangs: by its time-out, and by the user', async () => {
  const connect: typeof connectServer = (server) => connectServer(server, { callMs: 300 });
  const { pin, call, state } = setup('good', { connect });
  await pin('hang');
  await expect(call('hang')).rejects.toMatchObject({ code: 'timeout' });
  expect((await state()).state).toBe('failed');
  const patient = setup();
  await patient.pin('hang');
  const stop = new AbortController();
  const ended = patient.call('hang', {}, stop.signal).catch((thrown: unknown) => thrown);
  await until('ready', async () => (await patient.state()).state === 'ready');
  setTimeout(() => stop.abort(), 100);
  expect(await ended).toMatchObject({ code: 'aborted' });
});

it.each([['garbage'], ['endless'], ['exits'], ['deaf']])(
  'a server that is %s fails in one sentence, and its process is gone',
  { timeout: 20_000 },
  async (mode) => {
    const connect: typeof connectServer = (server) => connectServer(server, { startMs: 3000 });
    const { servers, state, left } = setup(mode, { connect });
    const { state: now, reason } = await state('notes');
    expect(now).toBe('failed');
    expect(reason).toMatch(/^\[mcp\] the server notes [^\n]+$/);
    await servers.close();
    expect(left()).toBe(0);
  },
);

it('names a program that is not there', async () => {
  const { state, change } = setup();
  change((each) => ({ ...each, command: '/nowhere/server' }));
  expect((await state('notes')).reason).toContain('there is no program “/nowhere/server”');
});

it('stops a server that nobody asked for a while, one that is switched off, and all at the end', async () => {
  const { servers, pin, state, change, left } = setup('good', { idleMs: 50 });
  await pin('echo');
  await until('idle', async () => (await state()).state === 'idle');
  await until('the first process to end', () => left() === 0);
  await state('notes');
  expect((await state()).state).toBe('ready');
  change((each) => ({ ...each, on: false }));
  servers.follow();
  expect((await state()).state).toBe('off');
  await expect(servers.fingerprint('notes', 'echo')).rejects.toMatchObject({ code: 'refused' });
  await until('the second process to end', () => left() === 0);
  change((each) => ({ ...each, on: true }));
  await state('notes');
  expect(left()).toBe(1);
  await servers.close();
  expect(left()).toBe(0);
});
