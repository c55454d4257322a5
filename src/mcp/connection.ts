import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import type { McpResult, McpServerSetting } from '../model/mcp.ts';
import { resultText } from './resultText.ts';
import { toolOf, type Tool } from './tool.ts';

/** Times in milliseconds: to start and say hello, to list tools, to answer a call, to end by itself. */
const START_MS = 20_000;
const LIST_MS = 10_000;
const CALL_MS = 60_000;
const GOODBYE_MS = 1000;
/** Most bytes that a server may write without an end of line or faster than they are read. */
const LINE_MOST = 4_194_304;
/** So many lines that are no message, and it is not a server that speaks MCP. */
const GARBAGE_MOST = 100;
const PAGES_MOST = 8;
const TOOLS_MOST = 256;
/** Of what it writes to stderr the end is kept, for a person who wonders why it failed. */
const STDERR_MOST = 300;

/** One started server. */
export interface Connection {
  tools(): Promise<readonly Tool[]>;
  /** One call; rejects with `timeout`, `aborted` or `not-running`. */
  call(tool: string, given: Readonly<Record<string, unknown>>, signal: AbortSignal): Promise<McpResult>;
  /** Resolves when the server is gone, however it went. */
  readonly closed: Promise<void>;
  /** Ends it: its input closes, and what does not end within a second is killed. */
  close(): Promise<void>;
}

/**
 * Starts a server over stdio, without a shell, in an empty folder of its own, with a bare environment (PATH, HOME, USER,
 * TERM and the like) and the names that the user gave. It is offered nothing: no sampling, no roots, no elicitation.
 * Rejects with `missing-program`, `timeout` or `not-running`, in one sentence.
 */
export async function connectServer(
  server: Pick<McpServerSetting, 'name' | 'command' | 'args' | 'env'>,
  times: { readonly callMs?: number; readonly startMs?: number } = {},
): Promise<Connection> {
  const [{ Client }, { StdioClientTransport }, types] = await Promise.all([
    import('@modelcontextprotocol/sdk/client/index.js'),
    import('@modelcontextprotocol/sdk/client/stdio.js'),
    import('@modelcontextprotocol/sdk/types.js'),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'beforehand-mcp-'));
  const transport = new StdioClientTransport({
    command: server.command,
    args: [...server.args],
    env: server.env,
    stderr: 'pipe',
    cwd: folder,
    maxBufferSize: LINE_MOST,
  });
  let told = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    told = `${told}${chunk.toString('utf8')}`.slice(-STDERR_MOST);
  });
  const client = new Client({ name: 'beforehand', version: '1' }, { capabilities: {} });
  const gone = Promise.withResolvers<void>();
  let pid: number | null = null;
  let garbage = 0;
  let ending: Promise<void> | null = null;
  const start = transport.start.bind(transport);
  // Kept here, since the transport forgets it as soon as it begins to close.
  transport.start = async () => {
    await start();
    ({ pid } = transport);
  };

  const end = async () => {
    const kill = setTimeout(() => killed(pid), GOODBYE_MS);
    const late = setTimeout(gone.resolve, 2 * GOODBYE_MS);
    void client.close().catch(() => {});
    await gone.promise;
    clearTimeout(kill);
    clearTimeout(late);
    await rm(folder, { recursive: true, force: true }).catch(() => {});
  };
  const close = () => (ending ??= end());
  // Told when the process has ended, whoever ended it.
  Object.assign(client, {
    onclose() {
      pid = null;
      gone.resolve();
      void close();
    },
    onerror() {
      garbage += 1;
      if (garbage > GARBAGE_MOST) void close();
    },
  });

  const why = (thrown: unknown, what: string): AppError => {
    const named = `[mcp] the server ${server.name}`;
    const code = codeOf(thrown);
    if (code === 'ENOENT') {
      return new AppError(
        'missing-program',
        `${named} cannot be started: there is no program “${server.command}”; install it, or name it by its whole path`,
        thrown,
      );
    }
    if (code === types.ErrorCode.RequestTimeout) {
      return new AppError('timeout', `${named} gave no answer in time when ${what}`, thrown);
    }
    const last = told.trim().split('\n').at(-1)?.slice(0, 200);
    const because = garbage > GARBAGE_MOST ? 'it writes lines that are no messages' : messageOf(thrown);
    return new AppError(
      'not-running',
      `${named} failed when ${what}: ${because}${last ? ` (its last words: ${last})` : ''}`,
      thrown,
    );
  };

  try {
    await client.connect(transport, { timeout: times.startMs ?? START_MS });
  } catch (thrown) {
    await close();
    throw why(thrown, 'it was started');
  }

  return {
    closed: gone.promise,
    close,
    async tools() {
      const found = new Map<string, Tool>();
      try {
        // Not `client.listTools`, which compiles the schemas of results as well: nothing reads those.
        let cursor: string | undefined;
        for (let page = 0; page < PAGES_MOST && found.size < TOOLS_MOST; page++) {
          const listed = await client.request(
            { method: 'tools/list', ...(cursor && { params: { cursor } }) },
            types.ListToolsResultSchema,
            { timeout: LIST_MS },
          );
          for (const each of listed.tools) {
            const tool = toolOf(each);
            // The first of two with one name, so that a later one cannot take its place.
            if (tool && !found.has(tool.name) && found.size < TOOLS_MOST) found.set(tool.name, tool);
          }
          cursor = listed.nextCursor;
          if (!cursor) break;
        }
      } catch (thrown) {
        throw why(thrown, 'it was asked for its tools');
      }
      return [...found.values()];
    },
    async call(tool, given, signal) {
      try {
        const result = await client.request(
          { method: 'tools/call', params: { name: tool, arguments: { ...given } } },
          types.CallToolResultSchema,
          { timeout: times.callMs ?? CALL_MS, signal },
        );
        return resultText(result);
      } catch (thrown) {
        if (signal.aborted) throw new AppError('aborted', '[mcp] the call was stopped', thrown);
        throw why(thrown, `it was asked to run ${tool}`);
      }
    },
  };
}

function killed(pid: number | null): void {
  if (pid === null) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself just now.
  }
}

function codeOf(thrown: unknown): unknown {
  return typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
}

function messageOf(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\s+/g, ' ').slice(0, 200);
}
