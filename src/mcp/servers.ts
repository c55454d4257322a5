import { AppError, asAppError } from '../errors.ts';
import type { AllowedTool, McpServerSetting, McpServerState, McpTools } from '../model/mcp.ts';
import { connectServer, type Connection } from './connection.ts';
import { argumentsOf, checkArguments, type Tool } from './tool.ts';

/** A server that nobody asked for so long is stopped, in milliseconds. */
const IDLE_MS = 60_000;

/** The configured servers: started when somebody needs one, stopped when nobody does. */
export interface McpServers extends McpTools {
  /** How all of them stand. `look` names one to be asked for its tools anew; that it failed is in its state. */
  states(look?: string): Promise<McpServerState[]>;
  /** What is pinned when a tool is allowed now: as the server describes it now. Rejects with `not-found` or as it failed. */
  fingerprint(server: string, tool: string): Promise<string>;
  /** Stops servers that were changed, switched off or removed. */
  follow(): void;
  /** Stops all. */
  close(): Promise<void>;
}

/** What is known of one server in this run. */
interface Known {
  /** The configuration that it was started with, as text. */
  readonly of: string;
  connection: Promise<Connection> | null;
  tools: readonly Tool[] | null;
  looking: Promise<unknown> | null;
  state: 'idle' | 'starting' | 'ready' | 'failed';
  reason?: string;
  timer?: NodeJS.Timeout;
  busy: number;
}

/** `onChange` hears that a state changed. Nothing is started here. */
export function createMcpServers(options: {
  readonly servers: () => readonly McpServerSetting[];
  readonly onChange?: () => void;
  readonly connect?: typeof connectServer;
  readonly idleMs?: number;
}): McpServers {
  const connect = options.connect ?? connectServer;
  const all = new Map<string, Known>();
  let closed = false;

  const settingOf = (name: string): McpServerSetting => {
    const found = options.servers().find((each) => each.name === name);
    if (!found) {
      throw new AppError(
        'not-found',
        `[mcp] no server is called “${name}”: \`beforehand mcp servers\` lists them`,
      );
    }
    if (!found.on) throw new AppError('refused', `[mcp] the server ${name} is switched off`);
    return found;
  };

  const knownOf = (server: McpServerSetting): Known => {
    const of = JSON.stringify([server.command, server.args, server.env]);
    const known = all.get(server.name);
    if (known?.of === of) return known;
    if (known) stop(known);
    const fresh: Known = { of, connection: null, tools: null, looking: null, state: 'idle', busy: 0 };
    all.set(server.name, fresh);
    return fresh;
  };

  const turn = (known: Known, state: Known['state'], reason?: string) => {
    known.state = state;
    if (reason === undefined) delete known.reason;
    else known.reason = reason.slice(0, 500);
    options.onChange?.();
  };

  const stop = (known: Known): Promise<void> => {
    clearTimeout(known.timer);
    const was = known.connection;
    known.connection = null;
    if (known.state !== 'failed') turn(known, 'idle');
    return was?.then((each) => each.close()).catch(() => {}) ?? Promise.resolve();
  };

  const start = (server: McpServerSetting, known: Known): Promise<Connection> => {
    turn(known, 'starting');
    const opening = connect(server);
    known.connection = opening;
    const lost = () => {
      if (known.connection !== opening) return;
      known.connection = null;
      if (known.state !== 'failed') turn(known, 'idle');
    };
    const follow = async () => {
      const connection = await opening;
      if (known.connection === opening) turn(known, 'ready');
      await connection.closed;
    };
    void follow().then(lost, lost);
    return opening;
  };

  /** Runs `work` with the started server, which stays for a while afterwards. */
  async function withServer<T>(
    server: McpServerSetting,
    work: (connection: Connection, known: Known) => Promise<T>,
  ): Promise<T> {
    if (closed) throw new AppError('not-running', '[mcp] Beforehand is ending');
    const known = knownOf(server);
    clearTimeout(known.timer);
    known.busy += 1;
    try {
      return await work(await (known.connection ?? start(server, known)), known);
    } catch (thrown) {
      const error = asAppError(thrown, 'not-running', 'mcp');
      // Who does not answer in time may hang for ever; the next call gets a new process.
      if (error.code === 'timeout' || error.code === 'not-running' || error.code === 'missing-program') {
        turn(known, 'failed', error.message);
        void stop(known);
      }
      throw error;
    } finally {
      known.busy -= 1;
      if (known.busy === 0 && known.connection) {
        known.timer = setTimeout(() => void stop(known), options.idleMs ?? IDLE_MS);
        known.timer.unref();
      }
    }
  }

  const lookAt = (name: string): Promise<readonly Tool[]> =>
    withServer(settingOf(name), async (connection, known) => {
      const tools = await connection.tools();
      known.tools = tools;
      options.onChange?.();
      return tools;
    });

  const stateOf = (setting: McpServerSetting): McpServerState => {
    const known = all.get(setting.name);
    const tools = known?.tools ?? null;
    const lost = setting.tools.filter((pin) => !tools?.some((each) => each.name === pin.name));
    return {
      name: setting.name,
      command: [setting.command, ...setting.args].join(' ').slice(0, 5000),
      state: setting.on ? (known?.state ?? 'idle') : 'off',
      ...(setting.on && known?.reason !== undefined && { reason: known.reason }),
      looked: tools !== null,
      tools: [
        ...(tools ?? []).map((tool) => ({
          name: tool.name,
          description: cut(tool.description),
          arguments: argumentsOf(tool.schema),
          sha256: tool.sha256,
          allowed: standing(setting, tool),
        })),
        ...lost.map(({ name }) => ({
          name,
          description: '',
          arguments: [],
          allowed: tools ? ('gone' as const) : ('yes' as const),
        })),
      ],
    };
  };

  return {
    async states(look) {
      if (look !== undefined) {
        const { name } = settingOf(look);
        // A failed server is a state, shown beside its name.
        await lookAt(name).catch(() => {});
      }
      return options.servers().map(stateOf);
    },
    async fingerprint(server, tool) {
      const found = (await lookAt(server)).find((each) => each.name === tool);
      if (!found) {
        throw new AppError('not-found', `[mcp] the server ${server} has no tool “${tool}”`);
      }
      return found.sha256;
    },
    offered() {
      return options.servers().flatMap((setting): AllowedTool[] => {
        if (!setting.on || setting.tools.length === 0) return [];
        const known = knownOf(setting);
        if (!known.tools && !known.looking && !closed) {
          // Once in a run: a server that fails is not started again and again for offers.
          known.looking = lookAt(setting.name).catch(() => {});
        }
        return (known.tools ?? [])
          .filter((tool) => standing(setting, tool) === 'yes')
          .map(({ name, schema }) => ({
            server: setting.name,
            tool: name,
            schema,
            takes: (given) =>
              checkArguments(schema, given).then(
                () => true,
                () => false,
              ),
          }));
      });
    },
    call: ({ server, tool, arguments: given }, signal) =>
      withServer(settingOf(server), async (connection, known) => {
        // Asked again before each call: what was allowed is what is called.
        known.tools = await connection.tools();
        const found = known.tools.find((each) => each.name === tool);
        if (!found) throw refuse(`the server ${server} has no tool “${tool}”`);
        const now = standing(settingOf(server), found);
        if (now === 'no') throw refuse(`the tool ${tool} of ${server} is not allowed`);
        if (now === 'changed') {
          throw refuse(
            `the tool ${tool} of ${server} has changed since you allowed it: look at it in Settings`,
          );
        }
        await checkArguments(found.schema, given);
        if (signal.aborted) throw new AppError('aborted', '[mcp] the call was stopped');
        return connection.call(tool, given, signal);
      }),
    follow() {
      for (const [name, known] of all) {
        const setting = options.servers().find((each) => each.name === name);
        if (setting?.on && knownOf(setting) === known) continue;
        void stop(known);
        if (!setting) all.delete(name);
      }
    },
    async close() {
      closed = true;
      await Promise.all([...all.values()].map(stop));
    },
  };
}

/** A description for a person to read, on any screen. */
function cut(text: string): string {
  const plain = text.replace(/[^\P{C}\n\t]/gu, '').trim();
  return plain.length > 1000 ? `${plain.slice(0, 998).toWellFormed()} …` : plain;
}

/** Whether a tool is allowed as it is now. */
function standing(setting: McpServerSetting, tool: Tool): 'no' | 'yes' | 'changed' {
  const pin = setting.tools.find((each) => each.name === tool.name);
  if (!pin) return 'no';
  return pin.sha256 === tool.sha256 ? 'yes' : 'changed';
}

function refuse(why: string): AppError {
  return new AppError('refused', `[mcp] ${why}; nothing was called`);
}
