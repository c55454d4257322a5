import { existsSync } from 'node:fs';
import {
  getLlama,
  InsufficientMemoryError,
  LlamaGrammarEvaluationState,
  LlamaLogLevel,
  resolveChatWrapper,
  type ChatHistoryItem,
  type Llama,
  type LlamaContext,
  type LlamaContextSequence,
  type LlamaGrammar,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp';
import { AppError } from '../errors.ts';
import type { EngineRequest, LoadRequest, Measures } from './protocol.ts';
import { closes, startRun, type Run } from './run.ts';

/** Logits are kept for a whole batch of tokens: 128 costs a quarter of the memory of 512 and no speed on a processor. */
const BATCH = 128;
/** A prefill is cut into pieces of about this many milliseconds, since a piece once begun cannot be stopped. */
const PIECE_MS = 250;
/** Grammars are few; compiled ones are kept. */
const GRAMMARS = 16;

/** A loaded model, used by one caller at a time. Times are milliseconds, sizes tokens or bytes. */
export interface LlamaEngine {
  /** Tokens that one session holds. */
  readonly context: number;
  complete(
    request: EngineRequest,
    signal: AbortSignal,
    onText?: (text: string) => void,
  ): Promise<{ readonly text: string; readonly measures: Measures }>;
  /** P(choice) as the next text, normalised over the choices. */
  score(
    request: EngineRequest,
    choices: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly probabilities: readonly number[]; readonly measures: Measures }>;
  dispose(): Promise<void>;
}

/**
 * Loads a GGUF file with llama.cpp. History is cheap when it is frozen: a session keeps the tokens it has evaluated,
 * a new prompt keeps their common beginning and evaluates only the rest; what was generated is dropped again.
 * Throws `model-missing`, `model-damaged` or `model-failed`.
 */
export async function createLlamaEngine(options: Omit<LoadRequest, 'digest'>): Promise<LlamaEngine> {
  const log: string[] = [];
  const { llama, model, context } = await load(options, log);
  const chat = resolveChatWrapper(model, {
    warningLogs: false,
    customWrapperSettings: { qwen: { thoughts: 'discourage' } },
  });
  const sessions = new Map<string, LlamaContextSequence>();
  const grammars = new Map<string, LlamaGrammar>();
  const size = context.getSequence();
  const spare: LlamaContextSequence[] = [size];
  while (context.sequencesLeft > 0) spare.push(context.getSequence());

  /** Least recently used goes when there are more sessions than sequences. */
  const sequenceOf = (session: string): LlamaContextSequence => {
    let sequence = sessions.get(session) ?? spare.pop();
    if (!sequence) {
      const [oldest, taken] = [...sessions][0] as [string, LlamaContextSequence];
      sessions.delete(oldest);
      sequence = taken;
    }
    sessions.delete(session);
    sessions.set(session, sequence);
    return sequence;
  };

  const grammarOf = async (source: string): Promise<LlamaGrammar> => {
    const known = grammars.get(source);
    if (known) return known;
    if (grammars.size >= GRAMMARS) grammars.delete([...grammars.keys()][0] as string);
    const grammar = await llama.createGrammar({ grammar: source });
    grammars.set(source, grammar);
    return grammar;
  };

  const tokenise = (request: EngineRequest): Token[] => {
    const history: ChatHistoryItem[] = request.messages.map((message) => {
      if (message.role === 'system') return { type: 'system', text: message.content };
      if (message.role === 'user') return { type: 'user', text: message.content };
      return { type: 'model', response: [message.content] };
    });
    history.push({ type: 'model', response: [request.prefix ?? ''] });
    const { contextText } = chat.generateContextState({ chatHistory: history });
    const tokens = contextText.tokenize(model.tokenizer);
    // Where the template itself begins with the beginning-of-sequence token, the wrapper's own makes it two.
    return tokens[0] === model.tokens.bos && tokens[1] === tokens[0] ? tokens.slice(1) : tokens;
  };

  /** Brings the session to all but the last token of the prompt. */
  const prepare = async (request: EngineRequest, room: number, run: Run) => {
    const tokens = tokenise(request);
    if (tokens.length + room > size.contextSize) {
      throw new AppError(
        'model-failed',
        `[llm] a prompt of ${tokens.length} tokens and ${room} for the answer do not fit into the context of ${size.contextSize}; raise contextTokens in the settings`,
      );
    }
    const sequence = sequenceOf(request.session);
    const head = tokens.slice(0, -1);
    await sequence.adaptStateToTokens(head, false);
    const kept = sequence.nextTokenIndex;
    let piece = 16;
    let done = kept;
    while (done < head.length && !run.stopped()) {
      const begun = performance.now();
      const next = head.slice(done, done + piece);
      await sequence.evaluateWithoutGeneratingNewTokens(next);
      done += next.length;
      const perToken = (performance.now() - begun) / next.length;
      piece = Math.min(BATCH, Math.max(8, Math.round(PIECE_MS / Math.max(perToken, 0.01))));
    }
    const last = tokens.at(-1) as Token;
    return { sequence, tokens, head, last, prefilled: done - kept };
  };

  return {
    context: size.contextSize,
    async complete(request, signal, onText) {
      const run = startRun(request.timeoutMs, signal);
      const grammar = request.grammar === undefined ? undefined : await grammarOf(request.grammar);
      const { sequence, tokens, head, last, prefilled } = await prepare(request, request.maxTokens, run);
      const measures = { promptTokens: tokens.length, prefillTokens: prefilled, outputTokens: 0 };
      const output: Token[] = [];
      let text = '';
      let stop: Measures['stop'] | null = run.stopped();
      if (!stop) {
        measures.prefillTokens += 1;
        const stream = sequence.evaluate([last], {
          temperature: request.temperature,
          yieldEogToken: true,
          ...(grammar && { grammarEvaluationState: new LlamaGrammarEvaluationState({ model, grammar }) }),
        });
        for await (const token of stream) {
          run.token();
          measures.outputTokens += 1;
          if (model.isEogToken(token)) {
            stop = 'end';
            break;
          }
          output.push(token);
          const whole = model.detokenize(output);
          // Half of a character: its other bytes come with the next token.
          if (!whole.endsWith('\uFFFD')) {
            onText?.(whole.slice(text.length));
            text = whole;
          }
          if (grammar && closes((request.prefix ?? '') + text)) stop = 'end';
          else if (measures.outputTokens >= request.maxTokens) stop = 'length';
          else stop = run.stopped();
          if (stop) break;
        }
        await sequence.adaptStateToTokens(head, false);
      }
      return { text, measures: { ...measures, ...run.end(), stop: stop ?? 'end' } };
    },

    async score(request, choices, signal) {
      const run = startRun(request.timeoutMs, signal);
      const wanted = choices.map((choice) => model.tokenize(choice, false));
      const room = Math.max(...wanted.map((each) => each.length));
      const { sequence, tokens, head, last, prefilled } = await prepare(request, room, run);
      const measures = { promptTokens: tokens.length, prefillTokens: prefilled, outputTokens: 0 };
      const weights: number[] = [];
      // Different first tokens tell the choices apart at the price of one evaluation.
      const apart = new Set(wanted.map((each) => each[0])).size === wanted.length;
      for (const each of apart ? [[] as Token[]] : wanted.map((tokensOf) => tokensOf.slice(0, -1))) {
        if (run.stopped()) break;
        const input = [last, ...each];
        const results = await sequence.controlledEvaluate(
          input
            .map((token) => [token, { generateNext: { probabilities: true } }] as const)
            .map(([t, o]) => [t, o]),
        );
        run.token();
        measures.prefillTokens += input.length;
        measures.outputTokens += 1;
        const at = (step: number, token: Token | undefined) =>
          token === undefined ? 0 : (results[step]?.next.probabilities?.get(token) ?? 0);
        if (apart) weights.push(...wanted.map((tokensOf) => at(0, tokensOf[0])));
        else {
          const path = wanted[weights.length] as Token[];
          weights.push(path.reduce((product, token, step) => product * at(step, token), 1));
        }
        await sequence.adaptStateToTokens(head, false);
      }
      const sum = weights.reduce((total, weight) => total + weight, 0);
      const probabilities = wanted.map((_, index) =>
        sum > 0 ? (weights[index] ?? 0) / sum : 1 / wanted.length,
      );
      return { probabilities, measures: { ...measures, ...run.end(), stop: run.stopped() ?? 'end' } };
    },

    async dispose() {
      await context.dispose();
      await model.dispose();
      await llama.dispose();
    },
  };
}

async function load(
  options: Omit<LoadRequest, 'digest'>,
  log: string[],
): Promise<{ llama: Llama; model: LlamaModel; context: LlamaContext }> {
  if (!existsSync(options.file)) {
    throw new AppError('model-missing', `[llm] there is no model file ${options.file}`);
  }
  if (options.adapter && !existsSync(options.adapter)) {
    throw new AppError('model-missing', `[llm] there is no adapter file ${options.adapter}`);
  }
  const llama = await getLlama({
    gpu: options.gpu === 'off' ? false : 'auto',
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    maxThreads: options.threads,
    logLevel: LlamaLogLevel.error,
    logger: (_level, message) => {
      log.push(message.trim());
      if (log.length > 20) log.shift();
    },
  });
  let model: LlamaModel | null = null;
  try {
    model = await llama.loadModel({ modelPath: options.file });
    const contextSize = Math.min(options.contextTokens, model.trainContextSize);
    const settings = {
      contextSize,
      batchSize: Math.min(BATCH, contextSize),
      threads: options.threads,
      ...(options.adapter && { lora: { adapters: [{ filePath: options.adapter, scale: 1 }] } }),
    };
    const loaded = model;
    // Two sessions keep two prefixes; where memory forbids it they share one.
    const context = await loaded.createContext({ ...settings, sequences: 2 }).catch((thrown: unknown) => {
      if (thrown instanceof InsufficientMemoryError)
        return loaded.createContext({ ...settings, sequences: 1 });
      throw thrown;
    });
    return { llama, model, context };
  } catch (thrown) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    await model?.dispose();
    await llama.dispose();
    if (thrown instanceof InsufficientMemoryError) {
      throw new AppError('model-failed', `[llm] there is not enough memory for the model: ${text}`, thrown);
    }
    if (/lora/i.test(text)) {
      throw new AppError(
        'model-damaged',
        `[llm] the adapter ${options.adapter} does not fit this model`,
        thrown,
      );
    }
    const detail = log.findLast((line) => line !== '') ?? text;
    throw new AppError(
      'model-damaged',
      `[llm] ${options.file} is no whole GGUF file of a model that can run: ${detail.slice(0, 300)}`,
      thrown,
    );
  }
}
