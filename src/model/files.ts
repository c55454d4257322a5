/**
 * Which file an event told of. Paths stay in memory: the log keeps a name and the last folder's name alone, so after a
 * restart or a forget a file is looked for by these.
 */
export interface FilePlaces {
  /** `path` is absolute. */
  note(event: string, path: string): void;
  /** Undefined where nobody told. */
  pathOf(event: string): string | undefined;
  /** Forgets all of them. */
  clear(): void;
  /** The program itself is about to give or take these names, real absolute paths: it must not be told as the person's doing. */
  ours(paths: readonly string[]): void;
  /** Whether a name was given or taken by the program a moment ago; a real absolute path. */
  isOurs(path: string): boolean;
}

/** A file that was found and may be used: where it really lies, and which one it is. */
export interface FoundFile {
  /** Absolute, real: no part of it is a link. */
  readonly folder: string;
  readonly name: string;
  /** Device and inode: the same file under any name. */
  readonly id: string;
  readonly size: number;
}
