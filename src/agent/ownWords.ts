import { z } from 'zod';

/** What a member of a model's reply means. `help` is the decision in a word; without one a task that is none is silence. */
export const MEANINGS = ['help', 'task', 'message', 'why', 'purpose', 'operation', 'argument'] as const;
export type Meaning = (typeof MEANINGS)[number];

/** Name of a member as the model spells it: nothing that could end a grammar's text. */
const KeyName = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} _.-]{0,63}$/u, 'letters, digits, spaces, - _ . only');

/** The model's own names of the members, in its order, and what each means. */
export const ReplyKeys = z
  .record(KeyName, z.enum(MEANINGS))
  .refine((keys) => Object.values(keys).includes('task'), 'one of the keys must mean task');
export type ReplyKeys = z.infer<typeof ReplyKeys>;

/** How an observation is written as one JSON turn: `{"Observations": {"Time": …, "Event": …}}` unless told. */
export const TurnShape = z.object({
  observation: KeyName.default('Observations'),
  time: KeyName.nullable().default('Time'),
  event: KeyName.default('Event'),
});
export type TurnShape = z.infer<typeof TurnShape>;

/** The shape of a turn where a file names none. */
export const USUAL_TURN: TurnShape = TurnShape.parse({});

/** What of a prompt file is for a model that was trained elsewhere. */
export const ownWords = {
  keys: ReplyKeys.optional(),
  /** `list`, unless told: one message with a line for each observation. `turns`: a conversation, one JSON turn an observation. */
  format: z.enum(['list', 'turns']).optional(),
  turn: TurnShape.optional(),
  /** The model's names of what can be done; whatever is not among them is dropped. */
  operations: z.record(z.string().min(1).max(64), z.enum(['search', 'chat'])).optional(),
  /** Bind the reply to the keys in their order. Off for a model that knows its form. */
  grammar: z.boolean().optional(),
  /** Most tokens of a reply. */
  maxTokens: z.number().int().min(16).max(4096).optional(),
};

const LONGEST = 400;
const STRING = `"\\"" [^"\\\\\\x00-\\x1F\\x7F]{0,${LONGEST}} "\\""`;

/** A grammar for an object of these keys in their order, the task a text or null, the decision true or false. */
export function grammarOf(keys: ReplyKeys): string {
  const members = Object.entries(keys).map(([name, meaning]) => {
    const value = meaning === 'help' ? 'flag' : meaning === 'task' ? 'maybe' : 'text';
    return `"\\"${name}\\":" ws ${value}`;
  });
  return [
    `root ::= "{" ws ${members.join(' "," ws ')} ws "}"`,
    'ws ::= [ \\n]?',
    'flag ::= "true" | "false"',
    'maybe ::= "null" | text',
    `text ::= ${STRING}`,
  ].join('\n');
}
