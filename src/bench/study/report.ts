import { openArchive } from './archive.ts';
import { figuresByArm } from './figures.ts';
import { checkTogether, NO_ARM, pool, type Pooled } from './pool.ts';
import type { StudyReport } from './shape.ts';

/**
 * Verifies and pools archives. `onProgress` hears how many were read. Rejects in one sentence, with nothing pooled, for
 * the first archive that is damaged, tampered with, a duplicate or of another study. Null when it was interrupted.
 */
export async function studyReport(
  folders: readonly string[],
  options: {
    readonly seed: number;
    readonly rounds: number;
    readonly signal?: AbortSignal;
    readonly onProgress?: (done: number, total: number) => void;
  },
): Promise<StudyReport | null> {
  const { seed, rounds, signal, onProgress } = options;
  const archives = [];
  const total = 2 * folders.length;
  for (const folder of folders) {
    if (signal?.aborted) return null;
    archives.push(await openArchive(folder));
    onProgress?.(archives.length, total);
  }
  checkTogether(archives);
  const pooled: Pooled[] = [];
  for (const archive of archives) {
    if (signal?.aborted) return null;
    pooled.push(await pool(archive));
    onProgress?.(folders.length + pooled.length, total);
  }
  const { id, title, sha256, questions, arms } = archives[0]!.record;
  return {
    study: { id, title, sha256, questions },
    archives: archives.map((each) => {
      const { participant, from, to } = each.record;
      return { participant, sha256: each.sha256, from, to };
    }),
    seed,
    rounds,
    ...figuresByArm(pooled, arms.length > 0 ? arms : [NO_ARM], { seed, rounds }),
  };
}
