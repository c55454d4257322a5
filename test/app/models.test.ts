import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createModels } from '../../src/app/models.ts';
import { speaks, writes } from '../../src/app/speaker.ts';
import { measuredStore } from '../../src/app/tier.ts';
import type { Measured } from '../../src/llm/measured.ts';
import type { SettingsPatch } from '../../src/model/settings.ts';
import { Settings } from '../../src/model/settings.ts';
import { createPaths } from '../../src/paths.ts';
import { until } from '../until.ts';
import { folder } from './platform.ts';

const ASK = {
  messages: [{ role: 'user', content: 'hello' }],
  maxTokens: 1,
  temperature: 0,
  timeoutMs: 1000,
  session: 'decide',
  purpose: 'decide',
  promptVersion: 'test',
} as const;

/** Models over an empty folder; a child process would be a mistake. */
function models(patch: SettingsPatch['model'] = {}) {
  const home = folder();
  const paths = createPaths({ env: { BEFOREHAND_HOME: home } });
  let settings = Settings.parse({ model: patch });
  const spawned: string[] = [];
  const made = createModels({
    paths,
    settings: () => settings,
    spawn: (entry) => {
      spawned.push(entry);
      throw new Error('no process may start here');
    },
    clock: { now: () => 0 },
    onChange: () => {},
    onProgress: () => {},
  });
  const use = async (next: SettingsPatch['model']) => {
    settings = Settings.parse({ model: { ...settings.model, ...next } });
    await made.refresh();
  };
  return { made, paths, spawned, use };
}

it('says what is missing and how to mend it, and asks nothing of a model that is not there', async () => {
  const { made, spawned } = models();
  await made.refresh();
  expect(made.state()).toMatchObject({ alias: 'smollm2-135m', state: 'missing' });
  expect(made.state().reason).toContain('models pull smollm2-135m');
  await expect(made.llm.complete(ASK, new AbortController().signal)).rejects.toMatchObject({
    code: 'model-missing',
  });
  expect(spawned).toEqual([]);
});

it('says that a file with another hash is damaged, without starting it', async () => {
  const { made, paths, spawned } = models();
  mkdirSync(paths.models, { recursive: true });
  writeFileSync(join(paths.models, 'SmolLM2-135M-Instruct.Q4_1.gguf'), 'not a model');
  await made.refresh();
  expect(made.state().state).toBe('damaged');
  expect((await made.shelf.list()).find((each) => each.inUse)).toMatchObject({ alias: 'smollm2-135m' });
  expect(spawned).toEqual([]);
});

it('knows no model, an unknown alias and an endpoint that was not set', async () => {
  const { made, use } = models({ use: 'none' });
  await made.refresh();
  expect(made.state().state).toBe('off');
  await use({ use: 'nobody' });
  expect(made.state()).toMatchObject({ state: 'missing', alias: 'nobody' });
  await use({ use: 'remote' });
  expect(made.state()).toMatchObject({ state: 'missing', alias: 'remote' });
});

it('lets a call that comes during a change wait for the new model', async () => {
  const { made, use } = models({ use: 'none' });
  const change = use({ use: 'smollm2-135m' });
  expect(made.state().state).toBe('loading');
  const call = made.llm.complete(ASK, new AbortController().signal);
  await expect(call).rejects.toThrow(/not on this machine/);
  await change;
  await made.close();
});

it('forgets its prompts with the process that holds them, once what it writes is written', async () => {
  const home = folder();
  const paths = createPaths({ env: { BEFOREHAND_HOME: home } });
  const file = join(home, 'own.gguf');
  writeFileSync(file, Buffer.concat([Buffer.from('GGUF'), Buffer.from([3, 0, 0, 0]), Buffer.alloc(4096)]));
  const settings = Settings.parse({ model: { use: 'own', file } });
  const killed: number[] = [];
  const started: { tell: (message: unknown) => void; sent: { kind: string; id?: number }[] }[] = [];
  const made = createModels({
    paths,
    settings: () => settings,
    spawn: () => {
      const number = started.length;
      let tell = (_message: unknown) => {};
      let exit = (_code: number | null, _signal: string | null) => {};
      const sent: { kind: string; id?: number }[] = [];
      started.push({ tell: (message) => tell(message), sent });
      const end = () => {
        killed.push(number);
        exit(0, null);
      };
      return {
        pid: number,
        send(message: unknown) {
          const each = message as { kind: string; id?: number };
          sent.push(each);
          if (each.kind === 'load') tell({ kind: 'ready', digest: 'a'.repeat(64), context: 1024 });
          if (each.kind === 'close') end();
        },
        onMessage: (listener) => (tell = listener),
        onExit: (listener) => (exit = listener),
        kill: end,
      };
    },
    clock: { now: () => 0 },
    onChange: () => {},
    onProgress: () => {},
  });
  await made.refresh();
  await made.forget();
  expect(started).toHaveLength(0);
  const { signal } = new AbortController();
  const answer = (id: number | undefined) => ({
    kind: 'done',
    id,
    text: '{}',
    measures: {
      promptTokens: 1,
      prefillTokens: 1,
      outputTokens: 1,
      firstTokenMs: 1,
      totalMs: 1,
      memoryBytes: 1,
      stop: 'end',
    },
  });
  const first = made.llm.complete(ASK, signal);
  await until('the first prompt', () => started[0]?.sent.find((each) => each.kind === 'complete'));
  await made.forget();
  expect(killed).toEqual([]);
  const second = made.llm.complete(ASK, signal);
  await until('the second prompt', () => started[1]?.sent.find((each) => each.kind === 'complete'));
  const idOf = (number: number) => started[number]!.sent.find((each) => each.kind === 'complete')!.id;
  started[0]!.tell(answer(idOf(0)));
  await first;
  expect(killed).toEqual([0]);
  started[1]!.tell(answer(idOf(1)));
  await second;
  await made.forget();
  expect(killed).toEqual([0, 1]);
  await made.close();
});

it('shows what a model proposes once it was measured so, with this adapter and these words, and not before', async () => {
  const home = folder();
  const paths = createPaths({ env: { BEFOREHAND_HOME: home } });
  const gguf = (byte: number) =>
    Buffer.concat([Buffer.from('GGUF'), Buffer.from([3, 0, 0, 0]), Buffer.alloc(4096), Buffer.from([byte])]);
  const [file, adapter] = [join(home, 'own.gguf'), join(home, 'own-lora.gguf')];
  writeFileSync(file, gguf(1));
  writeFileSync(adapter, gguf(2));
  const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  let settings = Settings.parse({ model: { use: 'own', file } });
  const made = createModels({
    paths,
    settings: () => settings,
    spawn: () => {
      throw new Error('no process may start here');
    },
    clock: { now: () => 0 },
    onChange: () => {},
    onProgress: () => {},
  });
  await made.refresh();
  expect([made.state().shows, made.state().answers]).toEqual([false, true]);
  expect(made.state().hidden).toMatch(/not measured on this computer.*beforehand models measure/);

  const figures = { moments: 36, needed: 24, parsed: 1, f1: 1, gateF1: 1, offers: 24 };
  const measured: Measured = {
    digest: sha256(file),
    alias: 'own',
    promptVersion: 'decide-1',
    at: 0,
    scenes: { ...figures, fitting: 1, patternsFitting: null },
    bench: null,
    offerSeconds: 1,
    tokensPerSecond: 50,
    shows: true,
    reasons: [],
  };
  const store = measuredStore(paths);
  await store.keep(measured);
  await made.refresh();
  expect([made.state().shows, made.state().hidden]).toEqual([true, undefined]);
  expect([speaks(settings, made), speaks(Settings.parse({ model: { proposals: 'off' } }), made)]).toEqual([
    true,
    false,
  ]);

  // Another adapter, other words: nobody knows yet.
  settings = Settings.parse({ model: { use: 'own', file, adapter } });
  await made.refresh();
  expect(made.state().shows).toBe(false);
  await store.keep({
    ...measured,
    digest: `${sha256(file)}+${sha256(adapter)}`,
    shows: false,
    reasons: ['too slow'],
  });
  expect(made.state().hidden).toMatch(/too slow \(measured 1970-01-01, again: beforehand models measure\)/);
  const words = join(home, 'words.json');
  writeFileSync(words, JSON.stringify({ version: 'mine-1', system: 's', opening: 'o', closing: 'c' }));
  settings = Settings.parse({ model: { use: 'own', file, prompt: words } });
  await made.refresh();
  expect(made.state().shows).toBe(false);

  // Who wants its words has them.
  expect(speaks(Settings.parse({ model: { proposals: 'on' } }), made)).toBe(true);
  await made.close();
});

it('says of an endpoint, too, that its proposals are hidden until they were measured, and lets it write answers', async () => {
  const home = folder();
  const paths = createPaths({ env: { BEFOREHAND_HOME: home } });
  const endpoint = { url: 'http://127.0.0.1:9/v1', model: 'big' };
  const settings = Settings.parse({ model: { use: 'remote' }, endpoint });
  const made = createModels({
    paths,
    settings: () => settings,
    spawn: () => {
      throw new Error('no process may start here');
    },
    clock: { now: () => 0 },
    onChange: () => {},
    onProgress: () => {},
  });
  await made.refresh();
  expect([made.state().shows, made.state().answers, writes(settings, made)]).toEqual([false, true, true]);
  await made.close();
});
