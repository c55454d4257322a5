import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogueEntry } from '../../src/llm/catalogue.ts';
import {
  listModels,
  modelFile,
  pullModel,
  verifyModel,
  type PullOptions,
  type PullProgress,
} from '../../src/llm/download.ts';
import { createHub } from './hub.ts';

const bytes = randomBytes(600_000);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const entry: CatalogueEntry = {
  alias: 'tiny',
  title: 'Tiny',
  summary: 'For tests.',
  file: 'tiny.gguf',
  bytes: bytes.length,
  sha256,
  licence: 'Apache-2.0',
  memoryBytes: 1_000_000,
  contextTokens: 512,
  answers: false,
  sources: [{ kind: 'huggingface', repo: 'someone/tiny-GGUF', path: 'tiny.gguf' }],
};

let folder: string;
let hub: Awaited<ReturnType<typeof createHub>>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'beforehand-pull-'));
  hub = await createHub(bytes);
});
afterEach(() => {
  hub.close();
  rmSync(folder, { recursive: true, force: true });
});
const pull = (change: Partial<PullOptions> = {}) =>
  pullModel({
    entry,
    paths: { models: folder },
    endpoint: hub.url,
    connectMs: 5000,
    stallMs: 300,
    ...change,
  });

describe('pullModel', () => {
  it('fetches, checks, keeps the file private and reports progress', async () => {
    const steps: PullProgress[] = [];
    const pulled = await pull({ onProgress: (step) => steps.push(step) });
    expect(pulled).toEqual({ file: join(folder, 'tiny.gguf'), sha256, pinned: 'shipped', fetched: true });
    expect(readFileSync(pulled.file).equals(bytes)).toBe(true);
    expect(statSync(pulled.file).mode & 0o777).toBe(0o600);
    expect(hub.requests[0]?.path).toBe('/someone/tiny-GGUF/resolve/main/tiny.gguf');
    expect(steps.some((step) => step.done === bytes.length && step.total === bytes.length)).toBe(true);
    expect(readdirSync(folder)).toEqual(['tiny.gguf']);
  });

  it('does not fetch again what is here and whole', async () => {
    await pull();
    expect((await pull()).fetched).toBe(false);
    expect(hub.requests).toHaveLength(1);
  });

  it('goes on after a cut connection, from where it was', async () => {
    hub.behaviour.cuts = 2;
    hub.behaviour.cutAfter = 200_000;
    expect((await pull()).sha256).toBe(sha256);
    expect(hub.requests.map((each) => each.range !== undefined)).toEqual([false, true, true]);
  });

  it('goes on in a later call, after a stall', async () => {
    hub.behaviour.stallAfter = 250_000;
    await expect(pull()).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining('nothing came'),
    });
    const before = hub.requests.length;
    hub.behaviour.stallAfter = null;
    expect((await pull()).sha256).toBe(sha256);
    expect(Number(/\d+/.exec(hub.requests[before]?.range ?? '')?.[0])).toBeGreaterThan(0);
  });

  it('starts afresh when the file changed meanwhile', async () => {
    hub.behaviour.stallAfter = 250_000;
    hub.behaviour.bytes = randomBytes(600_000);
    hub.behaviour.etag = '"old"';
    await expect(pull()).rejects.toMatchObject({ code: 'download-failed' });
    hub.behaviour.stallAfter = null;
    hub.behaviour.bytes = bytes;
    hub.behaviour.etag = '"new"';
    expect((await pull()).sha256).toBe(sha256);
  });

  it('never gives a wrong or truncated file its name', async () => {
    hub.behaviour.bytes = Buffer.concat([bytes.subarray(0, 100), randomBytes(10)]);
    await expect(pull()).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringMatching(/another hash.*--from FILE/),
    });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([404, 401, 500])('says what the hub answered: %i', async (status) => {
    hub.behaviour.status = status;
    await expect(pull()).rejects.toMatchObject({
      code: 'download-failed',
      message: expect.stringContaining(`${status}`),
    });
  });

  it('gives up soon when nobody answers', async () => {
    hub.behaviour.silent = true;
    await expect(pull({ connectMs: 300 })).rejects.toMatchObject({
      message: expect.stringContaining('no answer within'),
    });
    expect(hub.requests).toHaveLength(1);
  });

  it('stops when told, and keeps the part for later', async () => {
    hub.behaviour.stallAfter = 100_000;
    const stop = new AbortController();
    const pulling = pull({
      signal: stop.signal,
      stallMs: 60_000,
      onProgress: ({ done }) => done > 0 && stop.abort(),
    });
    await expect(pulling).rejects.toMatchObject({ code: 'aborted' });
    expect(existsSync(join(folder, 'tiny.gguf'))).toBe(false);
  });

  it('takes a file the user names, and no other', async () => {
    const mine = join(folder, 'mine.bin');
    writeFileSync(mine, bytes);
    expect((await pull({ from: mine })).sha256).toBe(sha256);
    expect(hub.requests).toHaveLength(0);
    expect(existsSync(mine)).toBe(true);
    writeFileSync(mine, 'something else');
    await expect(pull({ from: mine })).rejects.toMatchObject({ code: 'download-failed' });
    await expect(pull({ from: join(folder, 'nowhere') })).rejects.toMatchObject({ code: 'unreadable' });
  });

  it('pins an unknown hash at the first download and holds to it', async () => {
    const unknown = { ...entry, sha256: null };
    const paths = { models: folder };
    expect((await pull({ entry: unknown })).pinned).toBe('first-download');
    expect(await verifyModel(unknown, paths)).toMatchObject({ state: 'ready', pinned: 'first-download' });
    hub.behaviour.bytes = randomBytes(1000);
    rmSync(modelFile(unknown, paths));
    await expect(pull({ entry: unknown })).rejects.toMatchObject({
      message: expect.stringContaining('another hash'),
    });
    expect((await listModels(paths, { models: [unknown] }, 8e9))[0]).toMatchObject({
      installed: false,
      fits: true,
      pinned: 'first-download',
    });
  });

  it('tries the next source when one has nothing', async () => {
    hub.behaviour.status = 404;
    const notes: string[] = [];
    const pulling = pull({
      entry: {
        ...entry,
        sources: [...entry.sources, { kind: 'huggingface', repo: 'other/one', path: 'x.gguf' }],
      },
      onProgress: ({ note }) => {
        if (!note) return;
        notes.push(note);
        hub.behaviour.status = null;
      },
    });
    expect((await pulling).fetched).toBe(true);
    expect(notes).toHaveLength(1);
  });
});

it('verifyModel tells missing from damaged, with the command that mends', async () => {
  const paths = { models: folder };
  expect(await verifyModel(entry, paths)).toMatchObject({
    state: 'missing',
    reason: expect.stringContaining('models pull tiny'),
  });
  writeFileSync(join(folder, 'tiny.gguf'), bytes.subarray(0, 1000));
  expect(await verifyModel(entry, paths)).toMatchObject({ state: 'damaged' });
});
