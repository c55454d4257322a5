import { readFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeWhole } from '../writing.ts';
import { z } from 'zod';
import { LogCopy } from '../model/log.ts';
import { namesIn } from './files.ts';

/** Copies that are remembered at most; the oldest are left out. */
const MOST = 200;

const Register = z.array(LogCopy).max(MOST);

/** Files of this folder that were set aside: they did not open (`quarantine.ts`) or a packed log took their place. */
export const ASIDE = /^log\.(?:damaged|locked|before)-[\w.-]+\.db$/;

/**
 * The copies of the log that people made, so that forgetting can say what still holds it. The register is a 0600 file
 * beside the log: names and times, no content. One that can't be read counts as empty.
 */
export function createCopies(log: string): {
  /** Those that are still where they were put, and the files set aside in the data folder. */
  list(): LogCopy[];
  add(copy: LogCopy): Promise<void>;
} {
  const file = join(dirname(log), 'copies.json');

  function noted(): LogCopy[] {
    try {
      return Register.parse(JSON.parse(readFileSync(file, 'utf8'))).filter((each) => existsSync(each.file));
    } catch {
      return [];
    }
  }

  return {
    list: () => [
      ...noted(),
      ...namesIn(dirname(log), ASIDE).map((each) => ({ file: each, at: 0, kind: 'aside' as const })),
    ],
    async add(copy) {
      const others = noted().filter((each) => each.file !== copy.file);
      const text = `${JSON.stringify([...others, copy].slice(-MOST))}\n`;
      await writeWhole(file, text);
    },
  };
}
