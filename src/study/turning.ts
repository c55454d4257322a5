import { AppError } from '../errors.ts';
import type { Settings } from '../model/settings.ts';
import type { Studies, StudyFile } from '../model/study.ts';
import { changed, restored } from './changes.ts';
import { appliedStudy } from './consent.ts';
import { mismatch, type Pinned } from './pinned.ts';

/** Studies remembered after their end; older ones lose their consent record here, not in archives. */
const PAST = 50;

/** Settings and studies, which change together. */
export interface Turned {
  readonly settings: Settings;
  readonly studies: Studies;
}

/**
 * A study comes into force: consent record, settings and what puts them back, in one value to be written at once.
 * Throws `refused` where another is in force or something frozen differs here, and as `endOf` does.
 */
export function applyStudy(
  { settings, studies }: Turned,
  wanted: {
    readonly file: StudyFile;
    readonly participant: string;
    readonly how: 'terminal' | 'phrase';
    /** Epoch milliseconds. */
    readonly at: number;
    readonly pinned: Pinned;
  },
): Turned {
  const { file, pinned, ...agreed } = wanted;
  refuseSecond(studies);
  const differs = mismatch(file, pinned);
  if (differs) throw new AppError('refused', `[study] “${file.title}” cannot be applied here: ${differs}`);
  const now = appliedStudy(file, settings, agreed);
  return { settings: changed(settings, now.changes), studies: { ...studies, now } };
}

/** The study ends: settings are put back, and it stays known for its export. Without one in force nothing changes. */
export function endStudy({ settings, studies }: Turned, at: number): Turned {
  const { now, past } = studies;
  if (!now) return { settings, studies };
  return {
    settings: restored(settings, now.changes),
    studies: { now: null, past: [{ ...now, endedAt: at }, ...past].slice(0, PAST) },
  };
}

/** Studies that ended leave no record here: for who forgets everything. One in force stays, with what ending puts back. */
export function forgetPast({ settings, studies }: Turned): Turned {
  return { settings, studies: { ...studies, past: [] } };
}

/** Throws `refused` where a study is in force. */
export function refuseSecond({ now }: Studies): void {
  if (!now) return;
  throw new AppError(
    'refused',
    `[study] “${now.file.title}” is in force: end it first (beforehand study end)`,
  );
}
