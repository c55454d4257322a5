import { AppError } from '../errors.ts';
import type { Proposer, ProposerContext } from '../model/agent.ts';
import type { Observation } from '../model/observation.ts';
import { Proposal } from '../model/proposal.ts';
import { sameTopic } from '../model/topic.ts';
import { createCleaner } from './untrusted/clean.ts';
import { mayBeSaid } from './untrusted/vet.ts';

/** What the proposers said, in their order, and which of them failed and why. */
export interface Asked {
  readonly proposals: readonly Proposal[];
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
  /** What each proposer looked at: captured orders are left out of it. */
  readonly seen: ReadonlyMap<string, readonly Observation[]>;
}

/** Remembers what it read by the object alone: what is forgotten elsewhere is forgotten here. */
const clean = createCleaner();

/**
 * Asks proposers one after another, each with its own time-out. One that fails, hangs or says something that is not a
 * Proposal costs only its own say. After an abort no further one is asked. Never rejects.
 *
 * All captured text is data here: orders to a machine are taken out before any proposer looks, and a suggestion that speaks
 * with somebody else's voice is dropped (docs/decisions/untrustedText.md).
 */
export async function ask(
  proposers: readonly Proposer[],
  context: ProposerContext,
  limits: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<Asked> {
  const proposals: Proposal[] = [];
  const failed: { name: string; reason: string }[] = [];
  const seen = new Map<string, readonly Observation[]>();
  const data = clean(context);
  for (const proposer of proposers) {
    seen.set(proposer.name, data.observations);
    if (limits.signal?.aborted) break;
    try {
      for (const made of await bounded(
        proposer,
        { ...context, ...data, onSeen: (each) => void seen.set(proposer.name, each) },
        limits,
      )) {
        const parsed = Proposal.safeParse(made);
        if (!parsed.success)
          failed.push({ name: proposer.name, reason: 'it made something that is not a proposal' });
        else if (
          mayBeSaid(parsed.data) &&
          !proposals.some((each) => sameTopic(each.topic, parsed.data.topic))
        )
          proposals.push(parsed.data);
      }
    } catch (thrown) {
      if (!limits.signal?.aborted) failed.push({ name: proposer.name, reason: reasonOf(thrown) });
    }
  }
  return { proposals, failed, seen };
}

async function bounded(
  proposer: Proposer,
  context: ProposerContext,
  limits: { readonly timeoutMs: number; readonly signal?: AbortSignal },
): Promise<readonly Proposal[]> {
  const own = new AbortController();
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new AppError('timeout', `[agent] no answer within ${limits.timeoutMs} ms`));
    own.abort();
  }, limits.timeoutMs);
  const stop = (): void => {
    reject(new AppError('aborted', '[agent] the turn was stopped'));
    own.abort();
  };
  limits.signal?.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([proposer.propose(context, own.signal), promise]);
  } finally {
    clearTimeout(timer);
    limits.signal?.removeEventListener('abort', stop);
  }
}

/** Our own errors are written for people; anything else is named only, since its text may carry captured content. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof AppError) return thrown.message;
  return thrown instanceof Error ? thrown.name : 'it threw something that is not an error';
}
