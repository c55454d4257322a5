import type { z } from 'zod';

/** JSON, or undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The first thing that is wrong with a parsed value: its field and the rule, never the value. */
export function problem(error: z.ZodError): string {
  const [issue] = error.issues;
  const field = issue?.path.join('.') || 'the record';
  return `${field}: ${issue?.message ?? 'wrong'}`;
}
