import type { Stage, State } from './state.ts';
import { longRows } from './today.ts';

const rows = ({ page }: Stage) => page.locator('[data-row]').first().waitFor();

/** Everything that was seen. */
export const TIMELINE: readonly State[] = [
  { name: 'timeline/full', hash: '#/timeline', act: rows },
  {
    name: 'timeline/empty',
    hash: '#/timeline',
    day(day) {
      day.observations = [];
      day.state = { ...day.state, counts: { ...day.state.counts, kept: 0, dropped: 0, reasons: {} } };
    },
  },
  { name: 'timeline/loading', hash: '#/timeline', silent: ['observations.hours', 'observations.at'] },
  {
    name: 'timeline/failed',
    hash: '#/timeline',
    failing: ['observations.hours', 'observations.at'],
    act: ({ page }) => page.getByText('could not be read').first().waitFor(),
  },
  {
    name: 'timeline/selection',
    hash: '#/timeline',
    async act(stage) {
      await rows(stage);
      for (const at of [1, 2, 4]) await stage.page.locator('[data-row]').nth(at).check();
      await stage.page.getByText('3 selected').waitFor();
    },
  },
  {
    name: 'timeline/search-none',
    hash: '#/timeline',
    async act(stage) {
      await rows(stage);
      await stage.page.getByRole('searchbox').fill('zebra crossing');
      await stage.page.locator('[data-row]').first().waitFor({ state: 'detached' });
    },
  },
  { name: 'timeline/thousand', hash: '#/timeline', rows: 1000, act: rows },
  { name: 'timeline/long-words', hash: '#/timeline', day: longRows, act: rows },
  {
    name: 'timeline/dropped',
    hash: '#/timeline',
    async act(stage) {
      await rows(stage);
      await stage.page.locator('main').getByRole('button', { expanded: false }).first().click();
    },
  },
  {
    name: 'timeline/menu',
    hash: '#/timeline',
    async act(stage) {
      await rows(stage);
      // Narrow windows have no column for the app.
      const menu = stage.page.getByRole('button', { name: 'Actions for' }).first();
      await menu.click();
      await stage.page.getByRole('menuitem').first().waitFor();
    },
  },
];
