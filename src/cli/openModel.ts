import { join } from 'node:path';
import { createEndpointKey } from '../app/endpointKey.ts';
import { AppError } from '../errors.ts';
import { findModel, readCatalogue } from '../llm/catalogue.ts';
import { modelFile, verifyModel } from '../llm/download.ts';
import { createLocalLlm } from '../llm/local.ts';
import { lookOver } from '../llm/ownFile.ts';
import { hashFile } from '../llm/pins.ts';
import type { Llm } from '../model/llm.ts';
import { systemClock } from '../model/ports.ts';
import { createPaths } from '../paths.ts';
import { createNodeSpawn } from '../ports/spawn.ts';
import { readError } from '../reading/lines.ts';
import { createSettingsStore } from '../settingsFile.ts';

/**
 * A model of the catalogue, verified, or a file of one's own, with the threads and context of the settings and the adapter
 * named; the caller closes it. Its digest holds the adapter's too before it is loaded, since caches go by it. Rejects with `not-found` for an
 * unknown alias or adapter, `model-missing` or `model-damaged` with the command that mends it.
 */
export async function openModel(
  alias: string,
  options: { readonly adapter?: string; readonly file?: string } = {},
): Promise<Llm> {
  const paths = createPaths();
  const settings = createSettingsStore(paths).get();
  const entry = findModel(readCatalogue(join(paths.assets, 'models.json')), alias);
  const { adapter, file } = options;
  const found = file === undefined ? await verifyModel(entry, paths) : await ownHash(file);
  if (found.state !== 'ready') throw new AppError('model-missing', `[models] ${found.reason}`);
  return createLocalLlm({
    spawn: createNodeSpawn(),
    clock: systemClock,
    model: {
      alias,
      file: file ?? modelFile(entry, paths),
      digest: found.sha256,
      answers: entry.answers,
      ...(adapter !== undefined && { adapter, adapterDigest: await adapterHash(adapter) }),
    },
    settings: settings.model,
  });
}

async function ownHash(file: string) {
  const found = await lookOver(file);
  return found.state === 'ready' ? { state: 'ready' as const, sha256: await hashFile(file) } : found;
}

async function adapterHash(file: string): Promise<string> {
  return hashFile(file).catch((thrown: unknown) => {
    throw readError(thrown, file, 'models');
  });
}

/**
 * A model behind an OpenAI-compatible endpoint, from `--endpoint URL --endpoint-model NAME`; its key is in
 * BEFOREHAND_ENDPOINT_KEY. `usage` for an address that is not http(s), or that holds what may be a key: the command stands
 * in the results.
 */
export async function openEndpoint(url: string, model: string): Promise<Llm> {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw new AppError(
      'usage',
      `[bench] ${url} is not the address of an endpoint: name one like http://127.0.0.1:8080/v1`,
    );
  }
  const { username, password, search, hash } = new URL(url);
  if (username + password + search + hash !== '') {
    throw new AppError(
      'usage',
      '[bench] the address of an endpoint holds a name, a password or a query: put the key into BEFOREHAND_ENDPOINT_KEY and leave them out',
    );
  }
  const { createRemoteLlm } = await import('../llm/remote.ts');
  const key = await createEndpointKey({ paths: createPaths() }).of(url);
  return createRemoteLlm({ url, model, key, clock: systemClock });
}
