import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { Settings } from '../../src/model/settings.ts';
import { cli, startCore, writeSettings } from '../desktop/core.ts';

const home = mkdtempSync(join(tmpdir(), 'beforehand-mcp-cli-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const data = join(home, 'data');
/** No display, no bus, nothing of the person's own. */
const env = { PATH: process.env['PATH'], HOME: home, BEFOREHAND_HOME: data, XDG_RUNTIME_DIR: home };
const run = (...args: string[]) => cli(env, ['mcp', ...args]);
const program = fileURLToPath(new URL('toolServer.ts', import.meta.url));
const kept = () => Settings.parse(JSON.parse(readFileSync(join(data, 'settings.json'), 'utf8'))).mcp.servers;

it(
  'adds a server, lists its tools, allows one, forbids it and removes the server',
  { timeout: 60_000 },
  async () => {
    const added = await run('add', '--env', 'MODE=good', 'notes', process.execPath, program, '--version');
    expect([added.code, added.talk]).toEqual([0, '']);
    expect(kept()).toEqual([
      {
        name: 'notes',
        command: process.execPath,
        args: [program, '--version'],
        env: { MODE: 'good' },
        on: true,
        tools: [],
      },
    ]);
    expect((await run('add', 'notes', 'other')).talk).toContain('is called “notes” already');
    const { out } = await run('tools', 'notes');
    expect(out).toContain('echo(text, times): not allowed\n  Says a text again\n');
    const allowed = await run('allow', 'notes', 'echo', '--json');
    const tools = (JSON.parse(allowed.out) as { tools: { name: string; allowed: string; sha256: string }[] })
      .tools;
    expect(tools.find((each) => each.name === 'echo')?.allowed).toBe('yes');
    expect(kept()[0]?.tools).toEqual([
      { name: 'echo', sha256: tools.find((each) => each.name === 'echo')?.sha256 },
    ]);
    expect(await run('allow', 'notes', 'nothing')).toMatchObject({
      code: 1,
      talk: '[mcp] the server notes has no tool “nothing”\n',
    });
    expect((await run('servers')).out).toMatch(/^notes {2}idle {2}1 allowed/);
    expect((await run('forbid', 'notes', 'echo')).code).toBe(0);
    expect(kept()[0]?.tools).toEqual([]);
    expect((await run('remove', 'notes')).code).toBe(0);
    expect(kept()).toEqual([]);
  },
);

it.each([
  [['add', 'No Name', 'x']],
  [['add', 'x']],
  [['add', '--env', 'NONSENSE', 'x', 'y']],
  [['share', 'perhaps']],
])('wants %j to be right', async (args) => {
  const { code, out } = await run(...args);
  expect([code, out]).toEqual([2, '']);
});

it('goes through the running core, where no page can name a program', { timeout: 60_000 }, async () => {
  const home2 = join(home, 'running');
  writeSettings(home2, { sources: allOff, model: { use: 'none' } });
  const core = await startCore({ home: home2, env, args: ['--host', 'headless'] });
  try {
    const there = { ...env, BEFOREHAND_HOME: home2 };
    const added = await cli(there, ['mcp', 'add', 'notes', process.execPath, program]);
    expect([added.code, added.talk]).toEqual([0, '']);
    const states = await core.client.call('mcp.servers', { look: 'notes' });
    const echo = states[0]!.tools.find((each) => each.name === 'echo')!;
    const stale = { server: 'notes', tool: 'echo', allowed: true, sha256: '0'.repeat(64) };
    await expect(core.client.call('mcp.allow', stale)).rejects.toMatchObject({ code: 'refused' });
    const shown = { ...stale, sha256: echo.sha256! };
    expect((await core.client.call('mcp.allow', shown))[0]?.tools[0]?.allowed).toBe('yes');
    const servers = (await core.client.call('settings.get', {})).mcp.servers;
    await expect(
      core.client.call('settings.set', { mcp: { servers: [{ ...servers[0]!, command: '/bin/sh' }] } }),
    ).rejects.toMatchObject({ code: 'refused' });
    expect((await cli(there, ['mcp', 'servers'])).out).toMatch(/^notes {2}ready {2}1 allowed/);
  } finally {
    expect((await core.stop()).code).toBe(0);
  }
});

const allOff = { window: false, idle: false, clipboard: false, keyboard: false, files: false };
