import { z } from 'zod';

/** Short name of an MCP server, as proposals and settings spell it. */
export const McpName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/, 'wants 1 to 48 of a-z, 0-9 and -');

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
    .array(z.strictObject({ name: z.string().min(1).max(128), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .max(256)
    .default([]),
});
export type McpServerSetting = z.infer<typeof McpServerSetting>;

/** A configured server as it stands now. A tool that changed since it was allowed is `changed` and not called. */
export const McpServerState = z.object({
  name: McpName,
  state: z.enum(['off', 'starting', 'ready', 'failed']),
  reason: z.string().max(500).optional(),
  tools: z.array(
    z.object({
      name: z.string().max(128),
      description: z.string().max(1000),
      allowed: z.enum(['no', 'yes', 'changed']),
    }),
  ),
});
export type McpServerState = z.infer<typeof McpServerState>;
