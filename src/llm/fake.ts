import { AppError } from '../errors.ts';
import type { Receipt } from '../model/decision.ts';
import { newId } from '../model/id.ts';
import type { CompletionRequest, Llm, LlmInfo } from '../model/llm.ts';

/** One scripted reply: text; a refusal; or a text that is written after `ms` milliseconds, for aborts and time-outs. */
export type FakeReply =
  | string
  | { readonly text: string; readonly ms: number }
  | { readonly error: 'model-missing' | 'model-damaged' | 'model-failed' };

/** What the fake says, and what it is asked: a list used up in order (the last stays), or a function. */
export interface FakeScript {
  readonly replies?: readonly FakeReply[] | ((request: CompletionRequest) => FakeReply);
  /** Probabilities for `score`, normalised by the caller of the script. */
  readonly scores?:
    | readonly number[]
    | ((request: CompletionRequest, choices: readonly string[]) => readonly number[]);
  readonly info?: Partial<LlmInfo>;
  readonly now?: () => number;
}

/** A scripted model for tests. `requests` is what it was asked, in order. Tokens are words. */
export function createFakeLlm(script: FakeScript = {}): Llm & { readonly requests: CompletionRequest[] } {
  const requests: CompletionRequest[] = [];
  const seen = new Map<string, string[]>();
  let last: Promise<unknown> = Promise.resolve();
  let used = 0;
  let closed = false;

  const cost = (request: CompletionRequest) => {
    const words = [...request.messages.map((each) => each.content), request.prefix ?? '']
      .join(' ')
      .split(/\s+/);
    const before = seen.get(request.session) ?? [];
    let kept = 0;
    while (kept < before.length && kept < words.length - 1 && before[kept] === words[kept]) kept += 1;
    seen.set(request.session, words);
    return { promptTokens: words.length, prefillTokens: words.length - kept };
  };
  const receipt = (
    request: CompletionRequest,
    begun: number,
    costs: { promptTokens: number; prefillTokens: number; outputTokens: number },
    stop: Receipt['stop'],
  ): Receipt => {
    const at = script.now?.() ?? Date.now();
    const ms = performance.now() - begun;
    return {
      id: newId(at),
      at,
      purpose: request.purpose,
      model: 'fake',
      promptVersion: request.promptVersion,
      ...costs,
      firstTokenMs: ms,
      totalMs: ms,
      memoryBytes: 0,
      stop,
    };
  };
  const queue = <T>(job: () => Promise<T>): Promise<T> => {
    const result = last.then(job, job);
    last = result.catch(() => {});
    return result;
  };
  const open = () => {
    if (closed) throw new AppError('model-failed', '[llm:fake] the model was closed');
  };

  return {
    requests,
    info: () => ({
      alias: 'fake',
      digest: 'fake',
      state: closed ? 'off' : 'ready',
      shows: true,
      context: 4096,
      leaves: false,
      ...script.info,
    }),
    complete: (request, signal) =>
      queue(async () => {
        open();
        requests.push(request);
        const begun = performance.now();
        const replies = script.replies ?? [''];
        const reply =
          typeof replies === 'function' ? replies(request) : replies[Math.min(used++, replies.length - 1)];
        if (typeof reply === 'object' && 'error' in reply) {
          throw new AppError(reply.error, '[llm:fake] scripted failure');
        }
        const text = typeof reply === 'object' ? reply.text : (reply ?? '');
        const stop = await wait(typeof reply === 'object' ? reply.ms : 0, request.timeoutMs, signal);
        const words = text.match(/\S+\s*/g) ?? [];
        const kept = stop ? [] : words.slice(0, request.maxTokens);
        for (const word of kept) request.onText?.(word);
        const ended = stop ?? (kept.length < words.length ? 'length' : 'end');
        return {
          text: kept.join(''),
          receipt: receipt(request, begun, { ...cost(request), outputTokens: kept.length }, ended),
        };
      }),
    score: (request, choices, signal) =>
      queue(async () => {
        open();
        requests.push(request);
        const begun = performance.now();
        const scores = script.scores ?? choices.map(() => 1);
        const weights = typeof scores === 'function' ? scores(request, choices) : scores;
        const sum = weights.reduce((total, weight) => total + weight, 0) || 1;
        const stop = signal.aborted ? 'abort' : 'end';
        return {
          probabilities: choices.map((_, index) => (weights[index] ?? 0) / sum),
          receipt: receipt(request, begun, { ...cost(request), outputTokens: 1 }, stop),
        };
      }),
    async close() {
      closed = true;
    },
  };
}

/** Waits, and says why not to the end. */
function wait(ms: number, timeoutMs: number, signal: AbortSignal): Promise<'abort' | 'timeout' | null> {
  if (signal.aborted) return Promise.resolve('abort');
  if (ms === 0) return Promise.resolve(null);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(ms > timeoutMs ? 'timeout' : null), Math.min(ms, timeoutMs));
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve('abort');
    });
  });
}
