import { z } from 'zod';
import { AppError } from '../errors.ts';
import { Receipt } from '../model/decision.ts';
import type { CompletionRequest, Llm } from '../model/llm.ts';
import type { Cache } from './cache.ts';

const Completed = z.object({ text: z.string(), receipt: Receipt });
const Scored = z.object({ probabilities: z.array(z.number()), receipt: Receipt });

/**
 * A model whose answers are kept by content: the model's digest, the whole prompt, the grammar and the bounds. Greedy calls
 * alone, for others differ each time; what was stopped, or did not end, is not kept. `place` tells two endpoints apart that
 * call their model the same. Closing it closes the model.
 */
export function createCachedLlm(llm: Llm, cache: Cache, place = ''): Llm {
  const key = (kind: string, request: CompletionRequest, choices?: readonly string[]) => {
    const { messages, prefix, grammar, maxTokens } = request;
    const info = llm.info();
    return { kind, place, model: info.digest || info.alias, messages, prefix, grammar, maxTokens, choices };
  };
  async function kept<T extends { readonly receipt: Receipt }>(
    request: CompletionRequest,
    name: unknown,
    schema: z.ZodType<T>,
    work: () => Promise<T>,
  ): Promise<T> {
    if (request.temperature !== 0) return work();
    let unkept: T | null = null;
    try {
      return await cache.get(name, schema, async () => {
        const value = await work();
        if (value.receipt.stop === 'end' || value.receipt.stop === 'length') return value;
        unkept = value;
        throw new AppError('aborted', '[bench] a call that was stopped is not kept');
      });
    } catch (thrown) {
      if (unkept !== null) return unkept;
      throw thrown;
    }
  }
  return {
    info: () => llm.info(),
    complete: (request, signal) =>
      kept(request, key('complete', request), Completed, () => llm.complete(request, signal)),
    score: (request, choices, signal) =>
      kept(request, key('score', request, choices), Scored, async () => {
        const { probabilities, receipt } = await llm.score(request, choices, signal);
        return { probabilities: [...probabilities], receipt };
      }),
    close: () => llm.close(),
  };
}
