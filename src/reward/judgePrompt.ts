import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { AppError } from '../errors.ts';
import type { Judgement } from '../model/judgement.ts';
import type { Message } from '../model/llm.ts';
import type { Observation } from '../model/observation.ts';
import type { Proposal } from '../model/proposal.ts';

/** A versioned prompt of the judge: wording is data, so that every judgement can name the words it came from. */
export const JudgePrompt = z.object({
  version: z.string().min(1).max(64),
  system: z.string().min(1),
  /** Stands before the list of observations. */
  opening: z.string(),
  /** Stands before the task. */
  proposal: z.string().min(1),
  /** Stands there instead when nothing was proposed. */
  silence: z.string().min(1),
  closing: z.string(),
  /** What the reply begins with; behind it comes the verdict's word. */
  prefix: z.string().min(1),
});
export type JudgePrompt = z.infer<typeof JudgePrompt>;

/** What a judge may see of a moment: the sentences, and the task or silence. */
export type JudgedObservation = Pick<Observation, 'event'>;
/** What of a proposal a judge is told. */
export type JudgedProposal = Pick<Proposal, 'task'>;

/** Reads a prompt of the judge. Throws `unreadable`. */
export function readJudgePrompt(file: string): JudgePrompt {
  try {
    return JudgePrompt.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (thrown) {
    throw new AppError(
      'unreadable',
      `[reward] the judge's prompt ${file} cannot be read; install the program again`,
      thrown,
    );
  }
}

/** Characters in a token, about, on the safe side. */
const CHARACTERS = 3;
/** Longest sentence or task that enters a prompt, in characters. */
const LONGEST = 400;
/** Observations that leave the front together, so that the prompt keeps its beginning for as many calls. */
const BLOCK = 16;

/**
 * The messages of one judgement: system, then the window, then the task last, so that all candidates of one window share
 * everything before it. `budget` is about the tokens that the window may take: beyond it, whole blocks of the oldest
 * observations go. One observation is one line, whatever is in it.
 */
export function judgeMessages(
  prompt: JudgePrompt,
  observations: readonly JudgedObservation[],
  proposal: JudgedProposal | null,
  budget = Infinity,
): readonly Message[] {
  const lines = observations.map(({ event }) => `- ${oneLine(event)}`);
  let start = 0;
  while (start + BLOCK < lines.length && cost(lines, start) > budget) start += BLOCK;
  while (start + 1 < lines.length && cost(lines, start) > budget) start += 1;
  const then = proposal ? `${prompt.proposal}${oneLine(proposal.task)}` : prompt.silence;
  const user = [prompt.opening, ...lines.slice(start), then, prompt.closing].join('\n');
  return [
    { role: 'system', content: prompt.system },
    { role: 'user', content: user },
  ];
}

/** Tokens, about, that a prompt takes beside its window. */
export function judgeOverhead(prompt: JudgePrompt): number {
  const { system, opening, proposal, silence, closing, prefix } = prompt;
  const own = system + opening + proposal + silence + closing + prefix;
  return Math.ceil((own.length + LONGEST) / CHARACTERS) + 32;
}

/** The whole answer of the judge as it is asked for: the verdict, then its reason where there is one. */
export function judgeReply(verdict: Judgement['judgement'], rationale?: string): string {
  return JSON.stringify({ judgement: verdict, ...(rationale && { rationale: oneLine(rationale) }) });
}

/** The judge's conversations as they are really held, for whoever trains a model to hold them. */
export interface JudgeWording {
  readonly version: string;
  prompt(
    seen: readonly JudgedObservation[],
    proposal: JudgedProposal | null,
  ): { readonly system: string; readonly user: string };
  /** The whole answer; `valid` says whether the proposal, or the silence, was right. */
  reply(valid: boolean, rationale?: string): string;
}

/** The wording of one prompt of the judge. */
export function createJudgeWording(prompt: JudgePrompt): JudgeWording {
  return {
    version: prompt.version,
    prompt(seen, proposal) {
      const [system, user] = judgeMessages(prompt, seen, proposal);
      return { system: system?.content ?? '', user: user?.content ?? '' };
    },
    reply: (valid, rationale) => judgeReply(valid ? 'accepted' : 'rejected', rationale),
  };
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}

function cost(lines: readonly string[], start: number): number {
  let sum = 0;
  for (let at = start; at < lines.length; at += 1) sum += Math.ceil((lines[at]!.length + 1) / CHARACTERS);
  return sum;
}
