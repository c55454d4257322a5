import { z } from 'zod';
import type { CompletionRequest, Llm } from '../../model/llm.ts';
import { digestOf } from '../digest.ts';
import type { BenchRun } from '../run.ts';

/** What one call cost; tokens are counts, times milliseconds. */
export const Sample = z.object({
  promptTokens: z.number(),
  prefillTokens: z.number(),
  outputTokens: z.number(),
  firstTokenMs: z.number(),
  totalMs: z.number(),
  /** Whether the reply was an offer and not silence. */
  offered: z.boolean(),
});
export type Sample = z.infer<typeof Sample>;

/** Calls under measurement. Null: it was interrupted. */
export interface Calls {
  /** Our way: the session holds the prompt of `previous` (null: nothing), only what is new is evaluated. */
  reusing(
    session: 'ours' | 'beside',
    request: CompletionRequest,
    previous: CompletionRequest | null,
  ): Promise<Sample | null>;
  /** The naive way: the same prompt, and nothing of an earlier one in memory. */
  afresh(request: CompletionRequest): Promise<Sample | null>;
  /** Tokens of a prompt that is not run; null where the model cannot tell without running it. */
  count(request: CompletionRequest): Promise<number | null>;
}

/**
 * Calls of a model, kept by content with the model, its settings and the machine. `facts` are what the times depend on
 * beside the prompt. A model process keeps two prefixes, so that there are two sessions: ours, and one for what is beside
 * it. A session's name alone does not make a prompt fresh, for the engine keeps any common beginning: the naive session is
 * emptied by a short other prompt before each call. An endpoint cannot be emptied, so there the naive prompt gets a first
 * line of its own, a few tokens that are counted.
 */
export function createCalls(run: BenchRun, llm: Llm, facts: unknown): Calls {
  const remote = llm.info().alias === 'remote';
  /** What each session holds. */
  const held = new Map<string, string>();
  let emptied = 0;

  const complete = async (request: CompletionRequest): Promise<Sample | null> => {
    try {
      const { text, receipt } = await llm.complete(request, run.signal);
      if (run.signal.aborted || receipt.stop === 'abort') return null;
      const { promptTokens, prefillTokens, outputTokens, firstTokenMs, totalMs } = receipt;
      const offered = /^\s*true\b/.test(text);
      return { promptTokens, prefillTokens, outputTokens, firstTokenMs, totalMs, offered };
    } catch (thrown) {
      // Ctrl-C reaches the model's process too, and what it ends with then is no failure.
      if (run.signal.aborted) return null;
      throw thrown;
    }
  };
  const empty = async (session: string): Promise<boolean> => {
    emptied += 1;
    held.delete(session);
    const messages = [{ role: 'user' as const, content: `${emptied}` }];
    const request = { messages, maxTokens: 1, temperature: 0, timeoutMs: 600_000, session };
    return (await complete({ ...request, purpose: 'bench', promptVersion: 'bench-1' })) !== null;
  };
  const kept = async (key: Readonly<Record<string, unknown>>, work: () => Promise<Sample | null>) => {
    const stopped = Symbol('interrupted');
    try {
      return await run.cache.get({ bench: 'latency', facts, ...key }, Sample, async () => {
        if (run.signal.aborted) throw stopped;
        const sample = await work();
        if (!sample) throw stopped;
        return sample;
      });
    } catch (thrown) {
      if (thrown === stopped) return null;
      throw thrown;
    }
  };

  return {
    reusing: (session, request, previous) => {
      const mine = printOf(request);
      const before = previous && printOf(previous);
      return kept({ way: 'reusing', mine, before }, async () => {
        if (held.get(session) !== before || before === null) {
          if (
            previous === null
              ? !(await empty(session))
              : !(await complete({ ...previous, session, maxTokens: 1 }))
          )
            return null;
        }
        held.delete(session);
        const sample = await complete({ ...request, session });
        if (sample) held.set(session, mine);
        return sample;
      });
    },
    afresh: (request) =>
      kept({ way: 'afresh', mine: printOf(request) }, async () => {
        if (remote) {
          emptied += 1;
          const [first, ...rest] = request.messages;
          const messages = [{ ...first!, content: `Call ${emptied}.\n${first!.content}` }, ...rest];
          return complete({ ...request, messages, session: 'beside' });
        }
        return (await empty('beside')) ? complete({ ...request, session: 'beside' }) : null;
      }),
    count: async (request) => {
      if (remote) return null;
      held.delete('beside');
      // A call whose time is up when its prompt is split into tokens evaluates nothing, and its receipt has the count.
      const sample = await kept({ way: 'count', mine: printOf(request) }, () =>
        complete({ ...request, session: 'beside', timeoutMs: 0.001 }),
      );
      return sample?.promptTokens ?? null;
    },
  };
}

function printOf({ messages, prefix, grammar, maxTokens }: CompletionRequest): string {
  return digestOf({ messages, prefix, grammar, maxTokens });
}
