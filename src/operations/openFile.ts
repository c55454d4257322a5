import { join } from 'node:path';
import { asAppError } from '../errors.ts';
import type { OpenPort } from '../model/ports.ts';
import type { FileRef } from '../model/proposal.ts';
import type { Ended } from './ended.ts';
import type { FileFinder } from './files.ts';
import { beginsAsProgram, opensByKind } from './kinds.ts';
import { nameInWords } from './names.ts';
import { firstBytes } from './readText.ts';

/**
 * Opens one file with the desktop's program for it. Documents, pictures, sound, film and plain text only: whatever might
 * run is refused, by its name and by how it begins. Never rejects.
 */
export async function openFile(finder: FileFinder, open: OpenPort, ref: FileRef): Promise<Ended> {
  const found = await finder.find(ref);
  if ('refused' in found) return refuse(found.refused);
  const said = nameInWords(ref.name);
  if (!opensByKind(ref.name)) return refuse(`${said} is of a kind that might run, so it is not opened.`);
  const head = await firstBytes(found.file, 64);
  if (!head) return refuse(`${said} cannot be read.`);
  if (beginsAsProgram(head)) return refuse(`${said} is a program by another name, so it is not opened.`);
  try {
    await open.open(join(found.file.folder, found.file.name));
    return { result: 'done' };
  } catch (thrown) {
    return refuse(asAppError(thrown, 'internal', 'operation:open').message);
  }
}

const refuse = (detail: string): Ended => ({ result: 'failed', detail });
