import { z } from 'zod';
import type { Feedback } from '../model/feedback.ts';
import { CATEGORIES } from '../model/label.ts';
import { answerRow, STUDY_ANSWERS, StudyAnswerRow } from '../model/studyRows.ts';
import { agentExample, type Example, judgeExample, preference, unpaired } from './examples.ts';
import type { LeftOut } from '../model/exporting.ts';
import { benchRow, ProactiveBenchRow } from './proactivebench.ts';
import type { Prompt, Wording } from './wording.ts';

/** ProactiveBench's category, beside what the judge should say; LLaMA-Factory passes over columns it is not told of. */
const category = z.enum(CATEGORIES).optional();

/** LLaMA-Factory's ShareGPT layout, one turn each (its data/README: `conversations`, `from`, `value`, `system`). */
export const ShareGptRow = z.strictObject({
  system: z.string(),
  conversations: z.tuple([
    z.strictObject({ from: z.literal('human'), value: z.string().min(1) }),
    z.strictObject({ from: z.literal('gpt'), value: z.string().min(1) }),
  ]),
  category,
});

/** LLaMA-Factory's Alpaca layout: `input` stays empty, since the prompt is one text. */
export const AlpacaRow = z.strictObject({
  system: z.string(),
  instruction: z.string().min(1),
  input: z.literal(''),
  output: z.string().min(1),
  category,
});

const asked = z.tuple([
  z.strictObject({ role: z.literal('system'), content: z.string() }),
  z.strictObject({ role: z.literal('user'), content: z.string().min(1) }),
]);
const said = z.tuple([z.strictObject({ role: z.literal('assistant'), content: z.string().min(1) })]);

/** TRL's preference format, conversational and with an explicit prompt. */
export const PreferenceRow = z
  .strictObject({ prompt: asked, chosen: said, rejected: said })
  .refine(
    (row) => row.chosen[0].content !== row.rejected[0].content,
    'both sides of a preference are the same',
  );

/** TRL's unpaired preference format, conversational. */
export const UnpairedRow = z.strictObject({ prompt: asked, completion: said, label: z.boolean() });

/** A format of which every line is one answer as JSON. */
export interface LineFormat {
  readonly file: string;
  readonly row: z.ZodType;
  /** The row, or why there is none. */
  of(feedback: Feedback, wording: Wording): object | LeftOut;
  /** Its entry in LLaMA-Factory's `dataset_info.json`. */
  readonly info?: { readonly name: string; readonly entry: object };
}

const SHAREGPT = {
  formatting: 'sharegpt',
  columns: { messages: 'conversations', system: 'system' },
  tags: { role_tag: 'from', content_tag: 'value', user_tag: 'human', assistant_tag: 'gpt' },
};
const ALPACA = {
  formatting: 'alpaca',
  columns: { prompt: 'instruction', query: 'input', response: 'output', system: 'system' },
};

type ExampleOf = (feedback: Feedback, wording: Wording) => Example | LeftOut;

function shareGpt(model: 'agent' | 'reward', example: ExampleOf): LineFormat {
  const file = `${model}_sharegpt.jsonl`;
  return {
    file,
    row: ShareGptRow,
    of(feedback, wording) {
      const found = example(feedback, wording);
      if (typeof found === 'string') return found;
      const { prompt, reply, category: kind } = found;
      return {
        system: prompt.system,
        conversations: [
          { from: 'human', value: prompt.user },
          { from: 'gpt', value: reply },
        ],
        ...(kind && { category: kind }),
      };
    },
    info: { name: `beforehand_${model}_sharegpt`, entry: { file_name: file, ...SHAREGPT } },
  };
}

function alpaca(model: 'agent' | 'reward', example: ExampleOf): LineFormat {
  const file = `${model}_alpaca.jsonl`;
  return {
    file,
    row: AlpacaRow,
    of(feedback, wording) {
      const found = example(feedback, wording);
      if (typeof found === 'string') return found;
      const { prompt, reply, category: kind } = found;
      const row = { system: prompt.system, instruction: prompt.user, input: '', output: reply };
      return { ...row, ...(kind && { category: kind }) };
    },
    info: { name: `beforehand_${model}_alpaca`, entry: { file_name: file, ...ALPACA } },
  };
}

const turns = ({ system, user }: Prompt) => [
  { role: 'system', content: system },
  { role: 'user', content: user },
];
const assistant = (content: string) => [{ role: 'assistant', content }];

/** Every format of one line of JSON an answer. */
export const LINE_FORMATS = {
  proactivebench: { file: 'reward_data.jsonl', row: ProactiveBenchRow, of: benchRow },
  'agent-sharegpt': shareGpt('agent', agentExample),
  'agent-alpaca': alpaca('agent', agentExample),
  'reward-sharegpt': shareGpt('reward', judgeExample),
  'reward-alpaca': alpaca('reward', judgeExample),
  'trl-preference': {
    file: 'trl_preference.jsonl',
    row: PreferenceRow,
    of(feedback, wording) {
      const found = preference(feedback, wording);
      if (typeof found === 'string') return found;
      const { prompt, chosen, rejected } = found;
      return { prompt: turns(prompt), chosen: assistant(chosen), rejected: assistant(rejected) };
    },
  },
  'study-answers': { file: STUDY_ANSWERS, row: StudyAnswerRow, of: answerRow },
  'trl-unpaired': {
    file: 'trl_unpaired.jsonl',
    row: UnpairedRow,
    of(feedback, wording) {
      const found = unpaired(feedback, wording);
      if (typeof found === 'string') return found;
      const { prompt, reply, valid } = found;
      return { prompt: turns(prompt), completion: assistant(reply), label: valid };
    },
  },
} as const satisfies Readonly<Record<string, LineFormat>>;
