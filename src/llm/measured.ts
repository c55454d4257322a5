import { mkdir, readFile } from 'node:fs/promises';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../writing.ts';

const share = z.number().min(0).max(1);

/** What a model did in one set of moments. Shares are of 0 to 1. */
export const TierFigures = z.object({
  /** Moments, and those at which help was wanted. */
  moments: z.number().int().nonnegative(),
  needed: z.number().int().nonnegative(),
  /** Replies that could be read, of those that were asked for. */
  parsed: share,
  /** F1 of gate and model together, and of the gate alone, on need. */
  f1: share,
  gateF1: share,
  /** Of its offers where help was wanted: those that fit; and the same of the patterns'. Null where nothing was offered. */
  fitting: share.nullable(),
  patternsFitting: share.nullable(),
  offers: z.number().int().nonnegative(),
});
export type TierFigures = z.infer<typeof TierFigures>;

/** One measurement of one model as it answers on this machine. */
export const Measured = z.object({
  /** SHA-256 of the weights, and of an adapter behind a `+`; or what names the model of an endpoint. */
  digest: z.string().min(1).max(400),
  alias: z.string().max(100),
  promptVersion: z.string().max(64),
  at: z.number().int(),
  /** Our own scenes, and ProactiveBench data where a folder was named. */
  scenes: TierFigures,
  bench: TierFigures.nullable(),
  /** Seconds that an offer takes, in the middle, and tokens it writes a second. */
  offerSeconds: z.number().nonnegative().nullable(),
  tokensPerSecond: z.number().nonnegative().nullable(),
  shows: z.boolean(),
  /** Why it is not shown, in words; empty where it is. */
  reasons: z.array(z.string().max(300)).max(12),
});
export type Measured = z.infer<typeof Measured>;

const Kept = z.array(Measured);
/** Measurements that are kept: the newest of each model, adapter and prompt. */
const MOST = 50;

/** The measurements of this machine. */
export interface MeasuredStore {
  /** The newest measurement of this model with these words; null where there is none. Reads the file when it changed. */
  of(digest: string, promptVersion: string): Measured | null;
  keep(measured: Measured): Promise<void>;
}

/** Measurements in a file (0600). One that cannot be read counts as none: measuring again writes it anew. */
export function createMeasuredStore(file: string): MeasuredStore {
  let print = '';
  let known: readonly Measured[] = [];
  const read = (): readonly Measured[] => {
    const found = statSync(file, { throwIfNoEntry: false });
    const now = found ? `${found.ino}:${found.size}:${found.mtimeMs}` : '';
    if (now !== print) {
      print = now;
      known = now === '' ? [] : parse(readTextSync(file));
    }
    return known;
  };
  const same = (one: Pick<Measured, 'digest' | 'promptVersion'>, digest: string, promptVersion: string) =>
    one.digest === digest && one.promptVersion === promptVersion;
  return {
    of: (digest, promptVersion) => read().find((each) => same(each, digest, promptVersion)) ?? null,
    async keep(measured) {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const { digest, promptVersion } = measured;
      const others = parse(await readFile(file, 'utf8').catch(() => '[]')).filter(
        (each) => !same(each, digest, promptVersion),
      );
      await writeWhole(file, `${JSON.stringify([measured, ...others].slice(0, MOST), null, 2)}\n`);
    },
  };
}

function parse(text: string): readonly Measured[] {
  try {
    return Kept.parse(JSON.parse(text));
  } catch {
    return [];
  }
}

function readTextSync(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '[]';
  }
}
