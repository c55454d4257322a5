// Texts to read without knowing whose they are: `node training/blindReading.ts --windows FILE --out DIR --base FILE
// [--adapter FILE] [--seed 6]`. At each window the model is made to offer (the decision stays with the gate), untuned and
// with the adapter, by the runtime of the product; patterns say what they say. OUT/reading.json holds the texts shuffled and
// numbered, OUT/key.json whose each is: open it when all are judged. A run without --adapter only prepares the other two.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createGate, GateWeights } from '../src/agent/gate.ts';
import { factsFromSentences } from '../src/agent/facts.ts';
import { readPrompt } from '../src/agent/prompt.ts';
import { createModelProposer } from '../src/agent/proposers/model.ts';
import { createPatterns } from '../src/agent/proposers/patterns/index.ts';
import { createRandom } from '../src/bench/random.ts';
import { observationsOf } from '../src/bench/protocol/traces.ts';
import { createLocalLlm } from '../src/llm/local.ts';
import type { Proposer } from '../src/model/agent.ts';
import { systemClock } from '../src/model/ports.ts';
import { Settings } from '../src/model/settings.ts';
import { createNodeSpawn } from '../src/ports/spawn.ts';
import type { Observed } from '../src/proactivebench/rows.ts';

interface Window {
  readonly id: string;
  readonly trace: string;
  readonly obs: readonly Observed[];
  readonly needed: boolean;
}
interface Said {
  readonly window: string;
  readonly task: string | null;
  readonly message: string | null;
}

const { values } = parseArgs({
  options: {
    windows: { type: 'string' },
    out: { type: 'string' },
    base: { type: 'string' },
    adapter: { type: 'string' },
    seed: { type: 'string', default: '6' },
  },
});
if (!values.windows || !values.out || !values.base) throw new Error('name --windows, --out and --base');
const out = resolve(values.out);
mkdirSync(out, { recursive: true, mode: 0o700 });
const assets = join(import.meta.dirname, '../src/assets');
const prompt = readPrompt(join(assets, 'prompts', 'decide-1.json'));
const gate = createGate(GateWeights.parse(JSON.parse(readFileSync(join(assets, 'gate.json'), 'utf8'))));
// By trace and length, so that the model keeps what it has read.
const windows = (JSON.parse(readFileSync(values.windows, 'utf8')) as Window[]).toSorted(
  (a, b) => a.trace.localeCompare(b.trace) || a.obs.length - b.obs.length,
);

await kept('patterns', async () => said('patterns', createPatterns()));
await kept('untuned', () => byModel('untuned', null));
if (values.adapter) {
  await kept('tuned', () => byModel('tuned', resolve(values.adapter!)));
  shuffle();
}

async function byModel(name: string, adapter: string | null): Promise<readonly Said[]> {
  const llm = createLocalLlm({
    spawn: createNodeSpawn(),
    clock: systemClock,
    model: { alias: name, file: resolve(values.base!), digest: '', answers: false, adapter },
    settings: { ...Settings.parse({}).model, threads: 1, gpu: 'off' },
  });
  try {
    return await said(name, [createModelProposer({ llm, prompt, threshold: 0, timeoutMs: 300_000 })]);
  } finally {
    await llm.close();
  }
}

async function said(name: string, proposers: readonly Proposer[]): Promise<readonly Said[]> {
  const found: Said[] = [];
  for (const window of windows) {
    const observations = observationsOf(window.obs);
    const now = observations.at(-1)!.time;
    const need = gate.need(factsFromSentences(observations, now));
    let first: Awaited<ReturnType<Proposer['propose']>>[number] | undefined;
    for (const proposer of proposers)
      first ??= (
        await proposer.propose(
          { now, observations, events: [], need, onReceipt: () => {} },
          new AbortController().signal,
        )
      )[0];
    found.push({ window: window.id, task: first?.task ?? null, message: first?.message ?? null });
    process.stderr.write(`${name}: ${found.length} of ${windows.length}\n`);
  }
  return found;
}

/** What was said before is not said again. */
async function kept(name: string, say: () => Promise<readonly Said[]>): Promise<void> {
  const file = join(out, `${name}.json`);
  if (existsSync(file)) return;
  const all = await say();
  writeFileSync(file, JSON.stringify(all));
}

function shuffle(): void {
  const random = createRandom(Number(values.seed));
  const all = ['patterns', 'untuned', 'tuned'].flatMap((who) =>
    (JSON.parse(readFileSync(join(out, `${who}.json`), 'utf8')) as Said[]).map((each) => ({ who, ...each })),
  );
  // Window by window, so that a reader knows the moment; whose text comes first is chance.
  const order = windows.map(({ id }) => ({ id, at: random() })).toSorted((a, b) => a.at - b.at);
  const items = order.flatMap(({ id }) =>
    all
      .filter(({ window, task }) => window === id && task !== null)
      .map((each) => ({ each, at: random() }))
      .toSorted((a, b) => a.at - b.at)
      .map(({ each }) => each),
  );
  const reading = order.map(({ id }) => ({
    window: id,
    obs: windows.find((each) => each.id === id)!.obs.map(({ event }) => event),
    texts: items.flatMap(({ window, task }, number) => (window === id ? [{ number, task }] : [])),
  }));
  writeFileSync(join(out, 'reading.json'), JSON.stringify(reading, null, 1));
  writeFileSync(join(out, 'key.json'), JSON.stringify(items.map(({ who, window }) => ({ who, window }))));
}
