import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { askKeyring, createKeyring, type Keyring } from '../log/keyring.ts';
import type { KeyPlace } from '../model/endpoint.ts';
import type { Paths } from '../paths.ts';
import { writeWhole } from '../writing.ts';

/** A key goes to the origin it was entered for and to no other: another address in the settings must not get it. */
const Kept = z.object({ origin: z.string(), key: z.string() });
type Kept = z.infer<typeof Kept>;

/** Milliseconds: a locked keyring waits for a person, and a model must not. */
const WAIT = 3000;

/** The key of an OpenAI-compatible endpoint. */
export interface EndpointKey {
  /** The key for this address; undefined where there is none. BEFOREHAND_ENDPOINT_KEY goes before what is kept. */
  of(url: string): Promise<string | undefined>;
  place(url: string): Promise<KeyPlace>;
  /** Keeps or forgets it; the answer is where it lies now. Rejects with the file system's error. */
  keep(url: string, key: string | null): Promise<KeyPlace>;
}

/** Keeps the key in the keyring, or where none can be used in `endpoint.key` (0600) in the data folder: never in the settings. */
export function createEndpointKey(options: {
  readonly paths: Pick<Paths, 'data'>;
  readonly keyring?: Keyring;
  readonly env?: NodeJS.ProcessEnv;
}): EndpointKey {
  const keyring = options.keyring ?? createKeyring(options.paths.data, 'endpoint');
  const env = options.env ?? process.env;
  const file = join(options.paths.data, 'endpoint.key');

  async function kept(url: string): Promise<{ readonly key: string; readonly place: KeyPlace } | null> {
    const given = env['BEFOREHAND_ENDPOINT_KEY'];
    if (given) return { key: given, place: 'environment' };
    const { origin } = new URL(url);
    const asked = await askKeyring(WAIT, (signal) => keyring.get(signal));
    const inKeyring = asked.answered ? parse(asked.value) : null;
    if (inKeyring?.origin === origin) return { key: inKeyring.key, place: 'keyring' };
    const inFile = parse(await readFile(file, 'utf8').catch(() => null));
    return inFile?.origin === origin ? { key: inFile.key, place: 'file' } : null;
  }

  async function store(value: Kept | null): Promise<boolean> {
    const text = value === null ? '{}' : JSON.stringify(value);
    const set = await askKeyring(WAIT, (signal) => keyring.set(text, signal));
    if (!set.answered) return false;
    const again = await askKeyring(WAIT, (signal) => keyring.get(signal));
    return again.answered && again.value === text;
  }

  return {
    of: async (url) => (await kept(url))?.key,
    place: async (url) => (await kept(url))?.place ?? 'none',
    async keep(url, key) {
      const value = key === null ? null : { origin: new URL(url).origin, key };
      const inKeyring = await store(value);
      if (value === null || inKeyring) await rm(file, { force: true });
      else await writeWhole(file, `${JSON.stringify(value)}\n`);
      return (await kept(url))?.place ?? 'none';
    },
  };
}

function parse(text: string | null): Kept | null {
  if (text === null) return null;
  try {
    return Kept.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
