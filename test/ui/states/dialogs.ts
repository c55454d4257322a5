import { decisionOf } from '../canned.ts';
import { digestItems } from '../fakeLearning.ts';
import { offered } from './card.ts';
import type { Stage, State } from './state.ts';
import { lived } from './today.ts';

const dialog = ({ page }: Stage) => page.getByRole('dialog');

async function exporting(stage: Stage): Promise<void> {
  const { page } = stage;
  await page.keyboard.press('Control+k');
  await page.keyboard.type('export training');
  await page.keyboard.press('Enter');
  await dialog(stage).getByRole('button', { name: 'Preview' }).waitFor();
}

async function looking(stage: Stage): Promise<void> {
  await exporting(stage);
  await dialog(stage).getByRole('button', { name: 'Preview' }).click();
  await stage.page.getByText('What leaves, line by line').waitFor();
}

const STUDY = {
  id: 'gate-2026',
  title: 'Does the gate help?',
  receiver: 'Interaction group, Example University',
  consent: 'You are asked to use Beforehand for fourteen days.\n\nNothing is sent by itself.',
  participant: 'p-01',
  until: Date.UTC(2026, 11, 9),
  asks: null,
};

/** Whatever opens over a screen. */
export const DIALOGS: readonly State[] = [
  {
    name: 'dialog/palette',
    async act({ page }) {
      await page.keyboard.press('Control+k');
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'dialog/palette-none',
    async act({ page }) {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('zzzz');
      await page.getByRole('option').first().waitFor({ state: 'detached' });
    },
  },
  {
    name: 'dialog/keys',
    async act({ page }) {
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'dialog/digest',
    day(day) {
      day.learning.digest = digestItems();
    },
    async act({ page }) {
      await page.getByRole('button', { name: /^Label/ }).click();
      await page.getByText('Would you have taken it?').waitFor();
    },
  },
  {
    name: 'dialog/trail',
    day(day) {
      day.decisions.unshift(decisionOf(day.suggestions[0]!));
    },
    async act({ page }) {
      await page.getByRole('button', { name: /stayed silent/ }).click();
      await page.getByText('the model chose silence').first().waitFor();
    },
  },
  {
    name: 'dialog/receipts',
    day: lived,
    async act({ page }) {
      await page.getByRole('button', { name: 'Day by day' }).click();
      await page.getByRole('dialog').getByRole('table').waitFor();
    },
  },
  { name: 'dialog/export-choose', act: exporting },
  { name: 'dialog/export-look', act: looking },
  {
    name: 'dialog/export-written',
    async act(stage) {
      await looking(stage);
      await dialog(stage).getByRole('checkbox', { name: 'I agree to this' }).check();
      await dialog(stage).getByRole('button', { name: 'Write' }).click();
      await dialog(stage).getByText('Written').waitFor();
    },
  },
  {
    name: 'dialog/forget-range',
    hash: '#/timeline',
    async act({ page }) {
      await page.getByRole('button', { name: 'Forget a range' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'dialog/delete-selection',
    hash: '#/timeline',
    async act({ page }) {
      await page.locator('[data-row]').nth(1).check();
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'dialog/forget-everything',
    hash: '#/settings',
    async act({ page }) {
      await page.getByRole('button', { name: 'Forget everything…' }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('forget');
    },
  },
];

/** The frame around the screens: pauses, links, notices, a study. */
export const SHELL: readonly State[] = [
  { name: 'shell/connecting', silent: ['state.get'], bare: true },
  {
    name: 'shell/refused',
    token: 'wrong',
    loud: true,
    act: ({ page }) => page.getByText('This link was used already').waitFor(),
  },
  {
    name: 'shell/lost',
    loud: true,
    async act({ page, core }) {
      await core.stop();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'shell/pause-menu',
    async act({ page }) {
      await page.getByRole('button', { name: 'Pause for a while' }).click();
      await page.getByRole('menuitem').first().waitFor();
    },
  },
  {
    name: 'shell/notice',
    async act({ page }) {
      await page.keyboard.press('Control+Shift+H');
      await page.getByText('Noted, with the last').waitFor();
    },
  },
  {
    name: 'shell/notice-error',
    hash: '#/timeline',
    failing: ['need.record'],
    async act({ page }) {
      await page.keyboard.press('Control+Shift+H');
      await page.getByText('could not be read').first().waitFor();
    },
  },
  {
    name: 'shell/study',
    day(day) {
      day.state = { ...day.state, study: STUDY };
    },
    act: ({ page }) => page.getByText('Does the gate help?').waitFor(),
  },
  {
    name: 'shell/study-questions',
    day(day) {
      day.state = { ...day.state, study: STUDY };
    },
    async act({ page, offer, core }) {
      const suggestion = offered();
      await offer(suggestion);
      await page.keyboard.press('Escape');
      await page.getByRole('complementary').getByRole('button', { name: 'Too late' }).click();
      const questions = [
        {
          id: 'timing',
          kind: 'scale' as const,
          text: 'How good was the moment?',
          low: 'very bad',
          high: 'very good',
        },
        { id: 'why', kind: 'text' as const, text: 'Anything else?' },
      ];
      const asks = { feedback: suggestion.id, suggestion: suggestion.id, questions };
      core.day.state = { ...core.day.state, study: { ...STUDY, asks } };
      core.publish('state', core.day.state);
      await page.getByText('2 questions of the study').waitFor();
    },
  },
];
