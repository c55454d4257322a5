import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { expect, it, onTestFinished } from 'vitest';
import { openLog } from '../../src/log/open.ts';
import { newId } from '../../src/model/id.ts';
import type { EventLog } from '../../src/model/log.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createPaths } from '../../src/paths.ts';
import { suggestion } from '../log/rows.ts';
import { cli, root, startCore, writeSettings } from '../desktop/core.ts';

function place(serve: boolean) {
  const home = mkdtempSync(join(tmpdir(), 'beforehand-serve-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const env = { PATH: process.env['PATH']!, HOME: home, BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home };
  writeSettings(home, {
    sources: { window: false, idle: false, clipboard: false, keyboard: false, files: false },
    model: { use: 'none' },
    mcp: { serve, servers: [] },
  });
  return { home, env, paths: createPaths({ env }) };
}

/** A client of the SDK that starts `beforehand mcp serve`, as any MCP client does. */
async function client(env: Record<string, string>) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(root, 'src', 'cli.ts'), 'mcp', 'serve'],
    env,
    stderr: 'ignore',
  });
  const made = new Client({ name: 'test', version: '1' });
  await made.connect(transport);
  onTestFinished(() => made.close());
  const read = async (uri: string) => {
    const [first] = (await made.readResource({ uri })).contents;
    return JSON.parse((first as { text: string }).text) as {
      observations?: { event: string }[];
      suggestions?: { task: string }[];
      more?: string;
    };
  };
  return { made, read };
}

async function withLog(paths: ReturnType<typeof createPaths>, work: (log: EventLog) => Promise<void>) {
  const { log } = await openLog({ paths, clock: systemClock });
  await work(log).finally(() => log.close());
}

const seen = (event: string, at = Date.now()) => {
  const id = newId(at);
  return { id, time: at, duration: 0, kind: 'window', app: 'Code', event, sources: [id] };
};

it(
  'refuses in one sentence until it is switched on, and again when it is switched off',
  { timeout: 60_000 },
  async () => {
    const { env } = place(false);
    const refused = await cli(env, ['mcp', 'serve']);
    expect([refused.code, refused.out]).toEqual([1, '']);
    expect(refused.talk).toBe(
      '[mcp] sharing with MCP clients is off: switch it on with `beforehand mcp share on`, or in Settings\n',
    );
    expect((await cli(env, ['mcp', 'share', 'on'])).code).toBe(0);
    const { made } = await client(env);
    expect((await made.listResources()).resources.map((each) => each.uri)).toEqual([
      'beforehand://observations/recent',
      'beforehand://suggestions/recent',
    ]);
    await cli(env, ['mcp', 'share', 'off']);
    await expect(made.listResources()).rejects.toThrow('sharing with MCP clients is off');
    await expect(made.readResource({ uri: 'beforehand://observations/recent' })).rejects.toThrow('is off');
  },
);

it(
  'gives what the log holds and nothing else: no tools, no prompts, no other address',
  { timeout: 60_000 },
  async () => {
    const { env, paths } = place(true);
    const gone = seen('The user reads the diagnosis.');
    await withLog(paths, async (log) => {
      await log.observe([
        seen('The user works in Code.'),
        gone,
        seen('Of another day.', Date.UTC(2026, 0, 2, 12)),
      ]);
      await log.suggest(suggestion([], { at: Date.now() }));
      await log.forget({ observations: [gone.id] });
    });
    const { made, read } = await client(env);
    expect(made.getServerCapabilities()).toEqual({ resources: {} });
    const { observations, more } = await read('beforehand://observations/recent');
    expect(observations?.map((each) => each.event)).toEqual(['The user works in Code.']);
    expect(more).toBeUndefined();
    const day = await read('beforehand://observations/2026-01-02');
    expect(day.observations?.map((each) => each.event)).toEqual(['Of another day.']);
    expect((await read('beforehand://suggestions/recent')).suggestions?.[0]?.task).toBe(
      suggestion([]).proposal.task,
    );
    expect((await made.listResourceTemplates()).resourceTemplates.map((each) => each.uriTemplate)).toEqual([
      'beforehand://observations/{day}',
      'beforehand://suggestions/{day}',
    ]);
    for (const uri of [
      'beforehand://settings',
      'file:///etc/passwd',
      'beforehand://observations/2026-13-99',
    ]) {
      await expect(made.readResource({ uri })).rejects.toThrow('there is no such resource');
    }
  },
);

it('bounds one reading, and says that more was left out', { timeout: 60_000 }, async () => {
  const { env, paths } = place(true);
  const long = 'A long sentence. '.repeat(200);
  await withLog(paths, async (log) => {
    await log.observe(Array.from({ length: 300 }, () => seen(long)));
  });
  const { made } = await client(env);
  const [first] = (await made.readResource({ uri: 'beforehand://observations/recent' })).contents;
  const { text } = first as { text: string };
  expect(text.length).toBeLessThan(250_000);
  expect(JSON.parse(text)).toMatchObject({ more: 'older rows were left out' });
});

it('reads through a running core, and goes on when that ends', { timeout: 60_000 }, async () => {
  const { home, env } = place(true);
  const core = await startCore({ home, env, args: ['--host', 'headless'] });
  const { read } = await client(env);
  expect((await read('beforehand://suggestions/recent')).suggestions).toEqual([]);
  await core.stop();
  expect((await read('beforehand://suggestions/recent')).suggestions).toEqual([]);
});
