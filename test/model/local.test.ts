import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLocalLlm, type LocalLlm, type LocalModel } from '../../src/llm/local.ts';
import { measureModel } from '../../src/llm/measure.ts';
import { systemClock, type Child, type Spawn } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createNodeSpawn } from '../../src/ports/spawn.ts';
import { ask, calm, testLlm } from '../suites/llm.ts';
import { until } from '../until.ts';
import { defaultModel } from './defaultModel.ts';

let model: LocalModel;
let folder: string;
const children: Child[] = [];
const spawn: Spawn = (entry, args) => {
  const child = createNodeSpawn()(entry, args);
  children.push(child);
  return child;
};
const create = (change: Partial<LocalModel> = {}): LocalLlm =>
  createLocalLlm({
    spawn,
    clock: systemClock,
    model: { ...model, ...change },
    settings: { ...Settings.parse({}).model, threads: 1, gpu: 'off', contextTokens: 1024 },
  });
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'beforehand-model-'));
  const { entry, file, sha256 } = await defaultModel();
  model = { alias: entry.alias, file, digest: sha256, answers: entry.answers };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

testLlm('the real default model in its process', async () => {
  const llm = create();
  await llm.start();
  return llm;
});

describe('supervision of the real process', () => {
  it('kill -9 in the middle of an answer: that call rejects, the next works, the parent lives', async () => {
    const llm = create();
    let pieces = 0;
    const running = llm.complete(ask({ maxTokens: 400, onText: () => (pieces += 1) }), calm());
    const rejected = expect(running).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringContaining('SIGKILL'),
    });
    await until('text', () => pieces > 2, 60_000);
    process.kill(children.at(-1)?.pid ?? 0, 'SIGKILL');
    await rejected;
    expect((await llm.complete(ask(), calm())).text).not.toBe('');
    expect(llm.info().state).toBe('ready');
    await llm.close();
  });

  it.each([
    ['truncated, hash known', 1_000_000, true],
    ['truncated, hash unknown', 1_000_000, false],
    ['empty', 0, false],
  ])('a file %s is damaged, in one sentence with the mend, once', async (_name, size, known) => {
    const file = join(folder, 'broken.gguf');
    writeFileSync(file, readFileSync(model.file).subarray(0, size));
    const before = children.length;
    const llm = create({ file, ...(!known && { digest: '' }) });
    for (let at = 0; at < 3; at += 1) {
      await expect(llm.complete(ask(), calm())).rejects.toMatchObject({ code: 'model-damaged' });
    }
    expect(llm.info()).toMatchObject({
      state: 'damaged',
      reason: expect.stringContaining('run: beforehand models pull smollm2-135m'),
    });
    expect(children.length - before).toBe(1);
    await llm.close();
  });

  it('an adapter that is not there is said, without blaming the model', async () => {
    const llm = create({ adapter: join(folder, 'no.gguf') });
    await expect(llm.complete(ask(), calm())).rejects.toMatchObject({
      message: expect.stringMatching(/adapter.*settings/),
    });
    await llm.close();
  });

  it('close ends the process', async () => {
    const llm = create();
    await llm.start();
    const pid = children.at(-1)?.pid ?? 0;
    await llm.close();
    await until('the end of the process', () => {
      try {
        process.kill(pid, 0);
        return execFileSync('ps', ['-o', 'stat=', '-p', `${pid}`])
          .toString()
          .startsWith('Z');
      } catch {
        return true;
      }
    });
  });

  it('measures speed and memory', async () => {
    const llm = create();
    const measured = await measureModel(llm);
    await llm.close();
    expect(measured.prefillPerSecond).toBeGreaterThan(1);
    expect(measured.decodePerSecond).toBeGreaterThan(1);
    expect(measured.memoryBytes).toBeGreaterThan(1e8);
    expect(measured.memoryBytes).toBeLessThan(1e9);
  });
});
