import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Ways in which a text may lie in a file without being readable as it is. */
export function disguises(text: string): Buffer[] {
  const bytes = Buffer.from(text);
  const upper = Buffer.from(text.toUpperCase());
  const escaped = Array.from(text, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`).join(
    '',
  );
  const wide = Buffer.from(text, 'utf16le');
  const big = Buffer.from(wide).swap16();
  // In base64 a text has three faces, by where it begins; the characters at its ends also depend on its neighbours.
  const faces = [0, 1, 2].flatMap((before) =>
    (['base64', 'base64url'] as const).map((alphabet) => {
      const whole = Buffer.concat([Buffer.alloc(before), bytes])
        .toString(alphabet)
        .replaceAll('=', '');
      const first = Math.ceil((before * 8) / 6);
      const last = Math.floor(((before + bytes.length) * 8) / 6);
      return Buffer.from(whole.slice(first, last));
    }),
  );
  return [
    bytes,
    upper,
    Buffer.from(escaped),
    wide,
    big,
    Buffer.from(bytes.toString('hex')),
    Buffer.from(bytes.toString('hex').toUpperCase()),
    ...faces,
  ];
}

/** How often any face of `text` occurs. */
export function hits(content: Buffer, faces: readonly Buffer[]): number {
  let found = 0;
  for (const face of faces) {
    for (let at = content.indexOf(face); at >= 0; at = content.indexOf(face, at + 1)) found += 1;
  }
  return found;
}

/** Every file below `folder`. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.parentPath, each.name));
}

/**
 * What a traced program wrote to: paths of `openat` for writing, `creat`, `rename` and `link` in what strace prints.
 * Devices and the kernel's own files are left out.
 */
export function writtenPaths(trace: string): string[] {
  const paths = new Set<string>();
  for (const line of trace.split('\n')) {
    const writes = /\b(?:creat|rename|renameat2?|link|linkat)\(|\bopenat\(.*O_(?:WRONLY|RDWR|CREAT)/.test(
      line,
    );
    if (!writes) continue;
    for (const [, path] of line.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
      if (path!.startsWith('/') && !/^\/(?:dev|proc|sys)\//.test(path!)) paths.add(path!);
    }
  }
  return [...paths];
}

/** The file's bytes, or null when it is gone or no plain file. */
export function contentOf(file: string): Buffer | null {
  try {
    return statSync(file).isFile() ? readFileSync(file) : null;
  } catch {
    return null;
  }
}
