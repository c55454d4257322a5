import type { CopiedText } from '../copied.ts';

/**
 * Counts a text that comes in pieces, and keeps only its front: `most` characters. Bytes that are no UTF-8 become
 * U+FFFD, so whatever a program puts there is text afterwards.
 */
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
    // By hand: a list of matches would be ten times the piece.
    for (let at = 0; at < text.length; at++) {
      const space = isSpace(text.charCodeAt(at));
      if (!space && !inWord) words++;
      inWord = !space;
    }
  };
  return {
    take: (bytes) => count(decoder.decode(bytes, { stream: true })),
    end() {
      count(decoder.decode());
      // A slice would hold on to the piece that it was cut from.
      return { front: Buffer.from(front, 'utf16le').toString('utf16le'), size, words };
    },
  };
}

/** Counts the entries of a list of addresses (RFC 2483: one a line, `#` before a comment) and keeps none of them. */
export function createListMeter(): {
  take(bytes: Uint8Array): void;
  end(): { readonly count: number; readonly bytes: number };
} {
  let count = 0;
  let bytes = 0;
  /** The start of a line, as far as it tells an address from GNOME's verb (`copy`, `cut`) and from a comment. */
  let seen: 'nothing' | 'scheme' | 'known' = 'nothing';
  const LINE = new Set([0x0a, 0x0d, 0x00]);
  return {
    take(piece) {
      bytes += piece.length;
      for (const byte of piece) {
        if (LINE.has(byte)) seen = 'nothing';
        else if (seen === 'nothing') seen = byte === 0x23 ? 'known' : 'scheme';
        else if (seen === 'scheme' && byte === 0x3a) {
          count++;
          seen = 'known';
        }
      }
    },
    end: () => ({ count, bytes }),
  };
}

/** What `\s` matches in a regular expression (ECMAScript WhiteSpace and LineTerminator). */
function isSpace(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d);
  if (code < 0x1680) return code === 0xa0;
  return (
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0xfeff
  );
}
