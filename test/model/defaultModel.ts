import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findModel, readCatalogue } from '../../src/llm/catalogue.ts';
import { pullModel } from '../../src/llm/download.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where tests keep the model between runs. */
export const modelsFolder: string =
  process.env['BEFOREHAND_TEST_MODELS'] ?? join(root, 'node_modules', '.cache', 'beforehand', 'models');

/** The real default model: its catalogue entry, file and hash. Fetched once, then only checked. */
export async function defaultModel() {
  const entry = findModel(readCatalogue(join(root, 'src', 'assets', 'models.json')), 'smollm2-135m');
  const { file, sha256 } = await pullModel({ entry, paths: { models: modelsFolder } });
  return { entry, file, sha256 };
}
