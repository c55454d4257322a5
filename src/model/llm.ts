import type { Receipt } from './decision.ts';

/** One turn of a conversation. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What to complete. Messages that stay the same from call to call at the front are not prefilled again. */
export interface CompletionRequest {
  readonly messages: readonly Message[];
  /** Text the reply must begin with; part of the prompt, not of the result. */
  readonly prefix?: string;
  /** GBNF grammar that binds the output. An endpoint without grammars ignores it: parse what comes. */
  readonly grammar?: string;
  readonly maxTokens: number;
  /** 0 is greedy. */
  readonly temperature: number;
  /** Milliseconds; the call ends with stop `timeout` and what it has. */
  readonly timeoutMs: number;
  /** Calls with the same key share one cached prefix; different uses should not evict each other. */
  readonly session: string;
  readonly purpose: Receipt['purpose'];
  readonly promptVersion: string;
  /** Called with each new piece of text as it is written. */
  readonly onText?: (text: string) => void;
}

/** What came back, with its receipt. A stopped call still carries the text so far. */
export interface Completion {
  readonly text: string;
  readonly receipt: Receipt;
}

/** Which model this is and whether it is fit to use. */
export interface LlmInfo {
  readonly alias: string;
  /** SHA-256 of the weights (and of an adapter over them, behind a `+`), or the endpoint's model name. */
  readonly digest: string;
  readonly state: 'loading' | 'ready' | 'missing' | 'damaged' | 'failed' | 'off';
  /** In words, when it is not ready: what is wrong and the command that mends it. */
  readonly reason?: string;
  /** Whether what it proposes is shown by default: it has earned that on this machine. */
  readonly shows: boolean;
  /** Why what it proposes is hidden, in words, and the command that measures it. */
  readonly hidden?: string;
  /** Whether it is large enough to write what a person asked for; as `shows` where it is not told. */
  readonly answers?: boolean;
  /** Tokens the context holds. */
  readonly context: number;
  /** True when what is sent leaves this machine. */
  readonly leaves: boolean;
}

/**
 * A language model, wherever it runs.
 *
 * Contract: `complete` and `score` reject only with an AppError (`model-missing`, `model-damaged`, `model-failed`);
 * abort and time-out are values (`receipt.stop`). Calls are served one at a time, in order.
 */
export interface Llm {
  info(): LlmInfo;
  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion>;
  /** Probability of each choice as the next text, normalised over the choices, and the receipt. */
  score(
    request: CompletionRequest,
    choices: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly probabilities: readonly number[]; readonly receipt: Receipt }>;
  close(): Promise<void>;
}
