// Conversations that teach a model to word a task, from a folder in ProactiveBench's layout:
// `node training/wordingData.ts --data DIR --out DIR [--held-out 3] [--models a,b] [--least 0.4] [--seed 6]`.
// Writes OUT/train and OUT/held (what `npm run training -- agent --data` takes) and OUT/windows.json (windows to read).
// Whole traces are held out: every trace that shares a long sentence with one of them is left out of training too.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { toProposal } from '../src/agent/proposers/offer.ts';
import { readPrompt } from '../src/agent/prompt.ts';
import { createWording } from '../src/agent/wording.ts';
import { createRandom } from '../src/bench/random.ts';
import { observationsOf } from '../src/bench/protocol/traces.ts';
import { sameTopic, topicOf } from '../src/model/topic.ts';
import { readBenchFolder } from '../src/proactivebench/folder.ts';
import { type Observed, tasksOf } from '../src/proactivebench/rows.ts';
import { windowsOf } from '../src/proactivebench/windows.ts';
import { FEATURE_NAMES } from '../src/reward/features.ts';
import { createLinearScore, fitLinearJudges } from '../src/reward/linearJudge.ts';

/**
 * Open-weight models whose terms let their words train another model: Qwen2 7B (Apache-2.0), and DeepSeek LLM 7B (whose
 * licence counts a model trained on its words as a derivative: its use restrictions go with the weights). Qwen2 72B's and
 * Llama 3's licences forbid it, Llama 3.1's wants "Llama" in the name, and closed models are not open to ask.
 */
const MODELS = 'qwen2-7b,deepseek-7b-chat';
/** Sentences this long that two traces share tell that they are of one day. */
const LONG = 40;
const LIFETIME = 60_000;

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    'held-out': { type: 'string', default: '3' },
    models: { type: 'string', default: MODELS },
    least: { type: 'string', default: '0.4' },
    windows: { type: 'string', default: '40' },
    seed: { type: 'string', default: '6' },
  },
});
if (!values.data || !values.out) throw new Error('name --data DIR and --out DIR');
const seed = Number(values.seed);
const folder = await readBenchFolder(resolve(values.data));
const prompt = readPrompt(join(import.meta.dirname, '../src/assets/prompts/decide-1.json'));
const wording = createWording(prompt);

const windows = windowsOf([...folder.train, ...folder.test]);
const traces = [...new Set(windows.map(({ trace }) => trace))];
const held = new Set(shuffled(traces, seed).slice(0, Number(values['held-out'])));
const heldSentences = new Set(
  windows.filter(({ trace }) => held.has(trace)).flatMap(({ obs }) => obs.map(({ event }) => event)),
);
const touches = (obs: readonly Observed[]) =>
  obs.some(({ event }) => event.length >= LONG && heldSentences.has(event));

const training = windows.filter(({ trace, obs }) => !held.has(trace) && !touches(obs));
const moments = training.flatMap(({ rows }) =>
  rows.map((row) => ({
    events: row.obs.map(({ event }) => event),
    task: row.pred_task,
    accepted: row.valid,
  })),
);
const [weights] = fitLinearJudges(moments, {
  name: 'wording-filter',
  shape: { words: true, features: FEATURE_NAMES },
  ridges: [30],
});
const score = createLinearScore(weights!);

interface Line {
  readonly obs: readonly Observed[];
  readonly answer: string;
  /** The part of the answer that the grammar gives, and whether the answer is whole. */
  readonly given: string;
  readonly ends: boolean;
}
const GIVEN = '{"help":true,"task":"';

/** A person took the task; how it would have been said is not known, so the loss is on the task alone. */
const taken = (from: typeof windows): readonly Line[] =>
  from.flatMap(({ rows }) =>
    distinct(rows.flatMap((row) => (row.valid && row.pred_task !== null ? [row.pred_task] : []))).flatMap(
      (task) => {
        const whole = wording.reply(
          toProposal({ task, message: '', why: '', operation: 'chat', argument: '' }, 'people', LIFETIME),
        );
        const end = whole?.indexOf('","message"') ?? -1;
        return end < 0
          ? []
          : [{ obs: rows[0]!.obs, answer: whole!.slice(0, end + 3), given: GIVEN, ends: false }];
      },
    ),
  );

const counts: Record<string, number> = {};
/** What published models proposed, kept where the reward model of the training traces expects a yes. */
const proposed = values.models.split(',').flatMap((model) =>
  (folder.models.get(model) ?? []).flatMap(({ steps }) => {
    const whole = steps.map(({ observation }) => observation);
    if (touches(whole)) return [];
    const topics: string[] = [];
    return steps.flatMap((step, at): readonly Line[] => {
      const obs = whole.slice(0, at + 1);
      const told = (step.other_infomation ?? {}) as { readonly Response?: string; readonly Purpose?: string };
      const task = tasksOf(step.agent_response)[0]?.trim();
      if (!task || /^none\b/i.test(task) || typeof told.Response !== 'string') return [];
      counts[`${model} proposed`] = (counts[`${model} proposed`] ?? 0) + 1;
      const topic = topicOf(task);
      if (score({ events: obs.map(({ event }) => event), task }) < Number(values.least)) return [];
      if (topics.slice(-3).some((each) => sameTopic(each, topic))) return [];
      topics.push(topic);
      const answer = wording.reply(
        toProposal(
          { task, message: told.Response, why: told.Purpose ?? '', operation: 'chat', argument: task },
          model,
          LIFETIME,
        ),
      );
      if (answer === null) return [];
      counts[`${model} kept`] = (counts[`${model} kept`] ?? 0) + 1;
      return [{ obs, answer, given: GIVEN, ends: true }];
    });
  }),
);

const out = resolve(values.out);
write('train', [...taken(training), ...proposed]);
write('held', taken(windows.filter(({ trace }) => held.has(trace))));
const chosen = shuffled(
  windows.filter(({ trace }) => held.has(trace)),
  seed + 1,
).slice(0, Number(values.windows));
writeFileSync(
  join(out, 'windows.json'),
  JSON.stringify(chosen.map(({ id, trace, obs, needed }) => ({ id, trace, obs, needed }))),
);
const summary = {
  data: folder.digest,
  seed,
  least: Number(values.least),
  heldOut: [...held],
  trainingWindows: training.length,
  heldWindows: windows.filter(({ trace }) => held.has(trace)).length,
  taken: taken(training).length,
  ...counts,
};
writeFileSync(join(out, 'made.json'), `${JSON.stringify(summary, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(summary)}\n`);

function write(name: string, lines: readonly Line[]): void {
  const place = join(out, name);
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const rows = lines.map(({ obs, answer, given, ends }) => {
    const { system, user } = wording.prompt(observationsOf(obs));
    return {
      system,
      conversations: [
        { from: 'human', value: user },
        { from: 'gpt', value: answer },
      ],
      given,
      ends,
    };
  });
  writeFileSync(join(place, 'agent.json'), JSON.stringify(rows), { mode: 0o600 });
  writeFileSync(
    join(place, 'dataset_info.json'),
    JSON.stringify({
      agent: {
        file_name: 'agent.json',
        formatting: 'sharegpt',
        columns: { messages: 'conversations', system: 'system' },
      },
    }),
  );
}

function distinct(texts: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const text of texts) if (!found.some((each) => each.trim() === text.trim())) found.push(text);
  return found;
}

function shuffled<T>(items: readonly T[], from: number): T[] {
  const random = createRandom(from);
  const list = [...items];
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [list[at], list[other]] = [list[other]!, list[at]!];
  }
  return list;
}
