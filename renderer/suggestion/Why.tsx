import type { Suggestion } from '../../src/model/suggestion.ts';
import { strings } from '../strings.ts';
import { percentOf } from '../ui/format.ts';
import { Heading, Panel } from '../ui/parts.tsx';

const AGAINST = 'against: ';

/** Why it spoke: the gate's chance against the threshold then in force, with the strongest reasons. */
export function Why({
  suggestion: { gate, reward, reasons, policy, score },
}: {
  readonly suggestion: Suggestion;
}) {
  const words = strings.suggestion;
  // What spoke against belongs to the trail of silences, not to why it spoke.
  const all = [...new Set([...reasons, ...gate.reasons])]
    .filter((each) => !each.startsWith(AGAINST))
    .slice(0, 5);
  const need = percentOf(gate.probability);
  const threshold = percentOf(policy.threshold);
  // Suggestions made before there was a score went by the need alone.
  const chance = score === undefined ? need : percentOf(score);
  const label = score === undefined ? words.need : strings.learning.ownScore;
  return (
    <section>
      <Heading>{words.why}</Heading>
      <Panel className="grid grid-cols-1 gap-x-8 gap-y-4 px-4 py-3.5 md:grid-cols-2">
        <div>
          <p>
            <b className="text-[22px] leading-7 font-semibold tracking-[-0.02em]">{chance} %</b>{' '}
            <span className="text-dim">{label.toLowerCase()}</span>
          </p>
          <div
            role="meter"
            aria-label={label}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={chance}
            className="relative mt-2.5 h-1 rounded-full bg-idle"
          >
            <div className="h-full rounded-full bg-accent" style={{ width: `${chance}%` }} />
            <div className="absolute -top-1 h-3 w-0.5 rounded bg-dim" style={{ left: `${threshold}%` }} />
          </div>
          <p className="mt-2 text-small text-dim">{words.threshold(threshold)}</p>
          {score !== undefined && <p className="mt-1 text-small text-dim">{words.needed(need)}</p>}
          {reward && (
            <p className="mt-1 text-small text-dim">
              {words.reward(percentOf(reward.probability), reward.by)}
            </p>
          )}
        </div>
        {all.length === 0 ? (
          <p className="text-dim">{words.noReasons}</p>
        ) : (
          <ol className="space-y-1.5">
            {all.map((reason, at) => (
              <li key={reason} className="flex gap-2.5">
                <span className="w-3 shrink-0 text-right text-faint">{at + 1}</span>
                <span className="min-w-0 break-words first-letter:uppercase">{reason}</span>
              </li>
            ))}
          </ol>
        )}
      </Panel>
    </section>
  );
}
