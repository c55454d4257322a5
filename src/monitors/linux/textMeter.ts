import type { CopiedText } from '../clipboard.ts';

/** Counts a text that comes in pieces, and keeps only its front: `most` characters. */
export function createTextMeter(
  most: number,
  encoding: 'utf-8' | 'latin1',
): { take(bytes: Uint8Array): void; end(): CopiedText } {
  const decoder = new TextDecoder(encoding);
  let front = '';
  let size = 0;
  let words = 0;
  let inWord = false;
  const count = (text: string) => {
    size += text.length;
    if (front.length < most) front += text.slice(0, most - front.length);
    if (!text) return;
    const found = text.match(/\S+/g)?.length ?? 0;
    // The first word of this piece may be the rest of the last piece's.
    words += found - (inWord && /^\S/.test(text) ? 1 : 0);
    inWord = /\S$/.test(text);
  };
  return {
    take: (bytes) => count(decoder.decode(bytes, { stream: true })),
    end() {
      count(decoder.decode());
      return { front, size, words };
    },
  };
}
