import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeWhole } from '../writing.ts';
import { z } from 'zod';

/** Buckets that are remembered; the one not used for longest goes first. */
const MOST = 64;

const Kept = z.object({ buckets: z.record(z.string().max(128), z.string().max(128)) });

/** The buckets that clients made: id to type, nothing else. */
export interface Buckets {
  /** False when it was there already with this type. A new type replaces the old one. */
  create(id: string, type: string): boolean;
  type(id: string): string | undefined;
  /** Resolves when what was created last is on disk, or could not be written. */
  saved(): Promise<void>;
}

/**
 * Remembers buckets in `file` (0600). An editor extension makes its bucket once, when the editor starts: a program that
 * forgot it at its own restart would refuse that editor until the next day. A damaged file is an empty one.
 */
export function createBuckets(file: string): Buckets {
  const known = load(file);
  let writing: Promise<void> = Promise.resolve();

  const save = () => {
    const text = `${JSON.stringify({ buckets: Object.fromEntries(known) }, null, 2)}\n`;
    writing = write(writing, text);
  };

  async function write(before: Promise<void>, text: string): Promise<void> {
    await before;
    try {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      await writeWhole(file, text);
    } catch {
      // Without it only the next restart is poorer; a full disk is the log's to tell.
    }
  }

  return {
    create(id, type) {
      if (known.get(id) === type) return false;
      known.delete(id);
      known.set(id, type);
      const [oldest] = known.keys();
      if (known.size > MOST && oldest !== undefined) known.delete(oldest);
      save();
      return true;
    },
    type(id) {
      const type = known.get(id);
      if (type === undefined) return undefined;
      // Moved to the end: the order is that of use.
      known.delete(id);
      known.set(id, type);
      return type;
    },
    saved: () => writing,
  };
}

function load(file: string): Map<string, string> {
  try {
    const kept = Kept.parse(JSON.parse(readFileSync(file, 'utf8')));
    return new Map(Object.entries(kept.buckets).slice(0, MOST));
  } catch {
    return new Map();
  }
}
