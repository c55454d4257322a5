import { createHash } from 'node:crypto';

/** SHA-256 in hex of any JSON value; members in the order given, so build keys the same way each time. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
