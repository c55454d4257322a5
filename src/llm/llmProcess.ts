import { AppError, asAppError } from '../errors.ts';
import { createLlamaEngine, type LlamaEngine } from './llama.ts';
import { hashFile } from './pins.ts';
import { ToEngine, type FromEngine, type LoadRequest } from './protocol.ts';

/** The parent as the model process sees it: a Node IPC channel, or Electron's parent port. */
export interface EnginePort {
  send(message: FromEngine): void;
  onMessage(listener: (message: unknown) => void): void;
}

/**
 * Body of the model process: loads one model, then serves calls one at a time, in order. A message that does not
 * parse is dropped. `exit` is called when the parent says `close`.
 */
export function runLlm(port: EnginePort, exit: () => void): void {
  let engine: LlamaEngine | null = null;
  let last: Promise<void> = Promise.resolve();
  const running = new Map<number, AbortController>();

  const enqueue = (job: () => Promise<void>) => {
    last = last.then(job, job);
  };
  const serve = (id: number, job: (engine: LlamaEngine, signal: AbortSignal) => Promise<FromEngine>) => {
    const stop = new AbortController();
    running.set(id, stop);
    enqueue(async () => {
      try {
        if (!engine) throw new AppError('model-failed', '[llm] the model is not loaded');
        port.send(await job(engine, stop.signal));
      } catch (thrown) {
        const { message } = asAppError(thrown, 'model-failed', 'llm');
        port.send({ kind: 'failed', id, message: message.slice(0, 2000) });
      } finally {
        running.delete(id);
      }
    });
  };

  port.onMessage((raw) => {
    const parsed = ToEngine.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    switch (message.kind) {
      case 'load':
        enqueue(async () => {
          try {
            const digest = await checked(message.load);
            const adapter = await adapterHash(message.load);
            engine = await createLlamaEngine(message.load);
            port.send({ kind: 'ready', digest, ...(adapter && { adapter }), context: engine.context });
          } catch (thrown) {
            port.send(unfit(thrown));
          }
        });
        return;
      case 'complete': {
        const { id, request } = message;
        serve(id, async (loaded, signal) => {
          const onText = (text: string) => port.send({ kind: 'text', id, text });
          return { kind: 'done', id, ...(await loaded.complete(request, signal, onText)) };
        });
        return;
      }
      case 'score': {
        const { id, request, choices } = message;
        serve(id, async (loaded, signal) => {
          const { probabilities, measures } = await loaded.score(request, choices, signal);
          return { kind: 'scored', id, probabilities: [...probabilities], measures };
        });
        return;
      }
      case 'abort':
        running.get(message.id)?.abort();
        return;
      case 'close':
        for (const stop of running.values()) stop.abort();
        enqueue(async () => {
          await engine?.dispose();
          exit();
        });
    }
  });
}

/** The file's hash; a file that is not the pinned one never reaches llama.cpp's parser. */
async function checked(load: LoadRequest): Promise<string> {
  let digest: string;
  try {
    digest = await hashFile(load.file);
  } catch (thrown) {
    const missing = (thrown as NodeJS.ErrnoException).code === 'ENOENT';
    throw missing
      ? new AppError('model-missing', `[llm] there is no model file ${load.file}`, thrown)
      : new AppError('model-failed', `[llm] the model file ${load.file} cannot be read`, thrown);
  }
  if (load.digest && load.digest !== digest) {
    throw new AppError('model-damaged', `[llm] ${load.file} is damaged or another file: its hash differs`);
  }
  return digest;
}

/** The adapter's hash: without it two models that say different things would bear one name. */
async function adapterHash({ adapter }: LoadRequest): Promise<string | undefined> {
  if (!adapter) return undefined;
  try {
    return await hashFile(adapter);
  } catch (thrown) {
    throw new AppError('model-missing', `[llm] the adapter file ${adapter} cannot be read`, thrown);
  }
}

function unfit(thrown: unknown): FromEngine {
  const error = asAppError(thrown, 'model-failed', 'llm');
  const code =
    error.code === 'model-missing' || error.code === 'model-damaged' ? error.code : ('model-failed' as const);
  return { kind: 'unfit', code, message: error.message.slice(0, 2000) };
}

// As the entry file of a forked child; Electron's own entry imports `runLlm` instead.
if (import.meta.main && process.send) {
  runLlm(
    {
      send: (message) => void process.send?.(message),
      onMessage: (listener) => void process.on('message', listener),
    },
    () => process.exit(0),
  );
  process.on('disconnect', () => process.exit(0));
}
