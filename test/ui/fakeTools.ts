import type { Assistant } from '../../src/contract.ts';
import { AppError } from '../../src/errors.ts';
import type { McpServerState } from '../../src/model/mcp.ts';
import type { Handlers } from '../../src/rpc.ts';

const sha = (letter: string) => letter.repeat(64);

/** A server with three tools, nobody having looked yet, and one whose program is not there. */
export function fakeTools(): Pick<
  Handlers<Assistant>,
  'mcp.servers' | 'mcp.allow' | 'mcp.switch' | 'mcp.remove' | 'mcp.add'
> {
  let servers: McpServerState[] = [
    { name: 'notes', command: 'notes-mcp --folder Notes', state: 'idle', looked: false, tools: [] },
    {
      name: 'broken',
      command: 'no-such-program',
      state: 'failed',
      reason: '[mcp] the server broken cannot be started: there is no program “no-such-program”',
      looked: false,
      tools: [],
    },
  ];
  const change = (name: string, to: (server: McpServerState) => McpServerState) => {
    servers = servers.map((each) => (each.name === name ? to(each) : each));
    return servers;
  };
  const refused = () => {
    throw new AppError('refused', '[fake] only the command line does this');
  };
  return {
    'mcp.servers': ({ look }) =>
      look === undefined
        ? servers
        : change(look, (each) => ({
            ...each,
            state: 'ready',
            looked: true,
            tools: [
              {
                name: 'add_note',
                description: 'Adds a note <b>to the folder</b>.',
                arguments: ['text', 'folder'],
                sha256: sha('a'),
                allowed: 'no',
              },
              { name: 'find', description: '', arguments: [], sha256: sha('b'), allowed: 'changed' },
              { name: 'old', description: '', arguments: [], allowed: 'gone' },
            ],
          })),
    'mcp.allow': ({ server, tool, allowed }) =>
      change(server, (each) => ({
        ...each,
        tools: each.tools.map((known) =>
          known.name === tool ? { ...known, allowed: allowed ? 'yes' : 'no' } : known,
        ),
      })),
    'mcp.switch': ({ server, on }) => change(server, (each) => ({ ...each, state: on ? 'idle' : 'off' })),
    'mcp.remove': refused,
    'mcp.add': refused,
  };
}
