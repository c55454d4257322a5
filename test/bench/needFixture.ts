import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRandom } from '../../src/bench/random.ts';

interface Seen {
  readonly time: string | number;
  readonly event: string;
}

/** Made-up traces; `help` marks the observations after which help was wanted. */
const TRACES: readonly { readonly seen: readonly Seen[]; readonly help: readonly number[] }[] = [
  {
    // Prose times, and one sentence twice.
    seen: [
      { time: 'Day 1, 11:50 PM', event: 'The user opens the seed list in a spreadsheet.' },
      { time: 'Day 1, 11:55 PM', event: "The user searches for 'beetroot spacing' on Google." },
      { time: 'Day 1, 11:58 PM', event: 'The user saves the seed list.' },
      { time: 'Day 2, 12:02 AM', event: "The user searches for 'beetroot thinning' on Google." },
      { time: 'Day 2, 12:05 AM', event: 'The user saves the seed list.' },
    ],
    help: [1, 3, 4],
  },
  {
    seen: [
      { time: '1700000000.5', event: 'The user opens the kiln log.' },
      { time: '1700000060', event: 'The user writes down the temperature.' },
      { time: '1700000120', event: 'The user compares two glazes.' },
      { time: '1700000180', event: 'The user closes the window.' },
    ],
    help: [2],
  },
  {
    // Ends like the trace before, at another time.
    seen: [
      { time: '1700009000', event: 'The user opens the tide table.' },
      { time: '1700009060', event: "The user searches for 'spring tide' on Google." },
      { time: '1700009120', event: 'The user closes the window.' },
    ],
    help: [1, 2],
  },
  {
    // Two sentences that stand in two files of a model, at the same time or at none that can be read.
    seen: [
      { time: '1700020000', event: 'The user opens the bus timetable.' },
      { time: '1700020060', event: 'The user types a street name.' },
      { time: 'later', event: 'The user waits.' },
      { time: 'later', event: 'The user prints the page.' },
    ],
    help: [0, 2, 3],
  },
];

/** Responses by place; a place without one is a step that the model has not got. */
type Said = Readonly<Record<number, unknown>>;

const ALL: readonly Said[] = [
  { 0: [], 1: ['Look up the spacing of beetroot.'], 2: ['Sort the list.'], 3: null, 4: [] },
  { 0: 'null', 1: [], 2: ['Compare the glazes.'], 3: ['Archive the log.'] },
  { 0: [], 1: { candidate_task: 'Find the spring tides.' }, 2: { candidate_task: null } },
  { 0: ['null'], 1: 'Fill in the street.', 2: '', 3: { candidate_task: ['Print two copies.'] } },
];

/** Only one of the two steps "The user closes the window.", "None" as an answer, and a trace whose file is missing. */
const FEW: readonly Said[] = [
  { 0: ['None'], 1: [], 2: 'none', 3: ['Thin the beetroot.'], 4: [] },
  { 1: [], 2: ['Mix a glaze.'] },
  { 0: ['Plan the day.'], 1: [], 2: ['Plan a walk.'] },
  {},
];

/** Writes a folder in ProactiveBench's layout: reward data, and traces of `thorough` and `sparse`. */
export function writeNeedFixture(folder: string): void {
  const rows = TRACES.flatMap(({ seen, help }) =>
    seen.flatMap((_, at) => {
      const needed = help.includes(at);
      const row = {
        obs: seen.slice(0, at + 1),
        pred_task: null,
        valid: !needed,
        help_needed: needed,
        annotation: [!needed, !needed],
        category: needed ? 'Missed-Need (MN)' : 'Correct-Rejection (CR)',
      };
      const proposal = { ...row, pred_task: 'Do it.', valid: needed, category: 'False-Alarm (FA)' };
      return [row, proposal];
    }),
  );
  mkdirSync(join(folder, 'reward_data'), { recursive: true });
  const lines = rows.map((row) => JSON.stringify(row));
  writeFileSync(join(folder, 'reward_data', 'train_data.jsonl'), `${lines.join('\n')}\n`);
  writeFileSync(join(folder, 'reward_data', 'test_data.jsonl'), `${lines[3]}\n`);
  writeModel(folder, 'thorough', ALL);
  writeModel(folder, 'sparse', FEW);
  // The same end as a trace of the reward data, at the same unreadable time, after other sentences.
  writeTrace(folder, 'thorough', 'other', [
    { observation: { time: 1, event: 'The user opens a recipe.' }, agent_response: [] },
    { observation: { time: 'later', event: 'The user prints the page.' }, agent_response: [] },
  ]);
}

/** Few sentences and times in many traces, so that nearly everything stands several times; models `m10`, `m11`, … */
export function writeMixedFixture(folder: string, models: number): void {
  const random = createRandom(11);
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const trace = (length: number): readonly Seen[] =>
    Array.from({ length }, () => ({
      time: one([
        '1700000000',
        1_700_000_000,
        '1700000000.0',
        'Day 1, 9:00 AM',
        ' Day 1, 9:00 AM',
        '',
        '0',
        'soon',
      ]),
      event: `The user turns page ${one([1, 2, 3, 4, 5, 6, 7, 8, 9])}.`,
    }));
  const traces = Array.from({ length: 6 }, () => trace(6));
  const rows = traces.flatMap((seen) =>
    seen.map((_, at) => ({
      obs: seen.slice(0, at + 1),
      pred_task: null,
      valid: true,
      help_needed: random() < 0.5,
      annotation: [true],
      category: 'Correct-Rejection (CR)',
    })),
  );
  mkdirSync(join(folder, 'reward_data'), { recursive: true });
  writeFileSync(
    join(folder, 'reward_data', 'train_data.jsonl'),
    rows.map((row) => JSON.stringify(row)).join('\n'),
  );
  const answers = [
    [],
    ['Turn two.'],
    null,
    'null',
    { candidate_task: null },
    { candidate_task: 'Turn.' },
    [''],
    'Go.',
  ];
  for (let model = 10; model < 10 + models; model += 1) {
    for (let day = 0; day < 3; day += 1) {
      const steps = [...one(traces).slice(Math.floor(random() * 4)), ...trace(Math.floor(random() * 3))];
      const said = steps.map((observation) => ({ observation, agent_response: one(answers) }));
      if (said.length > 0) writeTrace(folder, `m${model}`, `day_${day}`, said);
    }
  }
}

function writeModel(folder: string, model: string, said: readonly Said[]): void {
  for (const [trace, answers] of said.entries()) {
    const steps = TRACES[trace]!.seen.flatMap((observation, at) =>
      at in answers ? [{ observation, agent_response: answers[at] }] : [],
    );
    if (steps.length > 0) writeTrace(folder, model, `day_${trace}`, steps);
  }
}

function writeTrace(folder: string, model: string, name: string, steps: readonly unknown[]): void {
  mkdirSync(join(folder, 'traces', model), { recursive: true });
  writeFileSync(join(folder, 'traces', model, `${name}.json`), JSON.stringify(steps));
}
