import { createHash } from 'node:crypto';

/**
 * Whether a suppressed moment is drawn to be asked about in the digest, with probability `share` (0 to 1). The draw is
 * made of the decision's own id, whose 74 random bits nobody chooses, so that it can be made again from the log: nobody
 * can have picked the moments.
 */
export function drawn(decision: string, share: number): boolean {
  const digest = createHash('sha256').update(`audit ${decision}`).digest();
  return digest.readUIntBE(0, 6) / 2 ** 48 < share;
}
