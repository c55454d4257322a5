import { z } from 'zod';

/**
 * A file that the user has open or saved, as a proposal names it: by the id of the event that told of it. The host resolves
 * the id; there is no way to write a path. `name` is the base name, for the preview.
 */
export const FileRef = z.strictObject({ event: z.uuid(), name: z.string().min(1).max(255) });
export type FileRef = z.infer<typeof FileRef>;

/**
 * What accepting does: a closed union. Model text may only fill these arguments; the host previews them,
 * runs them on accept alone and writes them to the audit log.
 */
export const Operation = z.discriminatedUnion('kind', [
  /** Opens the user's browser on a web search. `query` is plain words, never an address. */
  z.object({ kind: z.literal('search'), query: z.string().min(1).max(300) }),
  /** Has the model write an answer to `instruction`, with the observations as context. */
  z.object({ kind: z.literal('chat'), instruction: z.string().min(1).max(1000) }),
  /** Reads one file and has the model summarise it, or gathers its outline where no model may write. */
  z.object({ kind: z.literal('read'), file: FileRef }),
  /** Gives files new base names in their own folders; nothing is overwritten, all of it can be undone. */
  z.object({
    kind: z.literal('rename'),
    files: z
      .array(z.strictObject({ file: FileRef, to: z.string().min(1).max(255) }))
      .min(1)
      .max(50),
  }),
  /** Opens one file with the program that the desktop has for it. */
  z.object({ kind: z.literal('open'), file: FileRef }),
  /** Says `text` again as a suggestion of its own, `minutes` after the accept. */
  z.object({
    kind: z.literal('remind'),
    text: z.string().min(1).max(300),
    minutes: z.number().int().min(1).max(40_320),
  }),
  /** Calls one tool of an MCP server that the user configured and allowed; `tool` and `arguments` are its own. */
  z.object({
    kind: z.literal('mcp'),
    server: z.string().regex(/^[a-z0-9][a-z0-9-]{0,47}$/),
    tool: z.string().min(1).max(128),
    arguments: z.record(z.string().max(128), z.json()),
  }),
]);
export type Operation = z.infer<typeof Operation>;

/** A candidate task with its message and, when something can be run, its operation. Silence is `null`, not a Proposal. */
export const Proposal = z.object({
  /** What the user seems to be after, where the proposer can say. */
  purpose: z.string().max(400).optional(),
  /** The task in one line. */
  task: z.string().min(1).max(300),
  /** What the assistant would say to the user. */
  message: z.string().min(1).max(1000),
  /** Why now, in plain words from the evidence. */
  why: z.string().min(1).max(400),
  operation: Operation.optional(),
  /** Same topic, same words after normalisation: a no to one is a no to all of them. */
  topic: z.string().min(1).max(300),
  /** Which proposer made it, e.g. `pattern:repeated-search` or `model`. */
  proposer: z.string().min(1).max(64),
  /** Alias and digest of the model that worded it; absent for patterns. */
  model: z.string().max(200).optional(),
  /** Milliseconds after which its reason no longer lives. */
  lifetime: z.number().int().positive(),
});
export type Proposal = z.infer<typeof Proposal>;
