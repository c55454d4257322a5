import { AppError } from '../errors.ts';
import type { Judge } from '../model/agent.ts';
import type { Judgement } from '../model/judgement.ts';
import type { CompletionRequest, Llm } from '../model/llm.ts';
import { judgeMessages, judgeOverhead, type JudgePrompt } from './judgePrompt.ts';

const VERDICTS = ['accepted', 'rejected'] as const;
/** Tokens for the verdict's word and what an endpoint wraps around it. */
const WORD_TOKENS = 120;
const RATIONALE_TOKENS = 100;
const LONGEST_RATIONALE = 500;
/** The verdict first and nothing behind it. */
const WORD_GRAMMAR = 'root ::= ("accepted" | "rejected") "\\"}"';
const RATIONALE_GRAMMAR = 'root ::= [^"\\\\\\x00-\\x1F\\x7F]{3,300} "\\"}"';

/** Options of the judge that asks a language model. */
export interface LlmJudgeOptions {
  readonly llm: Llm;
  readonly prompt: JudgePrompt;
  /** P(accepted) from which the verdict is `accepted`. */
  readonly threshold?: number;
  /** Ask for one sentence of reason as well, at the price of its tokens. */
  readonly rationale?: boolean;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * A judge that asks any language model: the verdict is one probability, read at the price of one token. Where an endpoint
 * gives no probabilities the verdict's word is asked for and read instead, and the probability is 1 or 0.
 *
 * Rejects as `Llm` does, with `bad-input` where a reply holds no verdict, `timeout` and `aborted` where a call was stopped.
 */
export function createLlmJudge(options: LlmJudgeOptions): Judge {
  const { llm, prompt } = options;
  const threshold = options.threshold ?? 0.5;
  const signal = options.signal ?? new AbortController().signal;
  let words = false;

  async function probabilityOf(request: CompletionRequest): Promise<number> {
    if (!words) {
      try {
        const { probabilities, receipt } = await llm.score(request, VERDICTS, signal);
        stoppedAt(receipt.stop);
        const [accepted = 0, rejected = 0] = probabilities;
        // Two equal halves is what an endpoint that tells nothing comes to.
        if (accepted !== rejected) return accepted;
      } catch (thrown) {
        if (!isRemote(llm) || !(thrown instanceof AppError) || thrown.code !== 'model-failed') throw thrown;
        // Some endpoints refuse a request for probabilities: their word is asked for from now on.
        words = true;
      }
    }
    const asked = { ...request, grammar: WORD_GRAMMAR, maxTokens: WORD_TOKENS };
    const { text, receipt } = await llm.complete(asked, signal);
    if (receipt.stop !== 'length') stoppedAt(receipt.stop);
    const verdict = verdictOf(`${prompt.prefix}${text}`) ?? verdictOf(text);
    if (!verdict) throw new AppError('bad-input', '[reward] the reply of the model holds no verdict');
    return verdict === 'accepted' ? 1 : 0;
  }

  return {
    name: 'llm',
    async judge(observations, proposal) {
      const info = llm.info();
      const room =
        info.context - judgeOverhead(prompt) - WORD_TOKENS - (options.rationale ? RATIONALE_TOKENS : 0);
      const request: CompletionRequest = {
        messages: judgeMessages(prompt, observations, proposal, Math.max(64, room)),
        prefix: prompt.prefix,
        maxTokens: 1,
        temperature: 0,
        timeoutMs: options.timeoutMs ?? 60_000,
        session: 'judge',
        purpose: 'score',
        promptVersion: prompt.version,
      };
      const probability = await probabilityOf(request);
      const judgement = probability >= threshold ? 'accepted' : 'rejected';
      const by = `${isRemote(llm) ? info.digest : info.alias} ${prompt.version}`.slice(0, 100);
      if (!options.rationale) return { judgement, probability, by };
      const { text } = await llm.complete(
        {
          ...request,
          prefix: `${prompt.prefix}${judgement}","rationale":"`,
          grammar: RATIONALE_GRAMMAR,
          maxTokens: RATIONALE_TOKENS,
        },
        signal,
      );
      const rationale = rationaleOf(text);
      return { judgement, probability, by, ...(rationale && { rationale }) };
    },
  };
}

/**
 * The verdict in a reply: behind the key `judgement`, or else the only one of the two words in it. Null where there is
 * none, or both without a key.
 */
export function verdictOf(text: string): Judgement['judgement'] | null {
  const keyed = /["']?judge?ment["']?\s*[:=]\s*["']?\s*(accepted|rejected)/i.exec(text)?.[1];
  if (keyed) return keyed.toLowerCase() as Judgement['judgement'];
  const found = VERDICTS.filter((word) => new RegExp(`\\b${word}\\b`, 'i').test(text));
  return found.length === 1 ? found[0]! : null;
}

/** Whether it is an endpoint: where it stands, this machine included, says nothing of what it can tell. */
function isRemote(llm: Llm): boolean {
  return llm.info().alias === 'remote';
}

function stoppedAt(stop: string): void {
  if (stop === 'timeout') throw new AppError('timeout', '[reward] the judge gave no verdict in its time');
  if (stop === 'abort') throw new AppError('aborted', '[reward] the judge was stopped');
}

/** One line without control characters and direction marks, up to the closing quote. */
function rationaleOf(text: string): string {
  const inner = /^\s*\{/.test(text) ? (/"rationale"\s*:\s*"([^"]*)/.exec(text)?.[1] ?? '') : text;
  return inner
    .replace(/"\s*\}?[\s\S]*$/, '')
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_RATIONALE);
}
