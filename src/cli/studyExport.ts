import { exportParts } from '../app/exporting.ts';
import { AppError } from '../errors.ts';
import { runExport } from '../export/export.ts';
import type { Manifest } from '../export/manifest.ts';
import type { ExportFormat } from '../model/exporting.ts';
import { systemClock } from '../model/ports.ts';
import type { AppliedStudy, PastStudy, Studies } from '../model/study.ts';
import { createPaths } from '../paths.ts';
import { createSettingsStore } from '../settingsFile.ts';
import { recordOf } from '../study/consent.ts';
import { version } from '../version.ts';
import { interruptible } from './interrupt.ts';
import { progressBar } from './output.ts';
import { withLog } from './withLog.ts';

/** What an archive holds: how it was answered and when, and the judged moments as reward data. */
const FORMATS: readonly ExportFormat[] = ['study-answers', 'study-turns', 'proactivebench'];

/**
 * Writes what one study collected here, under one consent, as an archive with its record. Without `study` it is the one
 * in force, else the last. Rejects with `not-found` where there is none, and as exporting does.
 */
export async function exportStudy(options: {
  readonly out: string;
  readonly study?: string;
  readonly demo: boolean;
  readonly keepNames?: boolean;
}): Promise<Manifest> {
  const paths = createPaths(options.demo ? { profile: 'demo' } : {});
  const study = chosen(createSettingsStore(paths).studies(), options.study);
  const { id } = study.consent;
  const bar = progressBar('Exporting', (rows) => `${rows} rows`);
  let manifest: Manifest | null = null;
  try {
    await withLog(options, async (log) => {
      manifest = await interruptible((signal) =>
        runExport({
          ...exportParts(paths, { names: options.keepNames ? 'keep' : 'replace', hide: [] }),
          log,
          formats: FORMATS,
          out: options.out,
          clock: systemClock,
          version,
          consent: study.file.consent,
          study: recordOf(study),
          of: (feedback) => feedback.study?.consent === id,
          ofTurn: (decision) => decision.study?.consent === id,
          signal,
          onProgress: (done, total) => total > 0 && bar.update(done, total),
        }),
      );
    });
  } finally {
    bar.stop();
  }
  if (!manifest) throw new AppError('internal', '[study] nothing was exported: try again');
  return manifest;
}

function chosen({ now, past }: Studies, id: string | undefined): AppliedStudy | PastStudy {
  const all = [...(now ? [now] : []), ...past];
  const study = id === undefined ? all[0] : all.find((each) => each.file.id === id);
  if (study) return study;
  throw new AppError(
    'not-found',
    id === undefined
      ? '[study] no study was ever applied here, so there is nothing to export'
      : `[study] the study ${JSON.stringify(id)} was never applied here: see beforehand study status`,
  );
}
