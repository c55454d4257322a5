import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../writing.ts';
import { z } from 'zod';
import type { CatalogueEntry } from './catalogue.ts';

/** Hash of a model whose hash the catalogue does not know, from its first download. `at` is epoch milliseconds. */
const Pin = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.number(), at: z.number() });
const Pins = z.record(z.string(), Pin);
export type Pin = z.infer<typeof Pin>;

/** Every pin in the models folder, by alias. An unreadable file counts as none: the next download writes it anew. */
export async function readPins(models: string): Promise<Readonly<Record<string, Pin>>> {
  try {
    return Pins.parse(JSON.parse(await readFile(join(models, 'pins.json'), 'utf8')));
  } catch {
    return {};
  }
}

/** Adds a pin. */
export async function writePin(models: string, alias: string, pin: Pin): Promise<void> {
  await mkdir(models, { recursive: true, mode: 0o700 });
  const pins = { ...(await readPins(models)), [alias]: pin };
  await writeWhole(join(models, 'pins.json'), `${JSON.stringify(pins, null, 2)}\n`);
}

/** The hash that the file of this entry must have, and who said so. */
export async function expectedHash(
  entry: CatalogueEntry,
  models: string,
): Promise<{ readonly sha256: string | null; readonly pinned: 'shipped' | 'first-download' | 'none' }> {
  if (entry.sha256) return { sha256: entry.sha256, pinned: 'shipped' };
  const pin = (await readPins(models))[entry.alias];
  return pin ? { sha256: pin.sha256, pinned: 'first-download' } : { sha256: null, pinned: 'none' };
}

/** SHA-256 of a file as lower-case hex. Rejects as the file system does, or when aborted. */
export async function hashFile(
  file: string,
  onBytes: (done: number) => void = () => {},
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256');
  let done = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20, signal })) {
    hash.update(chunk as Buffer);
    done += (chunk as Buffer).length;
    onBytes(done);
  }
  return hash.digest('hex');
}
