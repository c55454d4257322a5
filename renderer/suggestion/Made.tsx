import type { Decision } from '../../src/model/decision.ts';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { strings } from '../strings.ts';
import { millisOf, percentOf } from '../ui/format.ts';
import { Heading, Panel } from '../ui/parts.tsx';

/** Which parts, of which version, made it. */
export function Made({
  suggestion,
  decision,
}: {
  readonly suggestion: Suggestion;
  readonly decision: Decision | null;
}) {
  const words = strings.suggestion;
  const { proposal, policy } = suggestion;
  const facts: readonly (readonly [string, string])[] = [
    [words.proposer, proposal.proposer],
    [words.model, proposal.model ?? words.noModel],
    [words.prompt, suggestion.promptVersion],
    [words.eagerness, `${percentOf(policy.eagerness)} / 100`],
    [words.propensity, `${percentOf(policy.propensity)} %`],
    ...(decision
      ? [[words.outcome, `${strings.outcomes[decision.outcome]}, ${millisOf(decision.ms)}`] as const]
      : []),
  ];
  return (
    <section>
      <Heading>{words.how}</Heading>
      <Panel className="px-4 py-2">
        <dl className="grid grid-cols-1 gap-x-8 md:grid-cols-2">
          {facts.map(([name, value]) => (
            <div key={name} className="flex items-baseline justify-between gap-4 py-1">
              <dt className="shrink-0 text-dim">{name}</dt>
              <dd className="min-w-0 truncate font-mono text-[12px]" title={value}>
                {value}
              </dd>
            </div>
          ))}
        </dl>
      </Panel>
    </section>
  );
}
