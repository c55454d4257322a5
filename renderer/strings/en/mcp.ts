/** Every English text about tools of MCP servers, and about sharing with MCP clients. */
export const mcp = {
  hint: 'each call is shown first and made only when you accept it',
  none: 'No server was added. In a terminal: beforehand mcp add NAME PROGRAM',
  server: (name: string) => `Use the server ${name}`,
  look: 'Look at the tools',
  lookAt: (name: string) => `Look at the tools of ${name}`,
  looking: 'Starting it…',
  states: { off: 'off', idle: 'at rest', starting: 'starting', ready: 'running', failed: 'failed' },
  tools: (name: string) => `Tools of ${name}`,
  noTools: 'It has no tools.',
  allow: (tool: string, server: string) => `Suggestions may use ${tool} of ${server}`,
  takes: (names: readonly string[]) => (names.length === 0 ? 'takes nothing' : `takes ${names.join(', ')}`),
  saysNothing: 'It says nothing about itself.',
  says: 'says of itself:',
  changed:
    'Changed since you allowed it, so it is not used. Read it again, and allow it if it is still what you want.',
  gone: 'The server no longer has it.',
  share: 'Let MCP clients read',
  shareHint:
    'Programs that you set up for it may read recent observations and suggestions, never change them: beforehand mcp serve',
} as const;
