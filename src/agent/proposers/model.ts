import { z } from 'zod';
import type { Proposer } from '../../model/agent.ts';
import type { CompletionRequest, Llm } from '../../model/llm.ts';
import type { AllowedTool } from '../../model/mcp.ts';
import type { Proposal } from '../../model/proposal.ts';
import { buildMessages, createPromptWindow, overhead, type PromptFile } from '../prompt.ts';
import { LIFETIME, toProposal } from './offer.ts';
import { createOwnWordsProposer } from './ownWords.ts';
import { fillable, toolOperation, toolRules, withTools } from './tools.ts';

/** Tokens for the longest offer that the grammar allows, so that none is cut; silence takes two. */
const MAX_TOKENS = 280;
/** More of them for the arguments of a tool. */
const TOOL_TOKENS = 160;
/** Letters of a text field: no quote, backslash, line break or control character, so the JSON is always whole. */
const TEXT = (most: number) => `[^"\\\\\\x00-\\x1F\\x7F]{3,${most}}`;

/** Most characters of each field of an offer; at least three. */
export const LONGEST = { task: 120, message: 160, why: 120, argument: 160 } as const;

/** What follows `{"help":true`: the decision is made, now the prose. */
const OFFER = [
  'offer ::= ",\\"task\\":\\"" task "\\",\\"message\\":\\"" message "\\",\\"why\\":\\"" why "\\",\\"operation\\":\\"" kind "\\",\\"argument\\":\\"" argument "\\"}"',
  'kind ::= "search" | "chat"',
  `task ::= ${TEXT(LONGEST.task)}`,
  `message ::= ${TEXT(LONGEST.message)}`,
  `why ::= ${TEXT(LONGEST.why)}`,
  `argument ::= ${TEXT(LONGEST.argument)}`,
];

/** Decision first: silence is two tokens, and no prose can talk itself into an offer. */
export const DECISION_GRAMMAR: string = ['root ::= "false}" | "true" offer', ...OFFER].join('\n');
/** For a decision made elsewhere: only the offer. */
export const OFFER_GRAMMAR: string = ['root ::= offer', ...OFFER].join('\n');

/** What a reply may look like: small models and endpoints without grammars leave things out. */
const Reply = z.object({
  help: z.boolean(),
  task: z.string().trim().min(1).catch(''),
  message: z.string().trim().catch(''),
  why: z.string().trim().catch(''),
  operation: z.string().catch(''),
  argument: z.string().trim().catch(''),
  arguments: z.record(z.string(), z.json()).catch({}),
});
type Reply = z.infer<typeof Reply>;

/** Options of the model proposer. */
export interface ModelProposerOptions {
  readonly llm: Llm;
  readonly prompt: PromptFile;
  /**
   * P(help) from which an offer is made. 0.5 is the model's own greedy word, in one call; 0 always offers; another
   * value reads the probability first, for small models lean to one side.
   */
  readonly threshold?: number;
  readonly timeoutMs?: number;
  /** Milliseconds after which an offer's reason no longer lives. */
  readonly lifetimeMs?: number;
  /** Hears why nothing was offered, in words. */
  readonly onSilence?: (reason: string) => void;
  /** Allowed tools of MCP servers, which an offer may then name too; asked anew in each turn. */
  readonly tools?: () => readonly AllowedTool[];
}

/**
 * Asks a language model. One grammar-bound completion a turn, the decision before any prose; the model's text is
 * data: it can name an operation of the closed union and its words, nothing else. Silence is an empty list, and so
 * is a reply that does not parse. Rejects only as `Llm` does.
 */
export function createModelProposer(options: ModelProposerOptions): Proposer {
  if (options.prompt.keys || options.prompt.format === 'turns') return createOwnWordsProposer(options);
  const { llm } = options;
  const threshold = options.threshold ?? 0.5;
  const timeoutMs = options.timeoutMs ?? 60_000;
  const prefix = options.prompt.prefix ?? '{"help":';
  const silent = (reason: string): readonly Proposal[] => {
    options.onSilence?.(reason);
    return [];
  };
  let seen: ReturnType<typeof createPromptWindow> | null = null;
  let budget = 0;

  return {
    name: 'model',
    async propose(context, signal) {
      const tools = fillable(options.tools?.() ?? []);
      const prompt = tools.length > 0 ? withTools(options.prompt, tools) : options.prompt;
      const maxTokens = tools.length > 0 ? MAX_TOKENS + TOOL_TOKENS : MAX_TOKENS;
      const room = llm.info().context - maxTokens - overhead(prompt);
      if (!seen || room !== budget) {
        budget = room;
        seen = createPromptWindow({ budget: Math.max(64, room) });
      }
      const observations = seen(context.observations);
      if (observations.length === 0) return silent('there is nothing to look at');
      context.onSeen?.(observations);
      const request = (begin: string, grammar: string): CompletionRequest => ({
        messages: buildMessages(prompt, observations),
        prefix: begin,
        grammar,
        maxTokens,
        temperature: 0,
        timeoutMs,
        session: 'decide',
        purpose: 'decide',
        promptVersion: prompt.version,
      });

      let begin = prefix;
      let grammar = grammarWith(DECISION_GRAMMAR, tools);
      if (threshold !== 0.5) {
        begin = `${prefix}true`;
        grammar = grammarWith(OFFER_GRAMMAR, tools);
      }
      if (threshold !== 0.5 && threshold > 0) {
        const scored = await llm.score(
          { ...request(prefix, DECISION_GRAMMAR), purpose: 'score' },
          ['true', 'false'],
          signal,
        );
        context.onReceipt(scored.receipt);
        if (scored.receipt.stop !== 'end') return silent(`the model was stopped (${scored.receipt.stop})`);
        const help = scored.probabilities[0] ?? 0;
        if (help < threshold) {
          return silent(`the model gives help ${help.toFixed(2)}, below ${threshold.toFixed(2)}`);
        }
      }
      const { text, receipt } = await llm.complete(request(begin, grammar), signal);
      context.onReceipt(receipt);
      if (receipt.stop === 'abort' || receipt.stop === 'timeout') {
        return silent(`the model was stopped (${receipt.stop})`);
      }
      const reply = parseReply(begin, text);
      if (!reply) return silent('the reply of the model was no JSON');
      if (!reply.help) return silent('the model sees no need');
      if (!reply.task) return silent('the model named no task');
      const made = toProposal(reply, `${receipt.model}`.slice(0, 200), options.lifetimeMs ?? LIFETIME);
      if (!reply.operation.startsWith('mcp ')) return [made];
      // A call that does not fit is no operation: the offer stays, with nothing to run.
      const operation = await toolOperation(tools, reply.operation, reply.arguments);
      return [{ ...made, ...(operation && { operation }) }];
    },
  };
}

/** The grammar with the tools as further operations. */
function grammarWith(grammar: string, tools: ReturnType<typeof fillable>): string {
  if (tools.length === 0) return grammar;
  const tail = 'kind "\\",\\"argument\\":\\"" argument "\\"}"';
  return [grammar.replace(tail, `( ${tail} | tool )`), ...toolRules(tools)].join('\n');
}

/** The reply as JSON, however much of the prefix the model repeated. Null when it is none. */
function parseReply(begin: string, text: string): Reply | null {
  const tries = [begin + text, text, /\{[\s\S]*\}/.exec(text)?.[0] ?? ''];
  for (const each of tries) {
    try {
      const parsed = Reply.safeParse(JSON.parse(each));
      if (parsed.success) return parsed.data;
    } catch {}
  }
  return null;
}
