import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLocalLlm } from '../../src/llm/local.ts';
import type { FromEngine, ToEngine } from '../../src/llm/protocol.ts';
import type { LlmInfo } from '../../src/model/llm.ts';
import type { Child } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { ask, calm } from '../suites/llm.ts';

const measures = {
  promptTokens: 10,
  prefillTokens: 10,
  outputTokens: 1,
  firstTokenMs: 1,
  totalMs: 1,
  memoryBytes: 1,
  stop: 'end' as const,
};

/** A child process by hand: `react` says what it does with each message. */
type React = (message: ToEngine, child: { say(message: FromEngine | object): void; die(): void }) => void;
const ready: React = (message, child) => {
  if (message.kind === 'load') child.say({ kind: 'ready', digest: 'd'.repeat(64), context: 1024 });
  if (message.kind === 'complete') child.say({ kind: 'done', id: message.id, text: 'hi', measures });
  if (message.kind === 'close') child.die();
};

let folder: string;
let file: string;
let react: React;
let now: number;
let spawned: number;
let states: LlmInfo[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'beforehand-local-'));
  file = join(folder, 'm.gguf');
  writeFileSync(file, 'GGUF');
  react = ready;
  now = 1000;
  spawned = 0;
  states = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function create() {
  return createLocalLlm({
    spawn: (): Child => {
      spawned += 1;
      const messages: ((message: unknown) => void)[] = [];
      const exits: ((code: number | null, signal: string | null) => void)[] = [];
      let alive = true;
      const die = () => {
        if (!alive) return;
        alive = false;
        for (const listener of exits) listener(null, 'SIGKILL');
      };
      return {
        pid: 1,
        send: (message) =>
          setTimeout(
            () =>
              alive &&
              react(message as ToEngine, {
                say: (reply) => messages.forEach((listener) => listener(reply)),
                die,
              }),
            1,
          ),
        onMessage: (listener) => messages.push(listener),
        onExit: (listener) => exits.push(listener),
        kill: die,
      };
    },
    clock: { now: () => now },
    model: { alias: 'tiny', file, digest: '', answers: true },
    settings: Settings.parse({}).model,
    onState: (info) => states.push(info),
  });
}

describe('createLocalLlm', () => {
  it('starts nothing before the first call, then one process for all', async () => {
    const llm = create();
    expect(spawned).toBe(0);
    expect((await llm.complete(ask(), calm())).text).toBe('hi');
    await llm.complete(ask(), calm());
    expect(spawned).toBe(1);
    expect(states.map((each) => each.state)).toEqual(['loading', 'ready']);
    expect(llm.info()).toMatchObject({
      digest: 'd'.repeat(64),
      context: 1024,
      shows: false,
      answers: true,
      leaves: false,
    });
    await llm.close();
    expect(llm.info().state).toBe('off');
  });

  it('names an adapter in its digest and in every receipt', async () => {
    react = (message, child) => {
      if (message.kind === 'load')
        child.say({ kind: 'ready', digest: 'd'.repeat(64), adapter: 'a'.repeat(64), context: 1024 });
      else ready(message, child);
    };
    const llm = create();
    const { receipt } = await llm.complete(ask(), calm());
    expect(receipt.model).toBe('tiny@dddddddddddd+aaaaaaaaaaaa');
    expect(llm.info().digest).toBe(`${'d'.repeat(64)}+${'a'.repeat(64)}`);
  });

  it('a missing file is a state with the mend, no process, and heals by itself', async () => {
    rmSync(file);
    const llm = create();
    expect(llm.info()).toMatchObject({
      state: 'missing',
      reason: expect.stringContaining('models pull tiny'),
    });
    await expect(llm.complete(ask(), calm())).rejects.toMatchObject({ code: 'model-missing' });
    expect(spawned).toBe(0);
    writeFileSync(file, 'GGUF');
    expect((await llm.complete(ask(), calm())).text).toBe('hi');
  });

  it('a damaged file is tried once, until it changes', async () => {
    react = (message, child) => {
      if (message.kind === 'load') {
        child.say({ kind: 'unfit', code: 'model-damaged', message: '[llm] the hash differs' });
      }
    };
    const llm = create();
    for (let at = 0; at < 5; at += 1) {
      await expect(llm.complete(ask(), calm())).rejects.toMatchObject({ code: 'model-damaged' });
    }
    expect(spawned).toBe(1);
    expect(llm.info()).toMatchObject({
      state: 'damaged',
      reason: expect.stringContaining('models pull tiny'),
    });
    react = ready;
    writeFileSync(file, 'GGUF, mended');
    expect((await llm.complete(ask(), calm())).text).toBe('hi');
  });

  it('too little memory is tried again later, without a change of the file', async () => {
    react = (message, child) => {
      if (message.kind === 'load')
        child.say({ kind: 'unfit', code: 'model-failed', message: '[llm] no memory' });
    };
    const llm = create();
    await expect(llm.complete(ask(), calm())).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringContaining('smaller model'),
    });
    react = ready;
    expect((await llm.complete(ask(), calm())).text).toBe('hi');
  });

  it('a crash rejects the running call alone; the next call works', async () => {
    react = (message, child) => (message.kind === 'complete' ? child.die() : ready(message, child));
    const llm = create();
    await expect(llm.complete(ask(), calm())).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringContaining('SIGKILL'),
    });
    expect(llm.info().state).toBe('failed');
    react = ready;
    expect((await llm.complete(ask(), calm())).text).toBe('hi');
    expect(spawned).toBe(2);
  });

  it('a process that keeps dying is started later and later, never in a loop', async () => {
    react = (_message, child) => child.die();
    const llm = create();
    const tries = async () => {
      for (let at = 0; at < 10; at += 1) await llm.complete(ask(), calm()).catch(() => {});
    };
    await tries();
    expect(spawned).toBe(2);
    await expect(llm.complete(ask(), calm())).rejects.toMatchObject({
      message: expect.stringMatching(/2 times in a row.*again in 1 s/),
    });
    now += 1100;
    await tries();
    expect(spawned).toBe(3);
    now += 6000;
    react = ready;
    expect((await llm.complete(ask(), calm())).text).toBe('hi');
  });

  it('what is no message of the protocol is dropped', async () => {
    react = (message, child) => {
      child.say({ kind: 'done', id: 'x' });
      child.say({ kind: 'text' });
      ready(message, child);
    };
    expect((await create().complete(ask(), calm())).text).toBe('hi');
  });

  it('closing rejects what is running', async () => {
    react = (message, child) => message.kind !== 'complete' && ready(message, child);
    const llm = create();
    const running = llm.complete(ask(), calm());
    const rejected = expect(running).rejects.toMatchObject({ code: 'model-failed' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    await llm.close();
    await rejected;
  });
});
