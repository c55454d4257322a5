import type { Message } from '../model/llm.ts';
import type { Observation } from '../model/observation.ts';
import { USUAL_TURN } from './ownWords.ts';
import { type PromptFile, sentenceOf } from './prompt.ts';

/** Replies that are remembered for the turns of a conversation. */
const MOST = 400;

/** What the model answered earlier, by the observation it answered at. */
export interface Replies {
  get(observation: string): string | undefined;
  keep(observation: string, reply: string): void;
}

/** Replies in memory, the oldest forgotten. */
export function createReplies(): Replies {
  const known = new Map<string, string>();
  return {
    get: (observation) => known.get(observation),
    keep(observation, reply) {
      known.delete(observation);
      known.set(observation, reply);
      if (known.size > MOST) known.delete([...known.keys()][0]!);
    },
  };
}

/**
 * The messages of a decision as a conversation: system, then one JSON turn an observation, and behind those that were
 * answered the model's own reply. Observations without one stand together in one message, since many templates want the
 * roles in turn. History never changes; the closing stands behind the newest turn alone.
 */
export function buildConversation(
  prompt: PromptFile,
  observations: readonly Observation[],
  replies: Replies,
): readonly Message[] {
  const messages: Message[] = [{ role: 'system', content: prompt.system }];
  let waiting: string[] = prompt.opening === '' ? [] : [prompt.opening];
  for (const [at, observation] of observations.entries()) {
    waiting.push(turnOf(prompt, observation));
    const reply = at < observations.length - 1 ? replies.get(observation.id) : undefined;
    if (reply === undefined) continue;
    messages.push({ role: 'user', content: waiting.join('\n') }, { role: 'assistant', content: reply });
    waiting = [];
  }
  if (prompt.closing !== '') waiting.push(prompt.closing);
  return [...messages, { role: 'user', content: waiting.join('\n') }];
}

/** One observation as one line of JSON; Unix seconds, as ProactiveBench writes a time. */
export function turnOf({ turn = USUAL_TURN }: PromptFile, { time, event }: Observation): string {
  return JSON.stringify({
    [turn.observation]: {
      ...(turn.time !== null && { [turn.time]: String(time / 1000) }),
      [turn.event]: sentenceOf(event),
    },
  });
}
