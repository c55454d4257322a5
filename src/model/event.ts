import { z } from 'zod';

/** Fields every event carries. `at` is epoch milliseconds, `duration` milliseconds. */
const base = {
  id: z.uuid(),
  at: z.number().int(),
  duration: z.number().int().nonnegative(),
  /** Name of the monitor that emitted it. */
  monitor: z.string().min(1).max(64),
  /** The application in focus, as the platform names it; absent when nobody knows. */
  app: z.string().max(256).optional(),
};

/** Focus on a window. No title means: excluded, private or unknown. `page` is the address where a source gives one. */
export const WindowEvent = z.object({
  ...base,
  kind: z.literal('window'),
  data: z.object({ title: z.string().max(1024).optional(), page: z.string().max(2048).optional() }),
});

/** The person came or went (ActivityWatch's `afkstatus`). */
export const AfkEvent = z.object({
  ...base,
  kind: z.literal('afk'),
  data: z.object({ status: z.enum(['afk', 'not-afk']) }),
});

/** Something was copied. `text` is redacted and cut; absent for anything that is not text. */
export const ClipboardEvent = z.object({
  ...base,
  kind: z.literal('clipboard'),
  data: z.object({
    content: z.enum(['text', 'image', 'files', 'other']),
    /** Characters for text, bytes for the rest where known. */
    size: z.number().int().nonnegative(),
    words: z.number().int().nonnegative().optional(),
    /** How many files, where known; never which. */
    count: z.number().int().positive().optional(),
    text: z.string().max(2000).optional(),
  }),
});

/** A burst of typing. Counts by default; `text` only where the user opted the app in, already redacted. */
export const KeyboardEvent = z.object({
  ...base,
  kind: z.literal('keyboard'),
  data: z.object({
    keys: z.number().int().nonnegative(),
    words: z.number().int().nonnegative(),
    corrections: z.number().int().nonnegative(),
    /** Chords of navigation and editing, named without the key typed: save, copy, paste, undo, find, enter. */
    chords: z.array(z.enum(['save', 'copy', 'paste', 'undo', 'find', 'enter'])).max(64),
    text: z.string().max(2000).optional(),
  }),
});

/** A file in a watched folder changed. Paths stay inside the core: `name` and `folder` are redacted for reading. */
export const FileEvent = z.object({
  ...base,
  kind: z.literal('file'),
  data: z.object({
    action: z.enum(['created', 'modified', 'renamed', 'deleted']),
    name: z.string().max(512),
    /** Last folder name only, never the whole path. */
    folder: z.string().max(512).optional(),
    /** Old name, for `renamed`. */
    from: z.string().max(512).optional(),
    /** Extension or media type, e.g. `markdown`, `png`. */
    type: z.string().max(64),
    size: z.number().int().nonnegative(),
    binary: z.boolean(),
  }),
});

/**
 * Capture itself: paused, resumed, started; so that a gap in the log explains itself. With a `source` it tells of that one
 * alone: it is `healthy`, `stalled` or `off` from now on, after so many restarts.
 */
export const CaptureEvent = z.object({
  ...base,
  kind: z.literal('capture'),
  data: z.object({
    state: z.enum(['started', 'paused', 'resumed', 'stopped', 'healthy', 'stalled', 'off']),
    source: z.string().max(64).optional(),
    restarts: z.number().int().nonnegative().optional(),
  }),
});

/** Something that was not kept: how many and why, never what. */
export const DroppedEvent = z.object({
  ...base,
  kind: z.literal('dropped'),
  data: z.object({
    source: z.string().max(64),
    reason: z.string().max(128),
    count: z.number().int().positive(),
  }),
});

/** An event that arrives already described in a sentence: an imported trace (ProactiveBench `obs`). */
export const DescribedEvent = z.object({
  ...base,
  kind: z.literal('described'),
  data: z.object({ sentence: z.string().max(4000) }),
});

/** A file in front in an editor that tells so itself (ActivityWatch's `app.editor.activity`). Redacted names, no paths. */
export const EditorEvent = z.object({
  ...base,
  kind: z.literal('editor'),
  data: z.object({
    file: z.string().max(512).optional(),
    project: z.string().max(512).optional(),
    language: z.string().max(64).optional(),
  }),
});

/**
 * An earlier event that must not be kept after all: its owner took it back, e.g. a password manager that clears the
 * clipboard. It removes that event wherever it is and leaves only a count; it is never stored itself.
 */
export const RetractedEvent = z.object({
  ...base,
  kind: z.literal('retracted'),
  data: z.object({ event: z.uuid(), source: z.string().max(64), reason: z.string().max(128) }),
});

/** One raw record of what happened; `kind` says which. Already redacted: nothing else may enter the log. */
export const Event = z.discriminatedUnion('kind', [
  WindowEvent,
  AfkEvent,
  ClipboardEvent,
  KeyboardEvent,
  FileEvent,
  CaptureEvent,
  DroppedEvent,
  DescribedEvent,
  EditorEvent,
  RetractedEvent,
]);
export type Event = z.infer<typeof Event>;
export type WindowEvent = z.infer<typeof WindowEvent>;
export type AfkEvent = z.infer<typeof AfkEvent>;
export type ClipboardEvent = z.infer<typeof ClipboardEvent>;
export type KeyboardEvent = z.infer<typeof KeyboardEvent>;
export type FileEvent = z.infer<typeof FileEvent>;
export type CaptureEvent = z.infer<typeof CaptureEvent>;
export type DroppedEvent = z.infer<typeof DroppedEvent>;
export type DescribedEvent = z.infer<typeof DescribedEvent>;
export type EditorEvent = z.infer<typeof EditorEvent>;
export type RetractedEvent = z.infer<typeof RetractedEvent>;
export type EventKind = Event['kind'];
