import { lstat, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { asAppError } from '../errors.ts';
import { FitFigures } from '../model/learned.ts';
import type { Clock } from '../model/ports.ts';
import { parseJson } from '../reading/json.ts';
import { writeError, writeWhole } from '../writing.ts';
import { MOST_BIAS } from './taste.ts';

/** Id of what the program came with. */
export const SHIPPED = 'shipped';
/** Versions kept: enough to go back weeks. */
const MOST = 20;
/** A whole file of ours is below 1 MB; a larger one is not ours. */
const MOST_BYTES = 1_000_000;

const bias = z.number().min(-MOST_BIAS).max(MOST_BIAS);
const figures = z.object({ here: FitFigures, shipped: FitFigures, majority: FitFigures });

/** One learnt state: numbers, names of apps and kinds of proposers. Nothing that was seen, typed or answered. */
export const StoredVersion = z.strictObject({
  id: z.string().regex(/^v[1-9]\d{0,8}$/),
  at: z.number().int(),
  learntFrom: z.number().int().nonnegative(),
  figures: figures.optional(),
  bias,
  apps: z.array(z.strictObject({ app: z.string().min(1).max(256), bias })).max(200),
  kinds: z.array(z.strictObject({ kind: z.string().min(1).max(64), bias })).max(200),
});
export type StoredVersion = z.infer<typeof StoredVersion>;

const Stored = z
  .strictObject({
    schema: z.literal('learned-1'),
    inUse: z.string().max(64),
    /** The person chose what is in use: it stays until the person trains. */
    byHand: z.boolean(),
    /** Answers that there were when it last learnt, or was refused. */
    triedOn: z.number().int().nonnegative(),
    refused: z.string().max(400).optional(),
    /** Number of the next version: ids are never used twice. */
    next: z.number().int().min(1).max(999_999_999),
    versions: z.array(StoredVersion).max(MOST),
  })
  .refine(
    ({ inUse, versions }) => inUse === SHIPPED || versions.some(({ id }) => id === inUse),
    'the version in use is not in the file',
  )
  .refine(
    ({ versions }) => new Set(versions.map(({ id }) => id)).size === versions.length,
    'two versions have one id',
  )
  .refine(
    ({ next, versions }) => versions.every(({ id }) => Number(id.slice(1)) < next),
    'the next version would have an id that is taken',
  );
type Stored = z.infer<typeof Stored>;

/** All that is stored: the state of learning on this machine. */
export type Learned = Readonly<Omit<Stored, 'schema'>>;

/** What was learnt, in one file of the data folder (0600). */
export interface Versions {
  get(): Learned;
  /** Id that the next version gets. */
  nextId(): string;
  /** Changes what is stored, then writes it. Where the disk refuses, nothing changes and it rejects as `writeError` says. */
  change(to: (now: Learned) => Learned): Promise<Learned>;
  /** Removes the file and everything in it. */
  clear(): Promise<void>;
  /** Removes damaged files that were kept beside: they may name what is forgotten. */
  tidy(): Promise<void>;
}

const NOTHING: Learned = { inUse: SHIPPED, byHand: false, triedOn: 0, next: 1, versions: [] };

/** Where it lies. */
export function versionsFile(data: string): string {
  return join(data, 'learned.json');
}

/**
 * Opens it. A file that is damaged, too large or no plain file is kept beside and the shipped model is used: `onNote` is told
 * in one sentence. A file that cannot be read stays where it is.
 */
export async function openVersions(
  file: string,
  options: { readonly clock: Clock; readonly onNote: (line: string) => void },
): Promise<Versions> {
  const read = await load(file, options);
  let learned = read;
  let tail: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const done = tail.then(work);
    tail = done.catch(() => {});
    return done;
  };

  return {
    get: () => learned,
    nextId: () => `v${learned.next}`,
    change: (to) =>
      inOrder(async () => {
        const next = trimmed(to(learned));
        if (next === learned) return learned;
        try {
          await mkdir(dirname(file), { recursive: true, mode: 0o700 });
          await writeWhole(file, `${JSON.stringify({ schema: 'learned-1', ...next })}\n`);
        } catch (thrown) {
          throw writeError(thrown, file, 'reward', 'train again');
        }
        learned = next;
        return learned;
      }),
    clear: () =>
      inOrder(async () => {
        learned = NOTHING;
        await rm(file, { force: true });
        await removeAside(file);
      }),
    tidy: () => inOrder(() => removeAside(file)),
  };
}

/** The newest versions, and the one in use whatever its age. */
function trimmed(learned: Learned): Learned {
  const over = learned.versions.length - MOST;
  if (over <= 0) return learned;
  let left = over;
  const versions = learned.versions.filter(({ id }) => id === learned.inUse || left-- <= 0);
  return { ...learned, versions: versions.slice(-MOST) };
}

async function load(
  file: string,
  { clock, onNote }: { readonly clock: Clock; readonly onNote: (line: string) => void },
): Promise<Learned> {
  let text: string;
  try {
    const there = await lstat(file);
    if (!there.isFile()) return await aside(file, clock, onNote, 'is no plain file');
    if (there.size > MOST_BYTES) return await aside(file, clock, onNote, 'is far too large');
    text = await readFile(file, 'utf8');
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return NOTHING;
    onNote(
      `What was learnt from your answers cannot be read from ${file} (${asAppError(thrown, 'unreadable', 'reward').message}), so the shipped model is used: check who owns it`,
    );
    return NOTHING;
  }
  const parsed = Stored.safeParse(parseJson(text));
  if (!parsed.success) return aside(file, clock, onNote, 'is damaged');
  const { schema: _, ...learned } = parsed.data;
  return learned;
}

const ASIDE = /^learned\.damaged-[\dT.Z-]+\.json$/;

async function removeAside(file: string): Promise<void> {
  const folder = dirname(file);
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((each) => ASIDE.test(each))) {
    await rm(join(folder, name), { force: true, recursive: true });
  }
}

async function aside(
  file: string,
  clock: Clock,
  onNote: (line: string) => void,
  what: string,
): Promise<Learned> {
  const time = new Date(clock.now()).toISOString().replaceAll(':', '-');
  const kept = join(dirname(file), `learned.damaged-${time}.json`);
  const moved = await rename(file, kept).then(
    () => `it was kept beside as ${kept}`,
    () => 'it stays where it is',
  );
  onNote(
    `What was learnt from your answers (${file}) ${what}, so ${moved} and the shipped model is used: your answers are still there, train again to learn from them`,
  );
  return NOTHING;
}
