import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STEPS } from '../../annotation/fixtures.ts';
import type { FakeDay } from '../fakeDay.ts';
import { learntVersion } from '../fakeLearning.ts';
import { NOW } from './frozen.ts';
import type { Stage, State } from './state.ts';

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

/** Annotation, and what answers taught. */
export const TEACH: readonly State[] = [
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
];

const OPERATIONS = [
  ['search', 'pandas merge nearest timestamp', 'done'],
  ['rename', 'IMG_2041.jpg to oslo-01.jpg, and 11 others, in a folder with a long name', 'done'],
  ['remind', 'Send the minutes to Ada', 'stopped'],
  ['mcp', 'notes: add', 'failed'],
  ['undo', '', 'done'],
] as const;
const DONE = OPERATIONS.map(([operation, words, result], at) => ({
  id: `00000000-0000-7000-8000-0000000000${10 + at}`,
  at: NOW - at * 4_000_000,
  suggestion: `00000000-0000-7000-8000-0000000000${20 + at}`,
  operation,
  arguments: words,
  result,
  ...(operation === 'rename' && { undoable: true }),
  ...(result === 'failed' && { detail: 'the server did not answer' }),
}));

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
  ...(['found', 'none'] as const).map((found): State => ({
    name: `settings/search-${found}`,
    hash: '#/settings',
    async act(stage) {
      await ready(stage);
      const search = stage.page.getByRole('searchbox', { name: 'Search the settings' });
      await search.fill(found === 'found' ? 'shortcuts' : 'zebra');
      await stage.page.locator('#settings-retention').waitFor({ state: 'hidden' });
    },
  })),
  {
    name: 'settings/shortcuts-refused',
    hash: '#/settings/shortcuts',
    day(day) {
      const reason = 'Another program has these keys.';
      const shortcuts = [{ name: 'show' as const, keys: 'Ctrl Alt B', state: 'refused' as const, reason }];
      day.state = { ...day.state, shortcuts };
    },
    async act({ page }) {
      await page.getByText('Another program has these keys.').waitFor();
      await page.getByRole('button', { name: /^Change the keys: Pause/ }).click();
      await page.keyboard.press('Control+Alt+H');
      await page.getByText(/is taken by/).waitFor();
    },
  },
  {
    name: 'settings/journal',
    hash: '#/settings/journal',
    day(day) {
      const { handlers } = day;
      day.handlers = (publish) => ({
        ...handlers(publish),
        'operations.list': () => ({ rows: DONE, next: 1 }),
      });
    },
    async act({ page }) {
      await page.getByText('pandas merge nearest timestamp').waitFor();
      await page.locator('#settings-journal').scrollIntoViewIfNeeded();
      await page.evaluate(() => document.getElementById('settings-journal')?.scrollIntoView());
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
