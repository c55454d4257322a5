import type { Finding } from './finding.ts';

/** Base64 and base64url, in one line or in lines of one length; hexadecimal of whole bytes. */
const base64 =
  /(?<![A-Za-z0-9+/_=-])(?:[A-Za-z0-9+/_-]{16,20000}|[A-Za-z0-9+/_-]{60,76}(?:\r?\n[A-Za-z0-9+/_-]{4,76}){1,300})={0,2}(?![A-Za-z0-9+/_=-])/g;
const hex = /(?<![A-Za-z0-9])(?:[0-9a-f]{2}){10,5000}(?![A-Za-z0-9])/g;

/** How often a decoded text is decoded again. */
const deepest = 2;

/**
 * Words that decode to text with a secret in it, whole. `find` looks at the decoded text; it must not decode itself.
 * What decodes to text that has no secret is left for others to judge.
 */
export function findEncoded(
  text: string,
  find: (decoded: string) => readonly Finding[],
  depth = 0,
): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(base64)) consider(match, 'base64');
  for (const match of text.matchAll(hex)) consider(match, 'hex');
  return findings;

  function consider(match: RegExpExecArray, encoding: 'base64' | 'hex'): void {
    const decoded = decode(match[0], encoding);
    if (decoded === undefined) return;
    const inside =
      find(decoded)[0] ?? (depth < deepest ? findEncoded(decoded, find, depth + 1)[0] : undefined);
    if (inside) findings.push({ start: match.index, end: match.index + match[0].length, type: inside.type });
  }
}

/** The text that a word encodes; nothing if it is no text. */
function decode(word: string, encoding: 'base64' | 'hex'): string | undefined {
  // Eight characters tell noise from text at once: no text begins with bytes like these.
  const start = Buffer.from(word.slice(0, 12), encoding).toString('latin1');
  if (hasControls(start, 0x20)) return undefined;
  const text = Buffer.from(word, encoding).toString('utf8');
  return text.length < 6 || text.includes('\uFFFD') || hasControls(text, 0xa0) ? undefined : text;
}

/** Characters no text has: controls but tabs and line ends, and, below `most`, those of the second row. */
function hasControls(text: string, most: number): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 ? code !== 9 && code !== 10 && code !== 13 : code >= 0x7f && code < most) return true;
  }
  return false;
}
