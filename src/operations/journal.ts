import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../reading/json.ts';
import { writeWhole } from '../writing.ts';

const name = z.string().min(1).max(255);

/** What a rename did or was about to do. Holds paths: it stays in the data folder and is part of no export. */
export const RenameRecord = z.strictObject({
  suggestion: z.uuid(),
  at: z.number().int(),
  /** `begun` and `undoing` are taken back at the next start: then no name is left half way. */
  state: z.enum(['begun', 'done', 'undoing']),
  files: z
    .array(
      z.strictObject({
        folder: z.string().min(1).max(4096),
        from: name,
        to: name,
        spare: name,
        inode: z.string().regex(/^\d+$/),
      }),
    )
    .min(1)
    .max(50),
});
export type RenameRecord = z.infer<typeof RenameRecord>;

/** Records of renames, one file each (0600). Every promise of a write resolves when it is on disk. */
export interface Journal {
  write(record: RenameRecord): Promise<void>;
  /** Null where there is none, or none that can be read. */
  read(suggestion: string): Promise<RenameRecord | null>;
  remove(suggestion: string): Promise<void>;
  /** Ids of the suggestions that have one. */
  list(): Promise<readonly string[]>;
}

const FILE = /^([0-9a-f-]{36})\.json$/;

/** Keeps records in a folder of the program's own, made when the first is written. */
export function createJournal(folder: string): Journal {
  const place = (suggestion: string) => join(folder, `${z.uuid().parse(suggestion)}.json`);
  return {
    async write(record) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeWhole(place(record.suggestion), JSON.stringify(record));
      await syncFolder(folder);
    },
    async read(suggestion) {
      const text = await readFile(place(suggestion), 'utf8').catch(() => '');
      const record = RenameRecord.safeParse(parseJson(text));
      return record.success && record.data.suggestion === suggestion ? record.data : null;
    },
    async remove(suggestion) {
      await rm(place(suggestion), { force: true });
    },
    async list() {
      const names = await readdir(folder).catch(() => []);
      return names.flatMap((each) => FILE.exec(each)?.[1] ?? []);
    },
  };
}

/** Removes the records of suggestions that are gone. */
export async function pruneJournal(
  journal: Journal,
  there: (suggestion: string) => Promise<boolean>,
): Promise<void> {
  for (const id of await journal.list()) if (!(await there(id))) await journal.remove(id);
}

/** A new name in a folder is on disk when the folder is; Windows does so by itself. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null);
  await handle?.sync().catch(() => {});
  await handle?.close();
}
