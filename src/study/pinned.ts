import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { StudyFile } from '../model/study.ts';

/** A part that a study may freeze, as it is here: what it calls itself, and the SHA-256 of its file's bytes. */
export interface PinnedPart {
  readonly version: string;
  readonly sha256: string;
}

/** The parts as they are here. `model` is null where it could not be read; its digest is null for `none` and endpoints. */
export interface Pinned {
  readonly model: { readonly alias: string; readonly sha256: string | null } | null;
  readonly gate: PinnedPart;
  readonly prompts: { readonly decide: PinnedPart; readonly answer: PinnedPart };
}

const Versioned = z.object({ version: z.string().min(1).max(64) });

/** Version and digest of a shipped JSON file. Rejects with `unreadable`. */
export async function pinnedFile(file: string): Promise<PinnedPart> {
  try {
    const bytes = await readFile(file);
    const { version } = Versioned.parse(JSON.parse(bytes.toString('utf8')));
    return { version, sha256: createHash('sha256').update(bytes).digest('hex') };
  } catch (thrown) {
    throw new AppError('unreadable', `[study] ${file} cannot be read: install the program again`, thrown);
  }
}

/** Gate and prompts as the shipped folder of assets holds them. Rejects with `unreadable`. */
export async function pinnedAssets(assets: string): Promise<Omit<Pinned, 'model'>> {
  const [gate, decide, answer] = await Promise.all([
    pinnedFile(join(assets, 'gate.json')),
    pinnedFile(join(assets, 'prompts', 'decide-1.json')),
    pinnedFile(join(assets, 'prompts', 'answer-1.json')),
  ]);
  return { gate, prompts: { decide, answer } };
}

/** In one clause, what differs here from what the study names and how to mend it; null when all fits. */
export function mismatch({ frozen }: StudyFile, here: Pinned): string | null {
  const { model, gate, prompts } = frozen;
  if (model) {
    if (here.model === null)
      return `the model ${model.alias} is not here: beforehand models pull ${model.alias}`;
    if (here.model.alias !== model.alias) return `the model here is ${here.model.alias}, not ${model.alias}`;
    if (here.model.sha256 !== model.sha256) {
      return `the file of ${model.alias} here is another one (${short(here.model.sha256)}, not ${short(model.sha256)}): beforehand models pull ${model.alias}, or ask the researcher`;
    }
  }
  return (
    (gate && differs('gate', gate, here.gate)) ??
    (prompts &&
      (differs('prompt', prompts.decide, here.prompts.decide) ??
        differs('prompt', prompts.answer, here.prompts.answer))) ??
    null
  );
}

function differs(what: string, wanted: PinnedPart, here: PinnedPart): string | null {
  if (wanted.version === here.version && wanted.sha256 === here.sha256) return null;
  return `the ${what} here is ${here.version} (${short(here.sha256)}), not ${wanted.version} (${short(wanted.sha256)}): install the version of Beforehand that the researcher names`;
}

const short = (sha256: string | null) => (sha256 === null ? 'none' : sha256.slice(0, 12));
