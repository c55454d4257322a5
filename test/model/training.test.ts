import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildMessages, readPrompt } from '../../src/agent/prompt.ts';
import { createLlamaEngine } from '../../src/llm/llama.ts';
import { newId } from '../../src/model/id.ts';
import { root } from '../desktop/core.ts';
import { needs, program } from '../needs.ts';
import { calm } from '../suites/llm.ts';
import { defaultModel } from './defaultModel.ts';

const prompt = readPrompt(join(root, 'src', 'assets', 'prompts', 'decide-1.json'));

/** Decisions as the runtime asks for them, with digits, quotes, accents and another script among the observations. */
const questions = ['page 3 at 12:45', 'a “quoted” naïve word', 'the file été_2026.md', 'これは何ですか'].map(
  (thing) => ({
    messages: buildMessages(
      prompt,
      [thing, 'seeds for the garden'].map((each, at) => ({
        id: newId(),
        time: at,
        duration: 0,
        kind: 'window',
        event: `The user searches for '${each}' in the browser.`,
        sources: [newId()],
      })),
    ),
    prefix: prompt.prefix ?? '',
    choices: ['true', 'false'],
  }),
);

interface Said {
  readonly tokens: number;
  readonly probabilities: readonly number[];
}

/**
 * Writes `adapter/` over the toy base, as a run leaves it but with large random values, so that every mistake shows;
 * then the files under test, and each of them once more with llama.cpp's order of rows left out.
 */
const MAKE = `
import sys
from pathlib import Path
import torch
from recipes.convert import names
from recipes.convert.adapter import convert_adapter
from recipes.convert.whole import convert_whole
from recipes.models.base import load_base
from recipes.models.tiny import write_tiny
from recipes.train.lora import adapt

folder = Path(sys.argv[1])
base, adapter = folder / "base.gguf", folder / "adapter"
write_tiny(base)
torch.manual_seed(3)
model = adapt(load_base(base).model, 4, 0)
for name, weights in model.named_parameters():
    if ".lora_B." in name:
        torch.nn.init.normal_(weights, std=0.5)
model.save_pretrained(adapter, save_embedding_layers=False)
convert_adapter(adapter, base, folder / "adapter-f16.gguf", "f16")
for suffix, permuted in (("", names.PERMUTED), ("-unpermuted", ())):
    names.PERMUTED = permuted
    convert_adapter(adapter, base, folder / f"adapter{suffix}.gguf", "f32")
    convert_whole(base, adapter, base, folder / f"merged{suffix}.gguf", "f32")
`;

needs(['training'], 'what was trained, in the runtime', () => {
  let folder: string;
  const env = { PYTHONPATH: join(root, 'training'), OMP_NUM_THREADS: '1', OMP_WAIT_POLICY: 'PASSIVE' };
  const file = (name: string) => join(folder, name);
  const python = (args: readonly string[], input = '') => execa(program('training')!, args, { env, input });

  /** What transformers says of the questions, with the weights as training left them. */
  const trained = async (base: string, adapter?: string, asked = questions): Promise<Said[]> => {
    const named = adapter ? ['--adapter', adapter] : [];
    const { stdout } = await python(
      ['-m', 'recipes', 'probe', '--base', base, ...named],
      JSON.stringify(asked),
    );
    const said = JSON.parse(stdout) as { ids: number[]; probabilities: number[] }[];
    return said.map(({ ids, probabilities }) => ({ tokens: ids.length, probabilities }));
  };

  /** What llama.cpp says of them, through the program's own engine. */
  const used = async (base: string, adapter: string | null = null, asked = questions): Promise<Said[]> => {
    const engine = await createLlamaEngine({
      file: base,
      adapter,
      threads: 1,
      contextTokens: 2048,
      gpu: 'off',
    });
    const said: Said[] = [];
    for (const { messages, prefix, choices } of asked) {
      const request = { messages: [...messages], prefix, maxTokens: 4, temperature: 0 };
      const { probabilities, measures } = await engine.score(
        { ...request, timeoutMs: 60_000, session: 'test' },
        choices,
        calm(),
      );
      said.push({ tokens: measures.promptTokens, probabilities });
    }
    await engine.dispose();
    return said;
  };

  const apart = (one: readonly Said[], other: readonly Said[]) =>
    Math.max(...one.map((said, at) => Math.abs(said.probabilities[0]! - other[at]!.probabilities[0]!)));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'beforehand-trained-'));
    await python(['-c', MAKE, folder]);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /**
   * The toy base alone, with no adapter and nothing converted, is up to 0.002 from transformers: llama.cpp keeps keys
   * and values as F16. Rows in the wrong order are 0.05 to 0.8 away.
   */
  const NEAR = 0.005;
  const FAR = 0.05;

  it('an adapter and a merged model say what transformers says', async () => {
    const wanted = await trained(file('base.gguf'), file('adapter'));
    const adapted = await used(file('base.gguf'), file('adapter.gguf'));
    const merged = await used(file('merged.gguf'));
    expect(adapted.map((each) => each.tokens)).toEqual(wanted.map((each) => each.tokens));
    expect(apart(adapted, wanted)).toBeLessThan(NEAR);
    expect(apart(merged, wanted)).toBeLessThan(NEAR);
    expect(apart(adapted, merged)).toBeLessThan(0.001);
    expect(apart(await used(file('base.gguf'), file('adapter-f16.gguf')), wanted)).toBeLessThan(NEAR);
    const plain = await used(file('base.gguf'));
    expect(apart(plain, await trained(file('base.gguf')))).toBeLessThan(NEAR);
    expect(apart(plain, wanted), 'the adapter changes something').toBeGreaterThan(FAR);
  });

  it('leaving out llama.cpp’s order of query and key rows raises no error, and is caught', async () => {
    const wanted = await trained(file('base.gguf'), file('adapter'));
    const adapted = await used(file('base.gguf'), file('adapter-unpermuted.gguf'));
    expect(apart(adapted, wanted)).toBeGreaterThan(FAR);
    expect(apart(await used(file('merged-unpermuted.gguf')), wanted)).toBeGreaterThan(FAR);
  });

  it('the default model’s prompts are the same tokens in training and in use', async () => {
    const { file: real } = await defaultModel();
    const two = questions.slice(0, 2);
    const [wanted, said] = [await trained(real, undefined, two), await used(real, null, two)];
    expect(said.map((each) => each.tokens)).toEqual(wanted.map((each) => each.tokens));
    // Quantised weights are unpacked for training; llama.cpp rounds what it multiplies them with.
    expect(apart(said, wanted)).toBeLessThan(0.06);
  });
});
