import type { Assistant } from '../contract.ts';
import { AppError } from '../errors.ts';
import type { McpServers } from '../mcp/servers.ts';
import type { McpServerSetting } from '../model/mcp.ts';
import type { SettingsStore } from '../settingsFile.ts';
import type { Handlers } from '../rpc.ts';

/** Channels of the MCP servers that the user configured. */
export type McpChannels = Pick<
  Handlers<Assistant>,
  'mcp.servers' | 'mcp.allow' | 'mcp.switch' | 'mcp.remove' | 'mcp.add'
>;

/** Most servers that the settings hold. */
const MOST = 16;

/**
 * The channels as the command line has them, over the core's own socket. `forPages` is the same without a way to name a
 * program: whatever happens to a page, it can start nothing that the user did not add.
 */
export function createMcpChannels(options: {
  readonly settings: Pick<SettingsStore, 'get' | 'set'>;
  readonly servers: McpServers;
}): { readonly all: McpChannels; readonly forPages: McpChannels } {
  const { settings, servers } = options;
  const configured = () => settings.get().mcp.servers;
  const states = () => servers.states();

  const find = (name: string): McpServerSetting => {
    const found = configured().find((each) => each.name === name);
    if (!found) {
      throw new AppError(
        'not-found',
        `[mcp] no server is called “${name}”: \`beforehand mcp servers\` lists them`,
      );
    }
    return found;
  };
  const keep = async (next: readonly McpServerSetting[]) => {
    await settings.set({ mcp: { servers: [...next] } });
    servers.follow();
    return states();
  };
  const put = (name: string, change: (server: McpServerSetting) => McpServerSetting) =>
    keep(configured().map((each) => (each.name === name ? change(each) : each)));

  const all: McpChannels = {
    'mcp.servers': ({ look }) => servers.states(look),
    async 'mcp.allow'({ server, tool, allowed, sha256 }) {
      find(server);
      if (!allowed) {
        return put(server, (each) => ({
          ...each,
          tools: each.tools.filter((pin) => pin.name !== tool),
        }));
      }
      const now = await servers.fingerprint(server, tool);
      if (sha256 !== undefined && sha256 !== now) {
        throw new AppError(
          'refused',
          `[mcp] the tool ${tool} of ${server} has changed since it was shown: look at it again`,
        );
      }
      return put(server, (each) => ({
        ...each,
        tools: [...each.tools.filter((pin) => pin.name !== tool), { name: tool, sha256: now }],
      }));
    },
    'mcp.switch': ({ server, on }) => {
      find(server);
      return put(server, (each) => ({ ...each, on }));
    },
    'mcp.remove': ({ server }) => {
      find(server);
      return keep(configured().filter((each) => each.name !== server));
    },
    'mcp.add': (given) => {
      if (configured().some((each) => each.name === given.name)) {
        throw new AppError(
          'bad-input',
          `[mcp] a server is called “${given.name}” already: remove it first, or give another name`,
        );
      }
      if (configured().length >= MOST) {
        throw new AppError('bad-input', `[mcp] there are ${MOST} servers already: remove one first`);
      }
      return keep([...configured(), { ...given, on: true, tools: [] }]);
    },
  };
  return {
    all,
    forPages: {
      ...all,
      'mcp.add': () => {
        throw new AppError('refused', '[mcp] servers are added with `beforehand mcp add`.');
      },
    },
  };
}
