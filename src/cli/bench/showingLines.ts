import type { Showing } from '../../bench/reward/showing.ts';
import { table } from '../output.ts';

/** What would be shown as a person reads it: the ranking, then single people before and after their answers. */
export function showingLines(showing: Showing | null): readonly string[] {
  if (!showing) return [];
  const { ranking, people, shown } = showing;
  const head = ranking[0]!;
  return [
    '',
    `One task at ${head.shown} of ${head.events} events, chosen by models that did not see the trace`,
    ...table([
      ['chosen by', 'accepted', '95 %', 'votes'],
      ...ranking.map(({ name, accepted, votes, ci }) => [
        name,
        three(accepted),
        range(ci, 'accepted'),
        three(votes),
      ]),
    ]),
    '',
    `One of ${people[0]!.people} people answers; one bias is learnt; the rest of that person's votes are foretold`,
    ...table([
      ['answers', 'accuracy before', 'after', '95 %', 'AUC before', 'after', '95 %'],
      ...people.map(({ name, before, after, ci }) => [
        name,
        three(before.accuracy),
        three(after.accuracy),
        range(ci, 'accuracy'),
        three(before.auc),
        three(after.auc),
        range(ci, 'auc'),
      ]),
    ]),
    '',
    `Where only what is shown is answered, at a fifth of the events: ${three(shown.frozen.accepted)} accepted frozen, ${three(shown.learning.accepted)} learning (gain ${range(shown.ci, 'gain')}).`,
  ];
}

function range(ci: Readonly<Record<string, readonly number[]>>, name: string): string {
  return (ci[name] ?? []).map((end) => end.toFixed(2)).join(' to ');
}

function three(value: number): string {
  return value.toFixed(3);
}
