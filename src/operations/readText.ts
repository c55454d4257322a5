import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { FoundFile } from '../model/files.ts';
import { identity } from './files.ts';
import { pagedKind } from './kinds.ts';
import { nameInWords } from './names.ts';

/** Bytes of a file that are read at most: some hundred pages. */
const MOST = 262_144;

/** The text of a file, as far as it was read; `cut` when there is more. */
export interface FileText {
  readonly text: string;
  readonly cut: boolean;
}

/**
 * Opens exactly the file that was found, for reading: no link is followed, and one that took its place in between is refused.
 * Resolves with its first bytes, at most `most`; null when it is another file now or cannot be read.
 */
export async function firstBytes(file: FoundFile, most: number): Promise<Uint8Array | null> {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const handle = await open(join(file.folder, file.name), flags).catch(() => null);
  if (!handle) return null;
  try {
    const stats = await handle.stat({ bigint: true });
    if (!stats.isFile() || identity(stats) !== file.id) return null;
    const buffer = Buffer.alloc(Math.min(most, Number(stats.size)));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}

/** Reads the text of a file, or says in one sentence why there is none. Reads at most 256 KiB, whatever its size. */
export async function readText(file: FoundFile): Promise<FileText | { readonly refused: string }> {
  const said = nameInWords(file.name);
  const kind = pagedKind(file.name);
  if (kind !== null) return { refused: unread(said, kind) };
  const bytes = await firstBytes(file, MOST);
  if (!bytes) return { refused: `${said} cannot be read.` };
  const magic = Buffer.from(bytes.subarray(0, 5)).toString('latin1');
  if (magic === '%PDF-') return { refused: unread(said, 'PDF') };
  if (magic === '{\\rtf') return { refused: unread(said, 'office') };
  const text = decode(bytes);
  if (text === null) return { refused: `${said} is not a text, so there is nothing to read.` };
  if (!text.trim()) return { refused: `${said} is empty.` };
  return { text, cut: file.size > bytes.length };
}

const unread = (said: string, kind: string) =>
  `${said} is ${kind === 'office' ? 'an office file' : `a file of kind ${kind}`}, which cannot be read yet: copy the passage that matters, and it is seen.`;

/** UTF-8, UTF-16 where its mark says so, or the old Western encoding; null for anything that is no text. */
function decode(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    return clean(new TextDecoder(first === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes));
  }
  if (bytes.includes(0)) return null;
  try {
    // `stream` forgives a character that the cut went through.
    return clean(new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true }));
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    // oxlint-disable-next-line no-control-regex
    return /[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f]/.test(text) ? null : clean(text);
  }
}

/** One kind of line end, and nothing that steers a terminal or turns the direction of what is read. */
function clean(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, '')
    .toWellFormed();
}
