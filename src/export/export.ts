import { join } from 'node:path';
import { AppError } from '../errors.ts';
import type { Clock } from '../model/ports.ts';
import type { StudyRecord } from '../model/study.ts';
import { datasetInfo, INFO_FILE } from './formats.ts';
import type { ExportFormat } from '../model/exporting.ts';
import { exportError, preparePlace } from './folder.ts';
import { Manifest, MANIFEST, SCHEMA } from './manifest.ts';
import { createFile, type NewFile } from './newFile.ts';
import { type SourceOptions, survey } from './source.ts';
import type { Wording } from './wording.ts';
import { writeAnswers, writeEvents, writeTurns } from './write.ts';

/** What an export is made of. */
export interface ExportOptions extends SourceOptions {
  readonly clock: Clock;
  /** Version of the program. */
  readonly version: string;
  readonly wording: Wording;
  /** Name of this machine in ActivityWatch's buckets. */
  readonly hostname: string;
}

/**
 * Writes the chosen formats and a manifest into the folder `out`, newest first, all or nothing: a failure leaves what was
 * there before. Files are 0600, the folder 0700. `consent` is what the person has agreed to.
 * Rejects with `refused` when `out` holds anything but an earlier export, `disk-full`, `permission`, `aborted`, or as the
 * log does.
 */
export async function runExport(
  options: ExportOptions & { readonly out: string; readonly consent: string; readonly study?: StudyRecord },
): Promise<Manifest> {
  const { out, clock, names } = options;
  const formats = [...new Set(options.formats)];
  if (formats.length === 0) throw new AppError('usage', '[export] name at least one format');
  const created = new Date(clock.now()).toISOString();
  const place = await preparePlace(out);
  const open: { readonly file: NewFile; readonly format: ExportFormat | null }[] = [];
  try {
    const create = async (name: string, format: ExportFormat | null) => {
      const file = await createFile(place.work, name);
      open.push({ file, format });
      return file;
    };
    const how = { ...options, formats, created };
    const found = await survey(how);
    const { formats: counts, by } = await writeAnswers(how, found, create);
    const buckets = formats.includes('activitywatch') ? await writeEvents(how, found, create) : null;
    const turns = formats.includes('study-turns') ? await writeTurns(how, create) : null;
    const info = datasetInfo(formats);
    if (info !== null) await (await create(INFO_FILE, null)).write(info);
    const byFormat = {
      ...counts,
      ...(buckets && { activitywatch: buckets }),
      ...(turns && { 'study-turns': turns }),
    };
    const files: Manifest['files'] = [];
    for (const { file, format } of open)
      files.push({
        format,
        rows: format === null ? 0 : (byFormat[format]?.rows ?? 0),
        ...(await file.end()),
      });
    const speaks = (kind: RegExp) => formats.some((format) => kind.test(format));
    const manifest = Manifest.parse({
      by: 'beforehand',
      schema: SCHEMA,
      version: options.version,
      formats,
      created,
      files,
      order: 'newest-first',
      counts: { answers: found.answers, formats: byFormat },
      consent: { text: options.consent, given: created },
      replaced: names === null ? null : (found.pseudonyms?.values ?? {}),
      prompts: {
        agent: speaks(/^(?:agent|trl)/) ? options.wording.agent.version : null,
        judge: speaks(/^reward/) ? options.wording.judge.version : null,
      },
      answeredBy: by,
      ...(options.study !== undefined && { study: options.study }),
    });
    const file = await createFile(place.work, MANIFEST);
    open.push({ file, format: null });
    await file.write(`${JSON.stringify(manifest, null, 2)}\n`);
    await file.end();
    if (options.signal?.aborted) throw new AppError('aborted', '[export] stopped; nothing was written');
    await place.commit();
    // It stands; a register that cannot be written must not call it failed.
    await options.log.noteCopy({ file: place.out, at: clock.now(), kind: 'export' }).catch(() => {});
    return manifest;
  } catch (thrown) {
    for (const { file } of open) await file.drop().catch(() => {});
    await place.discard();
    throw exportError(thrown, join(out));
  }
}
