import { z } from 'zod';
import type { Operation } from './proposal.ts';

/** Short name of an MCP server, as proposals and settings spell it. */
export const McpName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'wants 1 to 48 of a-z, 0-9 and -');

/** Hex SHA-256 of what a tool says it is: its name, description and input schema. */
export const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

/** One MCP server that the user configured, started over stdio without a shell. `tools` are those allowed, one by one. */
export const McpServerSetting = z.strictObject({
  name: McpName,
  /** Absolute path or a name on PATH; never a command line. */
  command: z.string().min(1).max(4096),
  args: z.array(z.string().max(4096)).max(64).default([]),
  /** Added to a bare environment. */
  env: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/), z.string().max(4096)).default({}),
  on: z.boolean().default(true),
  /** An allowed tool is pinned: a changed description or schema must be allowed again. */
  tools: z
    .array(z.strictObject({ name: z.string().min(1).max(128), sha256: Fingerprint }))
    .max(256)
    .default([]),
});
export type McpServerSetting = z.infer<typeof McpServerSetting>;

/**
 * A configured server as it stands now. `idle` is on and not started: nobody needs it. A tool that changed since it was
 * allowed is `changed` and not called; one that the server no longer has is `gone`.
 */
export const McpServerState = z.object({
  name: McpName,
  /** The program with its arguments, for reading. */
  command: z.string().max(5000),
  state: z.enum(['off', 'idle', 'starting', 'ready', 'failed']),
  reason: z.string().max(500).optional(),
  /** False until the server was asked for its tools in this run; then only allowed ones are listed, by name. */
  looked: z.boolean(),
  tools: z.array(
    z.object({
      name: z.string().max(128),
      description: z.string().max(1000),
      /** Names of its arguments, those it must have first. */
      arguments: z.array(z.string().max(128)).max(64),
      /** What is allowed when it is allowed now; absent where nobody has looked. */
      sha256: Fingerprint.optional(),
      allowed: z.enum(['no', 'yes', 'changed', 'gone']),
    }),
  ),
});
export type McpServerState = z.infer<typeof McpServerState>;

/** An allowed tool whose description is still the allowed one, as a proposer may name it. */
export interface AllowedTool {
  readonly server: string;
  readonly tool: string;
  /** JSON schema of its arguments, as the server gave it. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Whether it takes these arguments, by its schema and stricter. */
  readonly takes: (given: Readonly<Record<string, unknown>>) => Promise<boolean>;
}

/** What a call came to: plain text, bounded. `failed` is the tool's own word. */
export interface McpResult {
  readonly text: string;
  readonly failed: boolean;
}

/** The tools of the configured servers, as operations and proposers reach them. */
export interface McpTools {
  /** Allowed tools that are known to be unchanged. Asking starts, in the background, a server that nobody has looked at yet. */
  offered(): readonly AllowedTool[];
  /**
   * Makes exactly this call, once. Rejects with `refused` where the tool is not allowed, has changed or does not take
   * these arguments (nothing was called then), `timeout`, `aborted`, or `not-running` where the server failed.
   */
  call(operation: Extract<Operation, { kind: 'mcp' }>, signal: AbortSignal): Promise<McpResult>;
}
