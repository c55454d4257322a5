import { AppError } from '../errors.ts';
import type { Completion, CompletionRequest, Llm } from '../model/llm.ts';

/** How quick a model is here. Speeds are tokens a second, sizes bytes, times milliseconds. */
export interface ModelMeasure {
  readonly model: string;
  readonly prefillPerSecond: number;
  readonly decodePerSecond: number;
  /** First token of a turn that adds one line to a known prompt. */
  readonly warmFirstTokenMs: number;
  readonly memoryBytes: number;
}

const LINES = 24;
const WORDS = 96;

/** Calls of one measurement. */
export const MEASURE_STEPS = 4;

/**
 * Measures prefill, decode, warm turn and memory with made-up lines; `onStep` hears how many of its calls are done. Rejects
 * as the model does, or with `aborted`.
 */
export async function measureModel(
  llm: Llm,
  signal: AbortSignal = new AbortController().signal,
  onStep: (done: number) => void = () => {},
): Promise<ModelMeasure> {
  let done = 0;
  const call = async (request: CompletionRequest): Promise<Completion> => {
    const completion = await llm.complete(request, signal);
    if (completion.receipt.stop === 'abort')
      throw new AppError('aborted', '[llm] the measurement was stopped');
    onStep((done += 1));
    return completion;
  };
  // The first call also loads the model; its time is nobody's.
  await call({ ...ask(1, 1), messages: [{ role: 'user', content: 'Hello' }] });
  const cold = await call(ask(LINES, 1));
  const warm = await call(ask(LINES + 1, 1));
  const long = await call(ask(LINES + 1, WORDS));
  return {
    model: cold.receipt.model,
    prefillPerSecond: perSecond(cold.receipt.prefillTokens, cold.receipt.firstTokenMs),
    decodePerSecond: perSecond(
      long.receipt.outputTokens - 1,
      long.receipt.totalMs - long.receipt.firstTokenMs,
    ),
    warmFirstTokenMs: warm.receipt.firstTokenMs,
    memoryBytes: Math.max(cold.receipt.memoryBytes, long.receipt.memoryBytes),
  };
}

const lines = (count: number) =>
  Array.from(
    { length: count },
    (_, at) => `${at + 1}. The user opens page ${at * 7 + 3} of the manual.`,
  ).join('\n');

const perSecond = (tokens: number, ms: number) => (ms > 0 ? (tokens * 1000) / ms : 0);

const ask = (count: number, maxTokens: number): CompletionRequest => ({
  messages: [
    { role: 'system', content: 'Retell what happened in plain English.' },
    { role: 'user', content: lines(count) },
  ],
  maxTokens,
  temperature: 0,
  timeoutMs: 120_000,
  session: 'bench',
  purpose: 'bench',
  promptVersion: 'bench-1',
});
