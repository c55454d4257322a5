import type { ClipboardEvent } from '../model/event.ts';

/** Text as an adapter read it: the front of it, and the size of all of it. */
export interface CopiedText {
  readonly front: string;
  /** Characters of the whole text. */
  readonly size: number;
  readonly words: number;
}

/** One change of the clipboard. Nothing of the content was read yet; each method reads what its name says. */
export interface Copied {
  /** Names of the targets (types) the owner offers; null where it did not say, or another copy came first. */
  readonly targets: readonly string[] | null;
  /** Null when another copy came first or the owner did not answer. `most` characters of `front` at the most. */
  text(most: number): Promise<CopiedText | null>;
  /** Bytes of a target without looking at it; null where unknown. */
  bytes(target: string): Promise<number | null>;
  /** Entries and bytes of a list of files: lines are counted, none is kept. Absent or null where unknown. */
  entries?(target: string): Promise<{ readonly count: number; readonly bytes: number } | null>;
  /** Value of a format that is a flag of four bytes; absent or null where it cannot be read. */
  flag?(target: string): Promise<number | null>;
}

/** Names of targets, over the platforms, that say what was copied. */
const FILES =
  /^(x-special\/(gnome|mate)-copied-files|application\/x-kde-cutselection|text\/uri-list|CF_HDROP|NSFilenamesPboardType|public\.file-url)$/;
const TEXT =
  /^(UTF8_STRING|STRING|TEXT|COMPOUND_TEXT|text\/plain(;.*)?|CF_UNICODETEXT|CF_TEXT|public\.utf8-plain-text|NSStringPboardType)$/;
const IMAGE = /^(image\/[\w.+-]+|PIXMAP|CF_DIB(V5)?|public\.(png|tiff|jpeg)|NSPasteboardTypeTIFF)$/;
/** Marked-up text offered without its plain form: its size is told, its tags are nobody's sentence. */
const MARKUP =
  /^(text\/(html|rtf|richtext)|application\/rtf|HTML Format|Rich Text Format|public\.(html|rtf))$/;
/** Targets about the transfer itself (ICCCM 2.6.2 and 2.8; SAVE_TARGETS of the freedesktop clipboard manager). */
const PLUMBING =
  /^(TARGETS|TIMESTAMP|MULTIPLE|SAVE_TARGETS|DELETE|INSERT_SELECTION|INSERT_PROPERTY|CLIENT_WINDOW)$/;
/** Windows' formats whose four bytes decide: 0 keeps the entry out, anything else lets it in. */
const FLAGS = /CanIncludeInClipboardHistory|CanUploadToCloudClipboard/i;
/** A list of addresses, one a line; the best to count files by. */
const LISTS = ['text/uri-list', 'x-special/gnome-copied-files', 'x-special/mate-copied-files'];

/** What was copied, by the offered targets alone: files before text, because file managers offer both. */
export function contentOf(targets: readonly string[]): ClipboardEvent['data']['content'] {
  if (targets.some((target) => FILES.test(target))) return 'files';
  if (targets.some((target) => TEXT.test(target))) return 'text';
  if (targets.some((target) => IMAGE.test(target))) return 'image';
  return 'other';
}

/** The target that tells the size of what is no plain text, or undefined. */
export function measured(
  content: ClipboardEvent['data']['content'],
  targets: readonly string[],
): string | undefined {
  if (content === 'files')
    return LISTS.find((each) => targets.includes(each)) ?? targets.find((each) => FILES.test(each));
  const names = { text: TEXT, image: IMAGE, other: MARKUP }[content];
  return targets.find((each) => names.test(each));
}

/** Whether an owner that answered offers no content at all: some programs empty the clipboard that way. */
export function offersNothing(targets: readonly string[] | null): boolean {
  return targets !== null && targets.every((target) => PLUMBING.test(target));
}

/**
 * The targets for the Guard: flags that were read and permit monitoring are left out, and one that could not be read
 * stays, as a mark. Reading a flag is reading no content.
 */
export async function withoutPermits(copied: Copied): Promise<readonly string[] | null> {
  const { targets } = copied;
  if (!targets || !copied.flag) return targets;
  const kept: string[] = [];
  for (const target of targets) {
    const permits = FLAGS.test(target) && ((await copied.flag(target)) ?? 0) !== 0;
    if (!permits) kept.push(target);
  }
  return kept;
}
