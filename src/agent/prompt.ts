import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { CompletionRequest, Message } from '../model/llm.ts';
import type { Observation } from '../model/observation.ts';
import { parseJson, problem } from '../reading/json.ts';
import { ownWords } from './ownWords.ts';

/** A versioned prompt file: wording is data, so that every decision can name the words it came from. */
export const PromptFile = z.object({
  version: z.string().min(1).max(64),
  system: z.string().min(1),
  /** Stands before the list of observations. */
  opening: z.string(),
  /** Stands behind it: the only text after the newest observation, so keep it short. */
  closing: z.string(),
  /** What the reply begins with; part of the prompt. */
  prefix: z.string().optional(),
  ...ownWords,
});
export type PromptFile = z.infer<typeof PromptFile>;

/** Largest prompt file, in bytes: its words have to fit a context. */
const LARGEST = 262_144;

/** Reads a prompt file of the program's own. Throws `unreadable`. */
export function readPrompt(file: string): PromptFile {
  try {
    return PromptFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (thrown) {
    throw new AppError(
      'unreadable',
      `[agent] the prompt ${file} cannot be read; install the program again`,
      thrown,
    );
  }
}

/** Reads a prompt file that the user names. Throws `bad-input` in one sentence: the file, what is wrong and how to mend it. */
export function readOwnPrompt(file: string): PromptFile {
  const refuse = (what: string, thrown?: unknown) =>
    new AppError(
      'bad-input',
      `[agent] the prompt file ${file} ${what}: see docs/guide/prompts.md for what one holds`,
      thrown,
    );
  let text: string;
  try {
    // A pipe would wait for ever, and a device never end.
    const stat = statSync(file);
    if (!stat.isFile()) throw refuse('is no plain file');
    if (stat.size > LARGEST) throw refuse(`is larger than ${LARGEST} bytes`);
    text = readFileSync(file, 'utf8');
  } catch (thrown) {
    throw thrown instanceof AppError ? thrown : refuse('cannot be read', thrown);
  }
  const parsed = PromptFile.safeParse(parseJson(text.replace(/^\uFEFF/, '')));
  if (!parsed.success) throw refuse(`is none (${problem(parsed.error)})`, parsed.error);
  return parsed.data;
}

/** Characters in a token, about, on the safe side: more tokens are expected than come. */
const CHARACTERS = 3;
/** Longest sentence that enters a prompt, in characters: one event must not push out all the others. */
const LONGEST = 400;

/** One observation as one line, without its time: digits are a token each, and the order says most of it. */
function lineOf(observation: Observation): string {
  return `- ${sentenceOf(observation.event)}`;
}

/** A sentence as it enters a prompt: one line, not longer than 400 characters. */
export function sentenceOf(event: string): string {
  const sentence = event.replace(/\s+/g, ' ').trim();
  return sentence.length > LONGEST ? `${sentence.slice(0, LONGEST)}…` : sentence;
}

/** Bounds of a window. `budget` is tokens. */
export interface WindowOptions {
  readonly budget: number;
  /** Most observations; beyond it the older half goes. */
  readonly most?: number;
  /** Characters that an observation takes in the prompt; those of its line unless told. */
  readonly length?: (observation: Observation) => number;
}

/**
 * Chooses which observations the prompt is made of, so that from call to call it keeps its beginning: it starts at
 * the same observation until the window is too long, and then drops its older half at once.
 *
 *     calls:   |aaaa|  |aaaab|  |aaaabb|   too long: |bbc|  |bbcc|
 *
 * Made for one conversation; another list of observations (a new day, a forgotten row) starts afresh.
 */
export function createPromptWindow(
  options: WindowOptions,
): (observations: readonly Observation[]) => readonly Observation[] {
  const most = options.most ?? 200;
  const length = options.length ?? ((observation) => lineOf(observation).length + 1);
  const tokensOf = (observation: Observation) => Math.ceil(length(observation) / CHARACTERS);
  const cost = (observations: readonly Observation[], start: number) =>
    observations.slice(start).reduce((sum, each) => sum + tokensOf(each), 0);
  let anchor: string | null = null;
  return (observations) => {
    const at = anchor === null ? 0 : observations.findIndex((each) => each.id === anchor);
    // The caller's own list slid past the anchor: taking half makes the next slides free.
    const slid = at < 0 && observations.length > 8;
    let start = slid ? Math.floor(observations.length / 2) : Math.max(0, at);
    if (cost(observations, start) > options.budget || observations.length - start > most) {
      const half = Math.max(1, Math.floor(most / 2));
      start = observations.length;
      let spent = 0;
      while (start > 0 && observations.length - start < half) {
        spent += tokensOf(observations[start - 1] as Observation);
        if (spent > options.budget / 2 && start < observations.length) break;
        start -= 1;
      }
    }
    anchor = observations[start]?.id ?? null;
    return observations.slice(start);
  };
}

/** Tokens, about, that a prompt file itself takes: to subtract from the context before the window is chosen. */
export function overhead(prompt: PromptFile): number {
  const own = prompt.system + prompt.opening + prompt.closing + (prompt.prefix ?? '');
  return Math.ceil(own.length / CHARACTERS) + 32;
}

/** The messages of a decision: system, then one list that only ever grows at its end, then a fixed short question. */
export function buildMessages(
  prompt: PromptFile,
  observations: readonly Observation[],
  last = '',
): readonly Message[] {
  const list = observations.map(lineOf).join('\n');
  return [
    { role: 'system', content: prompt.system },
    { role: 'user', content: `${prompt.opening}\n${list}\n${prompt.closing}${last}` },
  ];
}

/** What an answer needs of a suggestion. */
export interface Asked {
  readonly task: string;
  readonly instruction: string;
}

/** The request of the `chat` operation: free text, streamed by the caller's `onText`. Times are milliseconds. */
export function buildAnswer(
  prompt: PromptFile,
  asked: Asked,
  observations: readonly Observation[],
  options: { readonly maxTokens?: number; readonly timeoutMs: number; readonly contextTokens: number },
): CompletionRequest {
  const maxTokens = Math.min(options.maxTokens ?? 400, Math.floor(options.contextTokens / 3));
  const own = overhead(prompt) + Math.ceil((asked.instruction.length + asked.task.length) / CHARACTERS);
  const seen = createPromptWindow({
    budget: Math.max(64, options.contextTokens - maxTokens - own),
    most: 40,
  });
  const last = asked.instruction.includes(asked.task)
    ? asked.instruction
    : `${asked.task}. ${asked.instruction}`;
  return {
    messages: buildMessages(prompt, seen(observations), last),
    maxTokens,
    temperature: 0.3,
    timeoutMs: options.timeoutMs,
    session: 'answer',
    purpose: 'answer',
    promptVersion: prompt.version,
  };
}
