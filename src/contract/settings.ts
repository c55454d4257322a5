import { z } from 'zod';
import { Fingerprint, McpName, McpServerSetting, McpServerState } from '../model/mcp.ts';
import { PrivacyReport } from '../model/report.ts';
import { Settings, SettingsPatch } from '../model/settings.ts';
import { nothing } from './parts.ts';
import type { Contract } from '../rpc.ts';

/** One shipped list: entries that protect an app, a title or a site, and why. */
export const ExclusionList = z.object({
  kind: z.enum(['app', 'title', 'site']),
  reason: z.string(),
  entries: z.array(z.string()),
});
export type ExclusionList = z.infer<typeof ExclusionList>;

/** The shipped lists. `settings.allowed` switches entries off; the marks of private windows cannot be. */
export const ShippedExclusions = z.object({
  lists: z.array(ExclusionList),
  privateMarks: z.array(z.string()),
});
export type ShippedExclusions = z.infer<typeof ShippedExclusions>;

/** Settings, privacy and other programs. */
export const settingsChannels = {
  /** `look` names a server to be started and asked for its tools; without it nothing is started. */
  'mcp.servers': { input: z.strictObject({ look: McpName.optional() }), output: z.array(McpServerState) },
  /**
   * Allows or forbids one tool of one server. `sha256` is what the person was shown: a tool that is another by now is
   * refused. Left out, it is pinned as the server describes it at this moment.
   */
  'mcp.allow': {
    input: z.strictObject({
      server: McpName,
      tool: z.string().min(1).max(128),
      allowed: z.boolean(),
      sha256: Fingerprint.optional(),
    }),
    output: z.array(McpServerState),
  },
  'mcp.switch': {
    input: z.strictObject({ server: McpName, on: z.boolean() }),
    output: z.array(McpServerState),
  },
  'mcp.remove': { input: z.strictObject({ server: McpName }), output: z.array(McpServerState) },
  /** Names a program to be started, so only the command line has a way to it: a page is refused. */
  'mcp.add': {
    input: McpServerSetting.pick({ name: true, command: true, args: true, env: true }),
    output: z.array(McpServerState),
  },
  /** Shows the data folder in the desktop's own program for folders. */
  'data.open': { input: nothing, output: nothing },
  'settings.get': { input: nothing, output: Settings },
  'settings.set': { input: SettingsPatch, output: Settings },
  'privacy.sample': {
    input: z.object({ source: z.enum(['window', 'clipboard', 'keyboard', 'typed', 'files', 'idle']) }),
    output: z.object({ stored: z.string(), never: z.string() }),
  },
  'privacy.exclusions': { input: nothing, output: ShippedExclusions },
  'privacy.report': { input: nothing, output: PrivacyReport },
  /** Makes a new key for ActivityWatch clients; it is given this once and replaces the old one. */
  'activityWatch.renewKey': { input: nothing, output: z.object({ key: z.string() }) },
} satisfies Contract['channels'];
