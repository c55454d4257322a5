import { join } from 'node:path';
import { readCatalogue } from '../llm/catalogue.ts';
import { verifyModel } from '../llm/download.ts';
import type { Settings } from '../model/settings.ts';
import type { Paths } from '../paths.ts';
import { pinnedAssets, type Pinned } from '../study/pinned.ts';

/**
 * Digests of the gate, the prompts and the model that the settings use, read from their files. A file of the person's
 * own is no model of the catalogue: its alias is `file`. The model's file is large, so it is read only where `model`
 * says that somebody wants to know. Rejects with `unreadable` where a shipped file is missing.
 */
export async function pinnedHere(paths: Paths, settings: Settings, model: boolean): Promise<Pinned> {
  const [assets, found] = await Promise.all([
    pinnedAssets(paths.assets),
    model ? modelHere(paths, settings) : null,
  ]);
  return { ...assets, model: found };
}

async function modelHere(paths: Paths, settings: Settings): Promise<Pinned['model']> {
  const { use, file, adapter } = settings.model;
  if (use === 'none' || use === 'remote') return { alias: use, sha256: null };
  if (file || adapter) return { alias: 'file', sha256: null };
  const { models } = readCatalogue(join(paths.assets, 'models.json'));
  const entry = models.find((each) => each.alias === use);
  if (!entry) return null;
  const found = await verifyModel(entry, paths);
  return found.state === 'ready' ? { alias: use, sha256: found.sha256 } : null;
}
