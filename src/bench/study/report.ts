import { StudyRecord } from '../../model/study.ts';
import { openArchive } from './archive.ts';
import { figuresByArm, type ArmRow, type DifferenceRow } from './figures.ts';
import { checkTogether, NO_ARM, pool, type Pooled } from './pool.ts';

/** What a study found, over all archives. */
export interface StudyReport {
  readonly study: Pick<StudyRecord, 'id' | 'title' | 'sha256' | 'questions'>;
  readonly archives: readonly {
    readonly participant: string;
    readonly sha256: string;
    readonly from: number;
    readonly to: number | null;
  }[];
  readonly seed: number;
  readonly rounds: number;
  readonly rows: readonly ArmRow[];
  readonly differences: readonly DifferenceRow[];
}

/**
 * Verifies and pools archives. `onProgress` hears how many were read. Rejects in one sentence, with nothing pooled, for
 * the first archive that is damaged, tampered with, a duplicate or of another study; `aborted` by the signal.
 */
export async function studyReport(
  folders: readonly string[],
  options: {
    readonly seed: number;
    readonly rounds: number;
    readonly signal?: AbortSignal;
    readonly onProgress?: (done: number, total: number) => void;
  },
): Promise<StudyReport> {
  const { seed, rounds, signal, onProgress } = options;
  const archives = [];
  const total = 2 * folders.length;
  for (const folder of folders) {
    signal?.throwIfAborted();
    archives.push(await openArchive(folder));
    onProgress?.(archives.length, total);
  }
  checkTogether(archives);
  const pooled: Pooled[] = [];
  for (const archive of archives) {
    signal?.throwIfAborted();
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
