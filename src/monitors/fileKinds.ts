import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';

/** Folders that programs fill by themselves. */
const MACHINE_FOLDERS = new Set(
  'node_modules bower_components __pycache__ venv target build dist out coverage vendor site-packages'.split(
    ' ',
  ),
);
/** Swap, backup, lock and half-loaded files of editors, office programs and browsers. */
const PASSING =
  /^(4913|\..*|.*~|#.*#|~\$.*|.*\.(sw[a-p]|tmp|temp|part|partial|crdownload|download|opdownload|lock|bak~|kate-swp)|lu[0-9a-z]{6,}\.tmp|Thumbs\.db|desktop\.ini)$/i;

/** Whether a file or folder of this name is none of the user's doing. `isFolder` undefined: not known yet. */
export function isIgnored(name: string, isFolder?: boolean): boolean {
  return PASSING.test(name) || (isFolder !== false && MACHINE_FOLDERS.has(name));
}

/** Words for common extensions; any other extension is its own word. */
const TYPES: Readonly<Record<string, string>> = {
  md: 'markdown',
  txt: 'text',
  jpg: 'jpeg',
  htm: 'html',
  yml: 'yaml',
  py: 'python',
  js: 'javascript',
  ts: 'typescript',
  tex: 'latex',
};
const BINARY =
  /^(png|jpe?g|gif|webp|bmp|tiff?|ico|heic|pdf|docx?|xlsx?|pptx?|od[tsp]|zip|gz|xz|bz2|zst|7z|rar|tar|mp[34]|m4[av]|mkv|webm|avi|mov|wav|flac|ogg|exe|dll|so|bin|iso|deb|rpm|sqlite|db|gguf|ttf|otf|woff2?)$/;

/** The type of a file by its name, e.g. `markdown`, `png`; `file` without an extension. */
export function typeOf(name: string): string {
  const extension = extname(basename(name)).slice(1).toLowerCase();
  if (!/^[a-z0-9_+-]{1,32}$/.test(extension)) return 'file';
  return TYPES[extension] ?? extension;
}

/** Bytes looked at: enough for every magic number, little enough for a slow disk. */
const HEAD = 4096;

/** Whether a file is binary: by its first bytes (a NUL, or no UTF-8), by its name when they cannot be read. */
export async function isBinary(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0);
      return !isText(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    return looksBinary(path);
  }
}

/** Whether the extension is one of a binary format: all there is to go by for a file that is gone. */
export function looksBinary(path: string): boolean {
  return BINARY.test(extname(path).slice(1).toLowerCase());
}

function isText(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  try {
    // `stream` forgives a character that the cut went through.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}
