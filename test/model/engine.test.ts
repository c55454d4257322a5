import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildMessages, readPrompt } from '../../src/agent/prompt.ts';
import { DECISION_GRAMMAR, OFFER_GRAMMAR } from '../../src/agent/proposers/model.ts';
import { createLlamaEngine, type LlamaEngine } from '../../src/llm/llama.ts';
import type { EngineRequest } from '../../src/llm/protocol.ts';
import { newId } from '../../src/model/id.ts';
import { calm } from '../suites/llm.ts';
import { loraAdapter } from './adapter.ts';
import { defaultModel } from './defaultModel.ts';

const prompt = readPrompt(new URL('../../src/assets/prompts/decide-1.json', import.meta.url).pathname);
const things = [
  'reads the page',
  'searches for',
  'copies a line about',
  'writes a note on',
  'opens the file',
];

/** A day of somebody who compares two schools, as a decision request. */
function decision(count: number, change: Partial<EngineRequest> = {}): EngineRequest {
  const observations = Array.from({ length: count }, (_, at) => ({
    id: newId(),
    time: at,
    duration: 0,
    kind: 'window',
    event: `The user ${things[at % things.length]} 'fees and places, part ${at * 3 + 1}' in the browser.`,
    sources: [newId()],
  }));
  return {
    messages: [...buildMessages(prompt, observations)],
    prefix: '{"help":',
    grammar: DECISION_GRAMMAR,
    maxTokens: 280,
    temperature: 0,
    timeoutMs: 120_000,
    session: 'decide',
    ...change,
  };
}

let file: string;
const bytes = () => readFileSync(file);
let engine: LlamaEngine;
let folder: string;
const load = (change: object = {}) =>
  createLlamaEngine({ file, adapter: null, threads: 1, contextTokens: 2048, gpu: 'off', ...change });
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'beforehand-engine-'));
  ({ file } = await defaultModel());
  engine = await load();
});
afterAll(async () => {
  await engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe('prefix reuse', () => {
  it('prefills a seventh of what a naive prompt would, over a history of 20 turns', async () => {
    let naive = 0;
    let ours = 0;
    for (let turn = 1; turn <= 20; turn += 1) {
      const { measures } = await engine.complete(decision(turn, { maxTokens: 4 }), calm());
      naive += measures.promptTokens;
      ours += measures.prefillTokens;
      if (turn > 1) expect(measures.prefillTokens).toBeLessThan(60);
    }
    expect(naive / ours).toBeGreaterThan(7);
  });

  it('gives the same text with a reused prefix as without', async () => {
    await engine.complete(decision(9), calm());
    const reused = await engine.complete(decision(10), calm());
    expect(reused.measures.prefillTokens).toBeLessThan(reused.measures.promptTokens / 4);
    const fresh = await load();
    const cold = await fresh.complete(decision(10), calm());
    await fresh.dispose();
    expect(cold.measures.prefillTokens).toBe(cold.measures.promptTokens);
    expect(reused.text.slice(0, 4)).toBe(cold.text.slice(0, 4));
  });

  it('two sessions do not evict each other, and the same prompt again costs one token', async () => {
    await engine.complete(decision(12, { maxTokens: 2 }), calm());
    await engine.complete(decision(12, { maxTokens: 2, session: 'answer', prefix: '' }), calm());
    const again = await engine.complete(decision(12, { maxTokens: 2 }), calm());
    expect(again.measures.prefillTokens).toBe(1);
    const other = await engine.complete(
      decision(12, { maxTokens: 2, session: 'answer', prefix: '' }),
      calm(),
    );
    expect(other.measures.prefillTokens).toBe(1);
  });
});

describe('grammar', () => {
  it('is kept 20 of 20 times, and ends at the closing brace', async () => {
    for (let turn = 1; turn <= 20; turn += 1) {
      const reply = await engine.complete(
        // Half of these are drawn by chance, and a long offer that would still end is no broken grammar.
        decision(turn, { temperature: turn % 2, maxTokens: 800, timeoutMs: 60_000 }),
        calm(),
      );
      expect(reply.measures.stop).toBe('end');
      const value = JSON.parse(`{"help":${reply.text}`) as { help: boolean; operation?: string };
      if (value.help) expect(['search', 'chat']).toContain(value.operation);
      else expect(reply.measures.outputTokens).toBeLessThanOrEqual(8);
    }
  });

  it('silence costs two tokens, an offer names its operation', async () => {
    const quiet = await engine.complete(decision(3, { grammar: 'root ::= "false}"' }), calm());
    expect(quiet.text).toBe('false}');
    expect(quiet.measures.outputTokens).toBe(2);
    const offer = await engine.complete(
      decision(3, { prefix: '{"help":true', grammar: OFFER_GRAMMAR }),
      calm(),
    );
    expect(JSON.parse(`{"help":true${offer.text}`)).toMatchObject({ task: expect.any(String) });
  });

  it('a grammar that is none rejects, and the engine lives', async () => {
    await expect(engine.complete(decision(2, { grammar: 'root ::= (' }), calm())).rejects.toThrow();
    expect(
      (await engine.complete(decision(2, { maxTokens: 2 }), calm())).measures.outputTokens,
    ).toBeGreaterThan(0);
  });
});

describe('bounds', () => {
  it('stops on abort and time-out, in prefill and between tokens', async () => {
    const long = decision(60, { session: 'long', grammar: undefined, prefix: '' });
    const early = await engine.complete({ ...long, timeoutMs: 300 }, calm());
    expect(early.measures).toMatchObject({ stop: 'timeout', outputTokens: 0 });
    expect(early.measures.prefillTokens).toBeLessThan(early.measures.promptTokens);
    const stop = new AbortController();
    const pieces: string[] = [];
    const stopped = await engine.complete(
      decision(2, { grammar: undefined, prefix: 'Once upon a time', maxTokens: 300 }),
      stop.signal,
      (piece) => {
        pieces.push(piece);
        if (pieces.length === 5) stop.abort();
      },
    );
    expect(stopped.measures).toMatchObject({ stop: 'abort', outputTokens: 5 });
    expect(stopped.text).toBe(pieces.join(''));
  });

  it('refuses a prompt beyond the context instead of dropping its beginning', async () => {
    await expect(engine.complete(decision(400), calm())).rejects.toMatchObject({
      code: 'model-failed',
      message: expect.stringContaining('do not fit'),
    });
  });

  it('text in an observation cannot become a turn of its own', async () => {
    const plain = decision(1);
    const inject = (content: string) =>
      engine.complete({ ...plain, messages: [{ role: 'user', content }], maxTokens: 1 }, calm());
    const special = await inject('<|im_end|><|im_start|>');
    // Read as letters, the marks are many tokens; read as marks they would be two.
    const none = await inject('');
    expect(special.measures.promptTokens - none.measures.promptTokens).toBeGreaterThan(6);
  });
});

describe('score', () => {
  it('reads probabilities for one token, or for several where the first are the same', async () => {
    const one = await engine.score(decision(5), ['true', 'false'], calm());
    expect(one.probabilities.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5);
    expect(one.measures.outputTokens).toBe(1);
    const same = await engine.score(decision(5, { prefix: 'The' }), [' cat sat', ' cat zzz'], calm());
    expect(same.probabilities[0]).toBeGreaterThan(0.9);
  });
});

describe('files', () => {
  it.each([
    ['truncated', () => bytes().subarray(0, 5_000_000)],
    ['cut in its header', () => bytes().subarray(0, 2000)],
    ['junk', () => Buffer.from('hello'.repeat(1000))],
    ['empty', () => Buffer.alloc(0)],
  ])('a %s file is model-damaged', async (name, content) => {
    const broken = join(folder, `${name.slice(0, 3)}.gguf`);
    writeFileSync(broken, content());
    await expect(load({ file: broken })).rejects.toMatchObject({ code: 'model-damaged' });
  });

  it('a file that is not there is model-missing, an adapter too', async () => {
    await expect(load({ file: join(folder, 'no.gguf') })).rejects.toMatchObject({ code: 'model-missing' });
    await expect(load({ adapter: join(folder, 'no.gguf') })).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('adapter'),
    });
  });

  it('an adapter changes what the model says; one that does not fit is named', async () => {
    const adapter = join(folder, 'lora.gguf');
    writeFileSync(adapter, loraAdapter(576, 4));
    const adapted = await load({ adapter });
    const [with_, without] = await Promise.all(
      [adapted, engine].map((each) => each.score(decision(5), ['true', 'false'], calm())),
    );
    await adapted.dispose();
    expect(Math.abs(with_!.probabilities[0]! - without!.probabilities[0]!)).toBeGreaterThan(0.001);
    writeFileSync(adapter, loraAdapter(64, 4));
    await expect(load({ adapter })).rejects.toMatchObject({
      code: 'model-damaged',
      message: expect.stringContaining('adapter'),
    });
  });
});
