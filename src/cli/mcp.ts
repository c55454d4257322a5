import type { Command } from 'commander';
import { createMcpChannels, type McpChannels } from '../app/mcpServers.ts';
import { AppError } from '../errors.ts';
import type { McpServerState } from '../model/mcp.ts';
import { McpName, McpServerSetting } from '../model/mcp.ts';
import { systemClock } from '../model/ports.ts';
import { createPaths, type Paths } from '../paths.ts';
import { createSettingsStore } from '../settingsFile.ts';
import { version } from '../version.ts';
import { result, say, table } from './output.ts';
import { callRunning } from './running.ts';
import { withLog } from './withLog.ts';

interface Common {
  readonly json: boolean;
}

/** `beforehand mcp`: tools of MCP servers that suggestions may use, each allowed one by one; and being a server itself. */
export function addMcp(program: Command): void {
  const mcp = program
    .command('mcp')
    .description('tools of MCP servers, allowed one by one; and sharing with MCP clients')
    .enablePositionalOptions();
  const verb = (name: string, words: string) =>
    mcp.command(name).description(words).option('--json', 'print JSON', false);

  verb('servers', 'the servers that you added, and how they stand').action(async ({ json }: Common) => {
    const states = await ask('mcp.servers', {});
    result(json, states, states.length > 0 ? table(states.map(serverRow)) : ['No server was added.']);
  });
  verb('tools <name>', 'start a server and list its tools').action(async (name: string, { json }: Common) => {
    const state = one(await ask('mcp.servers', { look: nameOf(name) }), name);
    if (state.state === 'failed') throw new AppError('not-running', state.reason ?? '[mcp] it failed');
    result(json, state, toolLines(state));
  });
  verb('allow <name> <tool>', 'let suggestions use one tool, as the server describes it now').action(
    async (name: string, tool: string, { json }: Common) => {
      const state = one(await ask('mcp.allow', { server: nameOf(name), tool, allowed: true }), name);
      const { description = '' } = state.tools.find((each) => each.name === tool) ?? {};
      result(json, state, [
        `Suggestions may use ${tool} of ${name}; each call is shown first and made only when you accept it.`,
        ...(description ? [`It says of itself: ${description}`] : []),
      ]);
    },
  );
  verb('forbid <name> <tool>', 'take that back').action(
    async (name: string, tool: string, { json }: Common) => {
      const state = one(await ask('mcp.allow', { server: nameOf(name), tool, allowed: false }), name);
      result(json, state, [`Suggestions may not use ${tool} of ${name}.`]);
    },
  );
  verb('add <name> <command> [args...]', 'add a server: a program and its arguments, started over stdio')
    .option(
      '--env <NAME=VALUE>',
      'set in its environment, beside PATH, HOME and the like; may be given again',
      (pair: string, before: readonly string[]) => [...before, pair],
      [],
    )
    .passThroughOptions()
    .action(
      async (name: string, command: string, args: string[], { json, env }: Common & { env: string[] }) => {
        const states = await ask('mcp.add', settingOf({ name, command, args, env: envOf(env) }));
        result(json, one(states, name), [
          `Added ${name}. No tool of it is allowed yet: \`beforehand mcp tools ${name}\` lists them.`,
        ]);
      },
    );
  verb('remove <name>', 'remove a server and what was allowed of it').action(
    async (name: string, { json }: Common) => {
      const states = await ask('mcp.remove', { server: nameOf(name) });
      result(json, states, [`Removed ${name}.`]);
    },
  );
  verb('share <state>', 'on or off: let MCP clients read observations and suggestions').action(
    async (state: string, { json }: Common) => {
      if (state !== 'on' && state !== 'off') throw new AppError('usage', '[cli] share wants on or off');
      await share(state === 'on');
      const words = state === 'on' ? 'MCP clients may read' : 'MCP clients may not read';
      result(json, { serve: state === 'on' }, [`${words} recent observations and suggestions.`]);
    },
  );
  mcp
    .command('serve')
    .description('speak MCP on stdin and stdout, for a client that starts this; read-only, off until shared')
    .option('--json', 'the same: what it speaks is JSON', false)
    .action(serve);
}

/** Asks the running core, else does it here; a server that was started for it is stopped again. */
async function ask<K extends keyof McpChannels>(
  channel: K,
  input: Parameters<McpChannels[K]>[0],
): Promise<McpServerState[]> {
  const paths = createPaths();
  const running = await callRunning(paths, (client) => client.call(channel, input as never));
  return running ?? alone(paths, (channels) => channels[channel](input as never));
}

async function alone<T>(paths: Paths, work: (channels: McpChannels) => T | Promise<T>): Promise<T> {
  const { createMcpServers } = await import('../mcp/servers.ts');
  const settings = createSettingsStore(paths);
  const servers = createMcpServers({ servers: () => settings.get().mcp.servers });
  try {
    return await work(createMcpChannels({ settings, servers }).all);
  } finally {
    await servers.close();
  }
}

async function share(on: boolean): Promise<void> {
  const paths = createPaths();
  const patch = { mcp: { serve: on } };
  const running = await callRunning(paths, (client) => client.call('settings.set', patch));
  if (!running) await createSettingsStore(paths).set(patch);
}

/** stdout is the client's; everything said goes to stderr. */
async function serve(): Promise<void> {
  const paths = createPaths();
  const { notShared, serveMcp, stdioTransport } = await import('../mcp/serve.ts');
  // Read again before each answer: switching it off counts at once.
  const refusal = () => (createSettingsStore(paths).get().mcp.serve ? null : notShared().message);
  if (refusal() !== null) throw notShared();
  say('Answering an MCP client on stdin and stdout.');
  await serveMcp({
    transport: await stdioTransport(),
    version,
    clock: systemClock,
    refusal,
    async read<T>(work: (log: Parameters<Parameters<typeof withLog>[1]>[0]) => Promise<T>) {
      const answer: T[] = [];
      await withLog({}, async (log) => void answer.push(await work(log)));
      return answer[0] as T;
    },
  });
}

function nameOf(name: string): string {
  const parsed = McpName.safeParse(name);
  if (!parsed.success) {
    throw new AppError('usage', `[cli] “${name}” is no name of a server: 1 to 48 of a-z, 0-9 and -`);
  }
  return parsed.data;
}

function settingOf(given: unknown): McpServerSetting {
  const parsed = McpServerSetting.pick({ name: true, command: true, args: true, env: true }).safeParse(given);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0] ?? { path: [], message: 'it does not fit' };
    throw new AppError('usage', `[cli] this server cannot be added: ${path.join('.')}: ${message}`);
  }
  return parsed.data as McpServerSetting;
}

function envOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new AppError('usage', `[cli] --env wants NAME=VALUE, not “${pair}”`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function one(states: readonly McpServerState[], name: string): McpServerState {
  const found = states.find((each) => each.name === name);
  if (!found) throw new AppError('not-found', `[mcp] no server is called “${name}”`);
  return found;
}

function serverRow({ name, state, reason, tools, command }: McpServerState): string[] {
  const allowed = tools.filter((each) => each.allowed === 'yes').length;
  return [name, state, `${allowed} allowed`, reason ?? command];
}

const STANDS = {
  no: 'not allowed',
  yes: 'allowed',
  changed: 'CHANGED since you allowed it; not called',
  gone: 'allowed, but the server no longer has it',
} as const;

function toolLines({ name, tools }: McpServerState): string[] {
  if (tools.length === 0) return [`${name} has no tools.`];
  return tools.flatMap((tool) => [
    `${tool.name}(${tool.arguments.join(', ')}): ${STANDS[tool.allowed]}`,
    ...(tool.description ? tool.description.split('\n').map((line) => `  ${line}`) : []),
  ]);
}
