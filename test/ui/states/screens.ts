import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STEPS } from '../../annotation/fixtures.ts';
import type { FakeDay } from '../fakeDay.ts';
import { learntVersion } from '../fakeLearning.ts';
import type { Stage, State } from './state.ts';
import { lived } from './today.ts';

/** The folder is to be read on the page, so it has the same name every time. */
const DATA = '/tmp/beforehand-states';

function traces(day: FakeDay): void {
  day.data = DATA;
  rmSync(DATA, { recursive: true, force: true });
  const folder = join(DATA, 'traces');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'code_2.json'), JSON.stringify(STEPS));
  writeFileSync(join(folder, 'code_10.json'), JSON.stringify(STEPS.slice(1)));
}

function learnt(day: FakeDay): void {
  const { card } = day.learning;
  const shipped = card.versions.map((each) => ({ ...each, inUse: false }));
  day.learning.card = { ...card, versions: [learntVersion(), ...shipped] };
}

async function enter({ page }: Stage): Promise<void> {
  await page.getByLabel('Your name').fill('Ada');
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: 'Traces to annotate' }).waitFor();
}

/** Insights, Teach and Models. */
export const SCREENS: readonly State[] = [
  { name: 'insights/full', hash: '#/insights', day: lived },
  { name: 'insights/empty', hash: '#/insights' },
  { name: 'teach/first', hash: '#/teach', act: ({ page }) => page.getByLabel('Your name').waitFor() },
  {
    name: 'teach/no-folder',
    hash: '#/teach',
    async act({ page }) {
      await page.getByLabel('Your name').fill('Ada');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Learn anew' }).waitFor();
    },
  },
  {
    name: 'teach/traces',
    hash: '#/teach',
    day(day) {
      traces(day);
      learnt(day);
    },
    act: enter,
  },
  {
    name: 'teach/annotating',
    hash: '#/teach',
    day: traces,
    async act(stage) {
      await enter(stage);
      await stage.page.keyboard.press('Enter');
      await stage.page.getByText('Opens notes.md in the editor.').waitFor();
    },
  },
  { name: 'models/full', hash: '#/models' },
  {
    name: 'models/downloading',
    hash: '#/models',
    async act({ page, core }) {
      await page
        .getByRole('button', { name: /Qwen3 4B/ })
        .first()
        .waitFor();
      const message = '';
      core.publish('progress', { task: 'model:qwen3-4b', done: 12e7, total: 4e8, state: 'running', message });
      await page.getByRole('progressbar').waitFor();
    },
  },
];

const ready = ({ page }: Stage) => page.getByText('Payment details for').waitFor({ state: 'attached' });

/** Settings as they are first, and with everything opened. */
export const SETTINGS: readonly State[] = [
  { name: 'settings/first', hash: '#/settings', act: ready },
  {
    name: 'settings/everything-open',
    hash: '#/settings',
    day(day) {
      day.learning.mutes = [{ what: 'app', name: 'slack', at: 1 }];
      day.settings = {
        ...day.settings,
        excludedApps: ['KeePass'],
        watchHours: [{ days: [1, 2, 3, 4, 5], from: '22:00', to: '06:00' }],
        activityWatch: { ...day.settings.activityWatch, ingest: true },
      };
    },
    async act(stage) {
      await ready(stage);
      const { page } = stage;
      await page.getByRole('button', { name: 'Look at the tools of notes' }).click();
      await page.getByRole('switch', { name: 'Suggestions may use add_note of notes' }).waitFor();
      await page.getByRole('button', { name: 'Apps: password manager' }).click();
      await page.getByRole('switch', { name: /^Protect “keepass”/ }).waitFor();
      await page.evaluate(() => document.querySelector('main [class*=overflow-y-auto]')?.scrollTo(0, 0));
    },
  },
  ...['suggestions', 'exclusions', 'data', 'model'].map((part): State => ({
    name: `settings/part-${part}`,
    hash: '#/settings',
    async act(stage) {
      await ready(stage);
      await stage.page.evaluate((id) => document.getElementById(id)?.scrollIntoView(), `settings-${part}`);
    },
  })),
];
