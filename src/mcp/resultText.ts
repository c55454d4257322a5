import type { McpResult } from '../model/mcp.ts';

/** Longest text of a result that is kept and shown, in characters. */
const LONGEST = 20_000;
/** What a screen would obey instead of showing; lines and tabs stay. */
const OBEYED = /[^\P{C}\n\t]/gu;

/** One part of a result; kinds that come later are named and left out. */
interface Part {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** A tool's result as plain text: texts as they are, everything else by its kind and size. Nothing in it is followed. */
export function resultText(result: {
  readonly content?: readonly Part[] | undefined;
  readonly structuredContent?: unknown;
  readonly isError?: boolean | undefined;
}): McpResult {
  const parts = (result.content ?? []).map(textOf).filter((each) => each !== '');
  if (parts.length === 0 && result.structuredContent !== undefined) {
    parts.push(JSON.stringify(result.structuredContent, null, 2));
  }
  const text = parts.join('\n\n').replace(/\r\n?/g, '\n').replace(OBEYED, '').trim();
  const points = text.length > LONGEST ? `${text.slice(0, LONGEST).toWellFormed()}\n… (cut here)` : text;
  return { text: points || 'The tool answered with nothing.', failed: result.isError === true };
}

function textOf(part: Part): string {
  switch (part.type) {
    case 'text':
      return String(part['text'] ?? '');
    case 'image':
    case 'audio':
      return `[${part.type}, ${sizeOf(part['data'])}, not shown]`;
    case 'resource': {
      const { text, uri, blob } = (part['resource'] ?? {}) as Record<string, unknown>;
      return typeof text === 'string' ? text : `[resource ${String(uri ?? '')}, ${sizeOf(blob)}, not shown]`;
    }
    case 'resource_link':
      return `[link to ${String(part['name'] ?? '')}: ${String(part['uri'] ?? '')}]`;
    default:
      return `[${part.type.slice(0, 40)}, not shown]`;
  }
}

/** Size of base64 data, about. */
function sizeOf(data: unknown): string {
  return typeof data === 'string' ? `${Math.ceil((data.length * 3) / 4 / 1000)} kB` : 'of unknown size';
}
