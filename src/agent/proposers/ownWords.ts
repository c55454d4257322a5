import type { Proposer } from '../../model/agent.ts';
import type { Llm } from '../../model/llm.ts';
import type { Observation } from '../../model/observation.ts';
import { Proposal } from '../../model/proposal.ts';
import { buildConversation, createReplies, turnOf } from '../conversation.ts';
import { grammarOf, type ReplyKeys } from '../ownWords.ts';
import { buildMessages, createPromptWindow, overhead, type PromptFile } from '../prompt.ts';
import { LIFETIME, oneLine, toProposal } from './offer.ts';

/** Tokens of a reply that says its thoughts before its task. */
const MAX_TOKENS = 600;
/** What our own names mean, for a conversation in our words. */
const OUR_KEYS: ReplyKeys = {
  help: 'help',
  task: 'task',
  message: 'message',
  why: 'why',
  operation: 'operation',
  argument: 'argument',
};

/**
 * Asks a model that was trained elsewhere, by a prompt file with its own key names (docs/guide/prompts.md). The reply is read
 * tolerantly and stays data: an operation outside the closed union is dropped. It offers when it names a task and does not
 * say no; the probability of a decision is not read, since such a model thinks before it decides. Silence is an empty list,
 * and so is a reply that cannot be read. Rejects only as `Llm` does.
 */
export function createOwnWordsProposer(options: {
  readonly llm: Llm;
  readonly prompt: PromptFile;
  readonly timeoutMs?: number;
  readonly lifetimeMs?: number;
  readonly onSilence?: (reason: string) => void;
}): Proposer {
  const { llm, prompt } = options;
  const keys = prompt.keys ?? OUR_KEYS;
  const maxTokens = prompt.maxTokens ?? MAX_TOKENS;
  const begin = prompt.prefix ?? '';
  const replies = createReplies();
  const inTurns = prompt.format === 'turns';
  const length = (observation: Observation) =>
    turnOf(prompt, observation).length + (replies.get(observation.id)?.length ?? 0) + 24;
  const silent = (reason: string): readonly Proposal[] => {
    options.onSilence?.(reason);
    return [];
  };
  let seen: ReturnType<typeof createPromptWindow> | null = null;
  let budget = 0;

  return {
    name: 'model',
    async propose(context, signal) {
      const room = llm.info().context - maxTokens - overhead(prompt);
      if (!seen || room !== budget) {
        budget = room;
        seen = createPromptWindow({ budget: Math.max(64, room), ...(inTurns && { length }) });
      }
      const observations = seen(context.observations);
      const last = observations.at(-1);
      if (!last) return silent('there is nothing to look at');
      context.onSeen?.(observations);
      const { text, receipt } = await llm.complete(
        {
          messages: inTurns
            ? buildConversation(prompt, observations, replies)
            : buildMessages(prompt, observations),
          ...(begin !== '' && { prefix: begin }),
          ...(prompt.grammar && begin === '' && { grammar: grammarOf(keys) }),
          maxTokens,
          temperature: 0,
          timeoutMs: options.timeoutMs ?? 60_000,
          session: 'decide',
          purpose: 'decide',
          promptVersion: prompt.version,
        },
        signal,
      );
      context.onReceipt(receipt);
      if (receipt.stop === 'abort' || receipt.stop === 'timeout') {
        return silent(`the model was stopped (${receipt.stop})`);
      }
      if (inTurns) replies.keep(last.id, `${begin}${text}`.trim());
      // Loaded here, since it brings a parser that our own prompt needs nothing of.
      const { readTolerantly } = await import('../tolerantReply.ts');
      const reply = readTolerantly(`${begin}${text}`, keys) ?? readTolerantly(text, keys);
      if (!reply) return silent('the reply of the model has none of the keys');
      if (reply.help === false) return silent('the model sees no need');
      if (oneLine(reply.task, 300) === '') return silent('the model named no task');
      const operation = prompt.operations
        ? Object.entries(prompt.operations).find(([name]) => name === reply.operation.trim())?.[1]
        : reply.operation.trim().toLowerCase();
      const purpose = oneLine(reply.purpose, 400);
      const made = Proposal.safeParse({
        ...toProposal(
          { ...reply, operation: operation ?? '' },
          receipt.model.slice(0, 200),
          options.lifetimeMs ?? LIFETIME,
        ),
        ...(purpose !== '' && { purpose }),
      });
      return made.success ? [made.data] : silent('the model named no task that can be shown');
    },
  };
}
