import type { z } from 'zod';

/**
 * Lists and objects within one another at most. The parser takes any depth, but whatever walks or writes the value again
 * would run out of stack; no record of ours is deeper than ten.
 */
export const DEEPEST = 500;

/** JSON, or undefined where it is none or nests deeper than any record does. */
export function parseJson(text: string): unknown {
  if (nestsTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function nestsTooDeep(text: string): boolean {
  if (text.length < 2 * DEEPEST) return false;
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') quoted = !quoted;
    else if (quoted && sign === '\\') at += 1;
    else if (!quoted && (sign === '{' || sign === '[')) depth += 1;
    else if (!quoted && (sign === '}' || sign === ']')) depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** The first thing that is wrong with a parsed value: its field and the rule, never the value. */
export function problem(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.join('.') || 'the record';
  return `${field}: ${issue?.message ?? 'wrong'}`;
}
