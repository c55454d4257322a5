import { REMINDER } from '../model/reminder.ts';
import type { Due } from '../operations/remind.ts';
import type { Lifecycle } from '../suggestions/lifecycle.ts';
import type { Policy } from '../suggestions/policy.ts';

/** A reminder waits this long for its moment: through quiet hours, a weekend, a machine that was off. Milliseconds. */
const LIFETIME = 7 * 86_400_000;

/**
 * Says a reminder through the ordinary lifecycle. It saw what the suggestion saw that it came from, so that it is forgotten
 * with it. False when it waits already; rejects as the log does.
 */
export async function offerReminder(
  { suggestion, text, why }: Due,
  parts: { readonly lifecycle: Lifecycle; readonly policy: Pick<Policy, 'snapshot'> },
): Promise<boolean> {
  const offered = await parts.lifecycle.offer({
    proposal: {
      task: text,
      message: text,
      why,
      // One word that is no other's: it is neither kept back by nor learnt for anything else.
      topic: `reminder-${suggestion.id}`,
      proposer: REMINDER,
      lifetime: LIFETIME,
    },
    seen: suggestion.seen,
    gate: { probability: 1, reasons: [why.slice(0, 200)] },
    reasons: [why],
    policy: parts.policy.snapshot(),
    promptVersion: suggestion.promptVersion,
  });
  return offered !== null;
}
