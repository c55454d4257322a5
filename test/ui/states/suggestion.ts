import type { SuggestionState } from '../../../src/model/suggestion.ts';
import { decisionOf } from '../canned.ts';
import { offered, OPERATIONS } from './card.ts';
import type { State } from './state.ts';

const HERE = '00000000-0000-7000-8000-000000000001';

function page(state: SuggestionState, more: Partial<State> = {}): State {
  return {
    name: `suggestion/${state}`,
    hash: `#/suggestion/${HERE}`,
    day(day) {
      const suggestion = {
        ...offered(),
        id: HERE,
        state,
        history: [
          { state: 'held' as const, at: offered().at - 60_000 },
          { state: 'shown' as const, at: offered().at - 40_000 },
          ...(state === 'shown' || state === 'held' ? [] : [{ state, at: offered().at }]),
        ],
      };
      day.suggestions = [suggestion, ...day.suggestions];
      day.decisions.unshift(decisionOf(suggestion));
    },
    act: ({ page }) => page.getByRole('heading', { level: 1, name: /KeyError|Rename/ }).waitFor(),
    ...more,
  };
}

/** A suggestion's page, by what became of it. */
export const SUGGESTION: readonly State[] = [
  page('held'),
  page('ignored'),
  page('rejected'),
  page('snoozed'),
  page('accepted', {
    async act({ page, answer, core }) {
      const suggestion = core.day.suggestions[0]!;
      answer(suggestion, { text: 'Both frames need the key:\n\n```python\nmerge(a, b, left_on="id")\n```' });
      await page.getByText('Both frames need').waitFor();
    },
  }),
  page('expired', {
    name: 'suggestion/renamed',
    day(day) {
      const proposal = { task: 'Rename 12 files like “oslo-01.jpg”', operation: OPERATIONS[6]! };
      const suggestion = { ...offered(proposal), id: HERE, state: 'accepted' as const };
      day.suggestions = [suggestion];
      day.answers.set(HERE, {
        suggestion: HERE,
        at: suggestion.at,
        text: 'Renamed 12 files.',
        state: 'done',
        undoable: true,
      });
    },
  }),
  {
    name: 'suggestion/gone',
    hash: `#/suggestion/${HERE}`,
    act: ({ page }) => page.getByRole('heading', { level: 1 }).waitFor({ state: 'attached' }),
  },
  { name: 'suggestion/loading', hash: `#/suggestion/${HERE}`, silent: ['suggestions.get'], bare: true },
];
