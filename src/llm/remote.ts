import OpenAI from 'openai';
import { AppError } from '../errors.ts';
import type { Receipt } from '../model/decision.ts';
import { newId } from '../model/id.ts';
import type { CompletionRequest, Llm, LlmInfo } from '../model/llm.ts';
import type { Clock } from '../model/ports.ts';
import { isHere } from '../model/endpoint.ts';
import { bounded, NoReply, refusal } from './endpoint.ts';

/** Which endpoint. `url` is the base of an OpenAI-compatible API, e.g. `http://127.0.0.1:8080/v1`. */
export interface RemoteLlmOptions {
  readonly url: string;
  readonly model: string;
  readonly key?: string | undefined;
  readonly clock: Clock;
  readonly fetch?: typeof globalThis.fetch;
}

/** Characters in a token, about, for endpoints that do not count. */
const CHARACTERS = 4;

/**
 * A model behind any OpenAI-compatible endpoint. What is asked leaves this process, and this machine unless the
 * address is its own. Grammars are ignored and a prefix is asked for in words, so the reply needs parsing.
 */
export function createRemoteLlm(options: RemoteLlmOptions): Llm {
  const { url, model, clock } = options;
  const client = new OpenAI({
    baseURL: url,
    apiKey: options.key ?? 'none',
    maxRetries: 0,
    // The SDK would else read these of the environment and send them to whatever address this is.
    organization: null,
    project: null,
    fetch: bounded(options.fetch ?? globalThis.fetch),
  });
  let state: Pick<LlmInfo, 'state' | 'reason'> = { state: 'ready' };
  let last: Promise<unknown> = Promise.resolve();
  let closed = false;

  const queue = <T>(job: () => Promise<T>): Promise<T> => {
    const result = last.then(job, job);
    last = result.catch(() => {});
    return result;
  };

  /** Runs a call under its time-out and signal; says how it was stopped, or throws the endpoint's refusal. */
  const guarded = async (
    request: CompletionRequest,
    signal: AbortSignal,
    job: (signal: AbortSignal) => Promise<Receipt['stop']>,
  ): Promise<Receipt['stop']> => {
    if (closed) throw new AppError('model-failed', '[llm:remote] the model was closed');
    if (signal.aborted) return 'abort';
    const timeout = AbortSignal.timeout(Math.ceil(request.timeoutMs));
    try {
      const stop = await job(AbortSignal.any([signal, timeout]));
      state = { state: 'ready' };
      return signal.aborted ? 'abort' : timeout.aborted ? 'timeout' : stop;
    } catch (thrown) {
      if (signal.aborted) return 'abort';
      if (timeout.aborted) return 'timeout';
      const error = refusal(url, model, thrown);
      state = { state: 'failed', reason: error.message };
      throw error;
    }
  };

  const receipt = (request: CompletionRequest, at: number, run: Usage, stop: Receipt['stop']): Receipt => ({
    id: newId(at),
    at,
    purpose: request.purpose,
    model,
    promptVersion: request.promptVersion,
    promptTokens: run.prompt ?? Math.ceil(lengthOf(request) / CHARACTERS),
    prefillTokens: (run.prompt ?? Math.ceil(lengthOf(request) / CHARACTERS)) - (run.cached ?? 0),
    outputTokens: run.output ?? Math.ceil(run.text.length / CHARACTERS),
    firstTokenMs: (run.first ?? performance.now()) - run.begun,
    totalMs: performance.now() - run.begun,
    memoryBytes: 0,
    stop,
  });

  return {
    info: () => ({
      alias: 'remote',
      digest: model,
      ...(closed ? { state: 'off' as const } : state),
      shows: false,
      answers: true,
      context: 32_768,
      leaves: !isHere(url),
    }),
    complete: (request, signal) =>
      queue(async () => {
        const at = clock.now();
        const run: Usage = { begun: performance.now(), text: '' };
        const strip = withoutPrefix(request.prefix ?? '', (text) => {
          run.text += text;
          request.onText?.(text);
        });
        const stop = await guarded(request, signal, async (stopping) => {
          const stream = await client.chat.completions.create(
            {
              model,
              messages: messagesOf(request),
              max_tokens: request.maxTokens,
              temperature: request.temperature,
              stream: true,
              stream_options: { include_usage: true },
            },
            { signal: stopping },
          );
          let reason: Receipt['stop'] = 'end';
          let heard = false;
          for await (const chunk of stream) {
            heard = true;
            const choice = chunk.choices[0];
            if (choice?.delta.content) {
              run.first ??= performance.now();
              strip.push(choice.delta.content);
            }
            if (choice?.finish_reason === 'length') reason = 'length';
            countUsage(run, chunk.usage);
          }
          // A page to log in to is answered with 200 too; taken for an empty reply it would be kept as one.
          if (!heard) throw new NoReply('answered with something that is no reply');
          return reason;
        });
        strip.end();
        return { text: run.text, receipt: receipt(request, at, run, stop) };
      }),
    score: (request, choices, signal) =>
      queue(async () => {
        const at = clock.now();
        const run: Usage = { begun: performance.now(), text: '' };
        let weights = choices.map(() => 1);
        const stop = await guarded(request, signal, async (stopping) => {
          const reply = await client.chat.completions.create(
            {
              model,
              messages: messagesOf(request, choices),
              max_tokens: 1,
              temperature: 0,
              logprobs: true,
              top_logprobs: 20,
            },
            { signal: stopping },
          );
          run.first = performance.now();
          const choice = reply.choices[0];
          run.text = choice?.message.content ?? '';
          countUsage(run, reply.usage);
          const seen = choice?.logprobs?.content?.[0]?.top_logprobs ?? [];
          weights = weigh(
            choices,
            seen.length > 0
              ? seen.map((each) => [each.token, Math.exp(each.logprob)] as const)
              : [[run.text, 1] as const],
          );
          return 'end';
        });
        const sum = weights.reduce((total, weight) => total + weight, 0);
        return {
          probabilities: weights.map((weight) => (sum > 0 ? weight / sum : 1 / weights.length)),
          receipt: receipt(request, at, run, stop),
        };
      }),
    async close() {
      closed = true;
    },
  };
}

interface Usage {
  readonly begun: number;
  first?: number;
  text: string;
  prompt?: number;
  cached?: number;
  output?: number;
}

function countUsage(run: Usage, usage: OpenAI.CompletionUsage | null | undefined): void {
  if (!usage) return;
  const prompt = count(usage.prompt_tokens);
  const output = count(usage.completion_tokens);
  if (prompt !== undefined) run.prompt = prompt;
  if (output !== undefined) run.output = output;
  run.cached = Math.min(count(usage.prompt_tokens_details?.cached_tokens) ?? 0, run.prompt ?? 0);
}

/** A count as it comes, or undefined for what is none. */
function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

/** A chat endpoint starts its own reply, so the beginning that it must have, or the choices, are asked for in words. */
function messagesOf(
  request: CompletionRequest,
  choices?: readonly string[],
): OpenAI.ChatCompletionMessageParam[] {
  const asked = choices
    ? `\nAnswer with one of these and nothing else: ${choices.join(' | ')}`
    : request.prefix
      ? `\nBegin your reply with exactly: ${request.prefix}`
      : '';
  const lastUser = request.messages.findLastIndex((message) => message.role === 'user');
  return request.messages.map((message, index) => ({
    role: message.role,
    content: index === lastUser ? message.content + asked : message.content,
  }));
}

/** Each choice gets the weight of the tokens that begin it, or that it begins. */
function weigh(choices: readonly string[], tokens: readonly (readonly [string, number])[]): number[] {
  return choices.map((choice) => {
    const wanted = choice.trim().toLowerCase();
    let sum = 0;
    for (const [token, weight] of tokens) {
      const text = token.trim().toLowerCase();
      if (text !== '' && (wanted.startsWith(text) || text.startsWith(wanted))) sum += weight;
    }
    return sum;
  });
}

/** Passes text on, less the prefix if the reply repeats it. */
function withoutPrefix(
  prefix: string,
  emit: (text: string) => void,
): { push(text: string): void; end(): void } {
  let held: string | null = prefix === '' ? null : '';
  const release = () => {
    if (held) emit(held);
    held = null;
  };
  return {
    push(text) {
      if (held === null) {
        emit(text);
        return;
      }
      held += text;
      const start = held.trimStart();
      if (start.startsWith(prefix)) {
        held = start.slice(prefix.length);
        release();
      } else if (!prefix.startsWith(start)) release();
    },
    end: release,
  };
}

function lengthOf(request: CompletionRequest): number {
  return request.messages.reduce((sum, message) => sum + message.content.length, 0);
}
