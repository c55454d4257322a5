import type { FileRef } from '../../model/proposal.ts';
import { clean } from '../steps.ts';
import type { Desk } from './desk.ts';

/** Files whose text can be read as it is; a PDF or an office file is read by its own program alone. */
const READABLE = /\.(?:md|markdown|txt|rst|org|tex|csv|tsv|log|html?)$/i;
const LONGEST = 255;

/**
 * The file of that name, as an operation may name it: by the newest event that told of it, a file event before a window.
 * Undefined where none did, where it is gone since, or where its text cannot be read.
 */
export function readableFile({ files, windows }: Desk, name: string): FileRef | undefined {
  if (!READABLE.test(name) || name.length > LONGEST || name.endsWith('…')) return undefined;
  const told = files.findLast((file) => clean(file.name) === name || file.from === name);
  if (told && (told.action === 'deleted' || told.name !== name)) return undefined;
  const event = told?.event ?? windows.findLast(({ file }) => file === name)?.event;
  return event === undefined ? undefined : { event, name };
}

/** What lies in one folder by its file events: name to the id of the newest event that told of it under that name. */
export function filesIn({ files }: Desk, folder: string | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const file of files) {
    if (file.folder !== folder) continue;
    if (file.from !== undefined) found.delete(file.from);
    if (file.action === 'deleted') found.delete(file.name);
    // A name that has to be cleaned to be shown is not the name on disk.
    else if (clean(file.name) === file.name && file.name.length <= LONGEST) found.set(file.name, file.event);
  }
  return found;
}
