import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The example of the guide, as a plain value that a test may change. */
export function exampleFile(): Record<string, unknown> {
  const file = fileURLToPath(new URL('../../docs/guide/study.example.json', import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}
