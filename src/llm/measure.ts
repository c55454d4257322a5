import type { CompletionRequest, Llm } from '../model/llm.ts';

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

/** Measures prefill, decode, warm turn and memory with made-up lines. Rejects as the model does. */
export async function measureModel(
  llm: Llm,
  signal: AbortSignal = new AbortController().signal,
): Promise<ModelMeasure> {
  // The first call also loads the model; its time is nobody's.
  await llm.complete({ ...ask(1, 1), messages: [{ role: 'user', content: 'Hello' }] }, signal);
  const cold = await llm.complete(ask(LINES, 1), signal);
  const warm = await llm.complete(ask(LINES + 1, 1), signal);
  const long = await llm.complete(ask(LINES + 1, WORDS), signal);
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
