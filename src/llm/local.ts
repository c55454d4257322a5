import { statSync } from 'node:fs';
import { AppError } from '../errors.ts';
import { newId } from '../model/id.ts';
import type { Receipt } from '../model/decision.ts';
import type { CompletionRequest, Llm, LlmInfo } from '../model/llm.ts';
import type { Child, Clock, Spawn } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import { createPowerMeter, type PowerMeter } from './power.ts';
import { EngineRequest, FromEngine, type ToEngine } from './protocol.ts';

/** Milliseconds to wait after the first, second, … crash in a row; the last one stays. The first costs nothing. */
const BACK_OFF: readonly number[] = [0, 1000, 5000, 30_000, 120_000];
/** Milliseconds a model may take to load from a slow disk. */
const LOAD_MS = 300_000;
/** Milliseconds beyond its own time-out after which a silent model process counts as hung. */
const HUNG_MS = 30_000;
/** Milliseconds a closing model process has to end by itself. */
const CLOSE_MS = 2000;

/** Which model a local one runs. `digest` empty: any file, its hash is told once it is loaded. */
export interface LocalModel {
  readonly alias: string;
  readonly file: string;
  readonly digest: string;
  readonly answers: boolean;
  /** A GGUF LoRA adapter over it. */
  readonly adapter?: string | null;
  /** The adapter's SHA-256, where it is known before it is loaded. */
  readonly adapterDigest?: string;
}

/** Digest of a model as it answers: of its weights, and of the adapter over them behind a `+`. */
export function digestOf(weights: string, adapter?: string): string {
  return adapter ? `${weights}+${adapter}` : weights;
}

/** The digest as receipts name it: twelve letters of each part. */
function shortDigest(digest: string): string {
  return digest
    .split('+')
    .map((part) => part.slice(0, 12))
    .join('+');
}

/** An Llm that can be warmed. */
export interface LocalLlm extends Llm {
  /** Loads the model now rather than at the first call. Resolves to what became of it; never rejects. */
  start(): Promise<LlmInfo>;
}

/** What the supervisor needs. `onState` hears every change of `info()`. */
export interface LocalLlmOptions {
  readonly spawn: Spawn;
  readonly clock: Clock;
  readonly model: LocalModel;
  readonly settings: Settings['model'];
  readonly onState?: (info: LlmInfo) => void;
  /** What tells the energy of a call; this machine's own unless named. */
  readonly power?: PowerMeter;
}

type Reply = Extract<FromEngine, { kind: 'done' | 'scored' }>;

/** A reply, and the joules while it was made. */
interface Answered {
  readonly reply: Reply;
  readonly joules: number | null;
}

interface Call {
  readonly onText: ((text: string) => void) | undefined;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: AppError) => void;
}

/**
 * A model in a child process, supervised: started at the first call, calls one at a time and in order. When the
 * process dies, the running call rejects with `model-failed` and the next call starts another, later and later when
 * it keeps dying. A missing or damaged file is not tried again until the file changes.
 */
export function createLocalLlm(options: LocalLlmOptions): LocalLlm {
  const { clock, model, settings } = options;
  const power = options.power ?? createPowerMeter();
  const mend = `run: beforehand models pull ${model.alias}`;
  let info: LlmInfo = {
    alias: model.alias,
    digest: digestOf(model.digest, model.adapterDigest),
    state: 'loading',
    // Whether it has earned that is for its owner to say, who keeps the measurements.
    shows: false,
    answers: model.answers,
    context: settings.contextTokens,
    leaves: false,
  };
  let child: Child | null = null;
  let ready: Promise<void> | null = null;
  let current: { id: number; call: Call } | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let next = 1;
  let crashes = 0;
  let crashedAt = 0;
  /** The file as it was when it was found unfit. */
  let unfit: { readonly print: string; readonly error: AppError } | null = null;
  let closed = false;
  /** A driver that ends the process while it loads would do so each time; the processor does not. */
  let withoutGpu = false;

  const setState = (state: LlmInfo['state'], reason?: string) => {
    const { reason: _, ...rest } = info;
    info = { ...rest, state, ...(reason !== undefined && { reason }) };
    options.onState?.(info);
  };
  const fail = (code: 'model-missing' | 'model-damaged' | 'model-failed', reason: string) => {
    const error = new AppError(code, reason);
    setState(code === 'model-missing' ? 'missing' : code === 'model-damaged' ? 'damaged' : 'failed', reason);
    return error;
  };

  const start = (): Promise<void> => {
    if (closed) return Promise.reject(new AppError('model-failed', '[llm] the model was closed'));
    if (child && ready) return ready;
    const print = fingerprint(model.file, model.adapter);
    if (unfit && unfit.print === print) return Promise.reject(unfit.error);
    unfit = null;
    if (!fingerprint(model.file)) {
      return Promise.reject(
        fail('model-missing', `[llm] the model ${model.alias} is not on this machine; ${mend}`),
      );
    }
    const pause = BACK_OFF[Math.min(crashes, BACK_OFF.length) - 1] ?? 0;
    const left = Math.ceil((crashedAt + pause - clock.now()) / 1000);
    if (crashes > 0 && left > 0 && left <= pause / 1000) {
      return Promise.reject(
        fail(
          'model-failed',
          `[llm] the model process ended ${crashes} times in a row; it is tried again in ${left} s`,
        ),
      );
    }
    setState('loading');
    ready = launch(print);
    return ready;
  };

  const launch = (print: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const started = options.spawn('llm');
      child = started;
      let loaded = false;
      const timer = setTimeout(() => started.kill(), LOAD_MS);
      timer.unref();
      started.onMessage((raw) => {
        const parsed = FromEngine.safeParse(raw);
        if (!parsed.success || child !== started) return;
        const message = parsed.data;
        if (message.kind === 'ready') {
          loaded = true;
          clearTimeout(timer);
          const digest = digestOf(message.digest, message.adapter);
          info = { ...info, digest, context: message.context };
          setState('ready');
          resolve();
        } else if (message.kind === 'unfit') {
          clearTimeout(timer);
          // Too little memory may pass; a file stays wrong until somebody changes it.
          const passing = message.code === 'model-failed';
          // No such adapter is a wrong setting, not a missing model: another download would not mend it.
          const adapter = model.adapter && message.message.includes('adapter');
          const how = adapter
            ? 'name another in the settings'
            : passing
              ? 'close other programs or choose a smaller model'
              : mend;
          const error = fail(message.code, `${message.message}; ${how}`);
          if (passing) {
            crashes += 1;
            crashedAt = clock.now();
          } else unfit = { print, error };
          child = null;
          reject(error);
          started.kill();
        } else if (current && current.id === message.id) answered(message, current.call);
      });
      started.onExit((code, signal) => {
        clearTimeout(timer);
        if (child !== started) return;
        child = null;
        ready = null;
        if (closed) {
          reject(new AppError('model-failed', '[llm] the model was closed'));
          current?.call.reject(new AppError('model-failed', '[llm] the model was closed'));
          return;
        }
        crashes += 1;
        crashedAt = clock.now();
        if (!loaded && settings.gpu === 'auto') withoutGpu = true;
        const how = signal ? `was ended by ${signal}` : `ended with code ${code ?? 'unknown'}`;
        const when = loaded ? '' : ' while loading';
        const error = fail(
          'model-failed',
          `[llm] the model process ${how}${when}; the next call starts it again`,
        );
        reject(error);
        current?.call.reject(error);
      });
      started.send({
        kind: 'load',
        load: {
          file: model.file,
          digest: /^[0-9a-f]{64}$/.test(model.digest) ? model.digest : null,
          adapter: model.adapter ?? null,
          threads: settings.threads,
          contextTokens: settings.contextTokens,
          gpu: withoutGpu ? 'off' : settings.gpu,
        },
      } satisfies ToEngine);
    });

  const answered = (message: FromEngine, call: Call) => {
    if (message.kind === 'text') call.onText?.(message.text);
    else if (message.kind === 'failed') call.reject(new AppError('model-failed', message.message));
    else if (message.kind === 'done' || message.kind === 'scored') {
      crashes = 0;
      call.resolve(message);
    }
  };

  /** Runs one call after all earlier ones. */
  const call = (
    request: CompletionRequest,
    signal: AbortSignal,
    choices?: readonly string[],
  ): Promise<Answered> => {
    const run = async (): Promise<Answered> => {
      if (signal.aborted) return { reply: never('done'), joules: null };
      await start();
      const process = child;
      if (!process)
        throw new AppError('model-failed', '[llm] the model process ended; the next call starts it again');
      const id = next++;
      const abort = () => process.send({ kind: 'abort', id } satisfies ToEngine);
      const hung = setTimeout(() => process.kill(), request.timeoutMs + HUNG_MS);
      hung.unref();
      const joules = power.begin();
      try {
        const reply = await new Promise<Reply>((resolve, reject) => {
          current = { id, call: { onText: request.onText, resolve, reject } };
          const engineRequest = EngineRequest.parse(request);
          process.send(
            choices
              ? { kind: 'score', id, request: engineRequest, choices: [...choices] }
              : ({ kind: 'complete', id, request: engineRequest } satisfies ToEngine),
          );
          signal.addEventListener('abort', abort);
          if (signal.aborted) abort();
        });
        return { reply, joules: joules() };
      } finally {
        clearTimeout(hung);
        signal.removeEventListener('abort', abort);
        current = null;
      }
    };
    const result = last.then(run, run);
    last = result.catch(() => {});
    return result;
  };

  const receipt = (
    request: CompletionRequest,
    at: number,
    { reply: { measures }, joules }: Answered,
  ): Receipt => ({
    id: newId(at),
    at,
    purpose: request.purpose,
    model: `${info.alias}@${shortDigest(info.digest)}`,
    promptVersion: request.promptVersion,
    ...measures,
    ...(joules !== null && { joules }),
  });

  return {
    info: () => {
      // Before the first call nobody has looked at the file yet.
      if (!child && info.state === 'loading' && !fingerprint(model.file)) {
        return {
          ...info,
          state: 'missing',
          reason: `[llm] the model ${model.alias} is not on this machine; ${mend}`,
        };
      }
      return info;
    },
    async start() {
      await start().catch(() => {});
      return info;
    },
    async complete(request, signal) {
      const at = clock.now();
      const answered = await call(request, signal);
      return {
        text: answered.reply.kind === 'done' ? answered.reply.text : '',
        receipt: receipt(request, at, answered),
      };
    },
    async score(request, choices, signal) {
      const at = clock.now();
      const answered = await call(request, signal, choices);
      const { reply } = answered;
      return {
        probabilities: reply.kind === 'scored' ? reply.probabilities : choices.map(() => 1 / choices.length),
        receipt: receipt(request, at, answered),
      };
    },
    async close() {
      closed = true;
      const ending = child;
      if (!ending) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(() => {
          ending.kill();
          resolve();
        }, CLOSE_MS);
        ending.onExit(() => {
          clearTimeout(timer);
          resolve();
        });
        ending.send({ kind: 'close' } satisfies ToEngine);
      });
      setState('off');
    },
  };
}

/** The reply to a call that was aborted before it began. */
function never(kind: 'done'): Extract<FromEngine, { kind: 'done' }> {
  const nothing = { promptTokens: 0, prefillTokens: 0, outputTokens: 0, firstTokenMs: 0, totalMs: 0 };
  return { kind, id: 1, text: '', measures: { ...nothing, memoryBytes: 0, stop: 'abort' } };
}

/** Sizes and times of files: changes when somebody mends one. Empty when the first is not there. */
function fingerprint(...files: readonly (string | null | undefined)[]): string {
  const prints = files.map((file) => {
    const found = file ? statSync(file, { throwIfNoEntry: false }) : undefined;
    return found ? `${found.size}:${found.mtimeMs}` : '';
  });
  return prints[0] === '' ? '' : prints.join(' ');
}
