import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { AppError } from '../errors.ts';
import type { FilePlaces } from '../model/files.ts';
import type { Operation } from '../model/proposal.ts';
import type { Came } from './came.ts';
import { plain } from './ended.ts';
import type { FileFinder } from './files.ts';
import type { Journal, RenameRecord } from './journal.ts';
import { type HeldFolder, inFolder, look, move, moveBack, type Moved } from './moving.ts';
import { foldName, nameInWords, nameProblem } from './names.ts';

type Rename = Extract<Operation, { kind: 'rename' }>;
type Entry = RenameRecord['files'][number];

/** Renames what was previewed, and takes it back. Both say what happened; neither rejects for a file's sake. */
export interface Renaming {
  /** All of it or nothing. The journal is on disk before the first name changes. */
  run(
    suggestion: string,
    operation: Rename,
    how: { readonly at: number; readonly signal: AbortSignal; readonly onDone: (files: number) => void },
  ): Promise<Came>;
  /** Gives the old names back, file by file: one whose old name is taken now keeps the new one. Null where nothing is recorded. */
  undo(suggestion: string): Promise<Came | null>;
}

/** Makes it. `platform` decides which names are refused. */
export function createRenaming(options: {
  readonly finder: FileFinder;
  readonly journal: Journal;
  /** Told before a name changes, so that it is not taken for the person's doing. */
  readonly places?: Pick<FilePlaces, 'ours'>;
  readonly platform?: NodeJS.Platform;
}): Renaming {
  const { finder, journal } = options;
  const platform = options.platform ?? process.platform;

  const tellOurs = (entries: readonly Entry[]) =>
    options.places?.ours(entries.flatMap(({ folder, from, to }) => [join(folder, from), join(folder, to)]));

  /** Every file with both names, or the first thing that speaks against it. */
  async function plan({ files }: Rename): Promise<readonly Entry[] | string> {
    const entries: Entry[] = [];
    const taken = new Set<string>();
    const given = new Set<string>();
    for (const { file, to } of files) {
      const problem = nameProblem(file.name, to, platform);
      if (problem) return `The new name ${nameInWords(to)} ${problem}.`;
      const found = await finder.find(file);
      if ('refused' in found) return found.refused;
      const { folder, name, id } = found.file;
      if (!finder.admits(join(folder, to))) return `The new name ${nameInWords(to)} is one that is excluded.`;
      if (name === to) return `${nameInWords(to)} has that name already.`;
      const [old, next] = [join(folder, foldName(name)), join(folder, foldName(to))];
      if (taken.has(old)) return `${nameInWords(name)} is named twice.`;
      if (given.has(next)) return `Two files would be called ${nameInWords(to)}.`;
      taken.add(old);
      given.add(next);
      const spare = `.beforehand-${randomUUID()}`;
      entries.push({ folder, from: name, to, spare, inode: id.slice(id.indexOf(':') + 1) });
    }
    for (const { folder, to, from } of entries) {
      const fold = join(folder, foldName(to));
      if (taken.has(fold) && foldName(from) !== foldName(to)) {
        return `${nameInWords(to)} is still the name of another of these files.`;
      }
      if (await inFolder(folder, (held) => look(held, to))) return `There is a ${nameInWords(to)} already.`;
    }
    return entries;
  }

  return {
    async run(suggestion, operation, { at, signal, onDone }) {
      const entries = await plan(operation).catch((thrown: unknown) => wordsOf(thrown));
      if (typeof entries === 'string') return refuse(`${entries.replace(/\.?$/, '.')} Nothing was renamed.`);
      const record: RenameRecord = { suggestion, at, state: 'begun', files: [...entries] };
      const unwritten = await written(journal.write(record));
      if (unwritten) return refuse(`${unwritten} Nothing was renamed.`);
      tellOurs(entries);
      let done = 0;
      let against = null as string | null;
      await eachFolder(entries, async (held, entry) => {
        const moved = signal.aborted ? 'stopped' : await move(held, entry);
        if (moved === 'moved') onDone((done += 1));
        else
          against = moved === 'stopped' ? moved : `${nameInWords(entry.from)}: ${whyNot(moved, entry.to)}.`;
        return against === null;
      }).catch((thrown: unknown) => {
        against ??= wordsOf(thrown).replace(/\.?$/, '.');
      });
      // A record that still says “begun” would be taken back at the next start, behind the person's back: then now.
      if (against === null) against = await written(journal.write({ ...record, state: 'done' }));
      if (against === null) {
        return {
          ended: { result: 'done', detail: `${done} ${done === 1 ? 'file' : 'files'}` },
          told: `Renamed ${counted(done)}. Nothing was overwritten.`,
          undoable: true,
        };
      }
      tellOurs(entries);
      const left = await takeBack(entries);
      if (left.length === 0) {
        await journal.remove(suggestion);
        if (against === 'stopped') {
          const told = 'Stopped: every file has its old name.';
          return { ended: { result: 'stopped', detail: told }, told, undoable: false };
        }
        return refuse(`${against} Nothing was renamed.`);
      }
      await written(journal.write({ ...record, state: 'done', files: left.map(({ entry }) => entry) }));
      const told = `${against === 'stopped' ? 'Stopped.' : against} ${remains(left)}`;
      return { ended: { result: 'failed', detail: told.slice(0, 1000) }, told, undoable: true };
    },

    async undo(suggestion) {
      const record = await journal.read(suggestion);
      if (!record) return null;
      // A full disk must not keep anybody from taking back: what is cut off then can be taken back again.
      await written(journal.write({ ...record, state: 'undoing' }));
      tellOurs(record.files);
      const left = await takeBack(record.files);
      const back = record.files.length - left.length;
      if (left.length === 0) {
        await journal.remove(suggestion);
        const told = `Taken back: ${counted(back)} ${back === 1 ? 'has its old name' : 'have their old names'}.`;
        return { ended: { result: 'done', detail: told }, told, undoable: false };
      }
      await written(journal.write({ ...record, state: 'done', files: left.map(({ entry }) => entry) }));
      const told = `${back > 0 ? `Taken back: ${counted(back)}. ` : ''}${remains(left)}`;
      return { ended: { result: 'failed', detail: told.slice(0, 1000) }, told, undoable: true };
    },
  };
}

/** Files named one by one in a sentence at most. */
const NAMED = 5;

function remains(left: readonly { readonly entry: Entry; readonly why: string }[]): string {
  const named = left
    .slice(0, NAMED)
    .map(({ entry, why }) => `${nameInWords(entry.to)} could not go back: ${why}.`);
  const more = left.length - named.length;
  return [...named, ...(more > 0 ? [`So it is with ${more} more.`] : [])].join(' ');
}

function whyNot(moved: Exclude<Moved, 'moved'>, wanted: string): string {
  switch (moved) {
    case 'taken':
      return `there is a ${nameInWords(wanted)} already`;
    case 'gone':
      return 'it is no longer there';
    case 'changed':
      return 'something else has taken its place';
    case 'forbidden':
      return 'its folder may not be changed';
    case 'full':
      return 'the disk is full';
    case 'unable':
      return 'this disk cannot rename a file without the danger of overwriting another';
    default:
      return moved satisfies never;
  }
}

/** What was thrown, without the paths that the system's own words hold. */
function wordsOf(thrown: unknown): string {
  if (thrown instanceof AppError) return plain(thrown.message);
  return `The system refused (${(thrown as NodeJS.ErrnoException)?.code ?? 'for no reason given'})`;
}

/** Null once the record is on disk, else why it is not. */
const written = (write: Promise<void>): Promise<string | null> =>
  write.then(
    () => null,
    (thrown: unknown) => `What is renamed could not be written down: ${wordsOf(thrown).replace(/\.?$/, '.')}`,
  );

const counted = (files: number) => `${files} ${files === 1 ? 'file' : 'files'}`;

/** Works on entry after entry, each in its folder held open, until one says that it is enough. */
async function eachFolder(
  entries: readonly Entry[],
  work: (held: HeldFolder, entry: Entry) => Promise<boolean>,
): Promise<void> {
  for (const folder of new Set(entries.map((each) => each.folder))) {
    const goOn = await inFolder(folder, async (held) => {
      for (const entry of entries) {
        if (entry.folder === folder && !(await work(held, entry))) return false;
      }
      await held.sync();
      return true;
    });
    if (!goOn) return;
  }
}

/** Each file back, and what speaks against it for those that are not. */
async function takeBack(entries: readonly Entry[]): Promise<readonly { entry: Entry; why: string }[]> {
  const left: { entry: Entry; why: string }[] = [];
  for (const folder of new Set(entries.map((each) => each.folder))) {
    const here = entries.filter((each) => each.folder === folder).toReversed();
    await eachFolder(here, async (held, entry) => {
      const moved = await moveBack(held, entry).catch(() => 'unable' as const);
      if (moved !== 'moved') left.push({ entry, why: whyNot(moved, entry.from) });
      return true;
    }).catch((thrown: unknown) => {
      const why = wordsOf(thrown)
        .replace(/^[AT]/, (sign) => sign.toLowerCase())
        .replace(/\.$/, '');
      for (const entry of here) if (!left.some((each) => each.entry === entry)) left.push({ entry, why });
    });
  }
  return left;
}

const refuse = (detail: string): Came => ({
  ended: { result: 'failed', detail },
  told: detail,
  undoable: false,
});
