import { AppError } from '../errors.ts';
import type { Assistant } from '../contract.ts';
import type { Handlers } from '../rpc.ts';

/** Channels of the MCP servers that the user configured. */
export function createMcpServers(): Pick<Handlers<Assistant>, 'mcp.servers' | 'mcp.allow'> {
  return { 'mcp.servers': later, 'mcp.allow': later };
}

function later(): never {
  throw new AppError('not-running', '[mcp] being built');
}
