import { observations, suggestions } from '../canned.ts';
import type { FakeDay } from '../fakeDay.ts';
import { digestItems } from '../fakeLearning.ts';
import { NOW } from './frozen.ts';
import type { State } from './state.ts';

const MINUTE = 60_000;

/** Two weeks on record, with answers. */
export function lived(day: FakeDay): void {
  day.learning.days = 14;
  day.learning.receipts = {
    power: 'This computer does not tell how much power it draws.',
    days: Array.from({ length: 14 }, (_, at) => ({
      day: new Date(NOW - at * 1440 * MINUTE).toISOString().slice(0, 10),
      turns: 120 + ((at * 37) % 60),
      outcomes: { gate: 100, proposal: 4 },
      asked: 6,
      answers: 1,
      inferences: 9 + ((at * 5) % 7),
      promptTokens: 9000 + at * 310,
      prefillTokens: 1100 + at * 40,
      outputTokens: 210 + at * 9,
      seconds: 14.2 + at,
      joules: null,
    })),
  };
}

function quiet(day: FakeDay): void {
  day.observations = [];
  day.suggestions = [];
  const none = { shown: 0, accepted: 0, rejected: 0, ignored: 0, silent: 0, modelCalls: 0, tokens: 0 };
  day.state = { ...day.state, today: none };
}

/** The day at a glance. */
export const TODAY: readonly State[] = [
  {
    name: 'today/full',
    day: lived,
    act: ({ page }) => page.getByText('Over your last 14 days').first().waitFor({ state: 'attached' }),
  },
  { name: 'today/empty', day: quiet },
  { name: 'today/loading', silent: ['suggestions.list', 'observations.stays', 'policy.whatIf'] },
  {
    name: 'today/failed',
    failing: ['suggestions.list', 'observations.stays', 'policy.whatIf'],
    act: ({ page }) => page.getByText('could not be read').first().waitFor(),
  },
  {
    name: 'today/shadow-digest',
    day(day) {
      lived(day);
      day.settings = { ...day.settings, mode: 'shadow' };
      day.learning.digest = digestItems();
      day.suggestions = [];
    },
    act: ({ page }) => page.getByText('2 moments to label').waitFor(),
  },
  {
    name: 'today/paused',
    day(day) {
      const says = 'until 16:42';
      day.state = { ...day.state, capture: 'paused', pausedUntil: NOW + 60 * MINUTE, pausedBy: 'you', says };
    },
  },
  {
    name: 'today/wrong',
    day(day) {
      const says = 'The clipboard source has stalled: log in again, or switch it off.';
      const reason = '[monitor:clipboard] the system has not answered';
      day.state = {
        ...day.state,
        capture: 'wrong',
        says,
        sources: day.state.sources.map((each) =>
          each.name === 'clipboard' ? { ...each, state: 'unhealthy', reason, mend: 'log in again' } : each,
        ),
      };
    },
  },
  {
    name: 'today/quiet',
    day(day) {
      day.state = { ...day.state, quietUntil: NOW + 180 * MINUTE, held: 'full screen' };
    },
  },
  {
    name: 'today/demo-model-missing',
    day(day) {
      const reason = '[models] smollm2-135m is not here: download it on the Models screen';
      day.state = { ...day.state, demo: true, model: { ...day.state.model, state: 'missing', reason } };
    },
  },
  {
    name: 'today/thousand',
    rows: 1000,
    day(day) {
      lived(day);
      const [first] = suggestions();
      day.suggestions = Array.from({ length: 1000 }, (_, at) => ({
        ...first!,
        id: observationId(at),
        at: NOW - at * 9000,
        proposal: { ...first!.proposal, task: `${first!.proposal.task}, number ${at + 1}` },
      }));
    },
  },
];

/** A stable id a row. */
function observationId(at: number): string {
  return `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`;
}

/** Rows of one app with long words, for narrow windows. */
export function longRows(day: FakeDay): void {
  day.observations = observations(12).map((each, at) =>
    at === 1
      ? {
          ...each,
          app: 'An application whose name does not end before the column does',
          event: `The user opens “${'averylongfilenamewithoutanyspace'.repeat(4)}.txt” in Files.`,
        }
      : each,
  );
}
