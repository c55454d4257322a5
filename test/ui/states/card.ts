import { newId } from '../../../src/model/id.ts';
import type { Operation } from '../../../src/model/proposal.ts';
import type { Suggestion } from '../../../src/model/suggestion.ts';
import { offerOf } from '../fakeDay.ts';
import { NOW } from './frozen.ts';
import type { Stage, State } from './state.ts';

const file = (name: string) => ({ event: newId(), name });

/** One of each kind of operation. */
export const OPERATIONS: readonly Operation[] = [
  { kind: 'search', query: 'pandas merge nearest timestamp' },
  { kind: 'chat', instruction: 'Explain the KeyError and show the corrected call.' },
  { kind: 'read', file: file('Survey 2026.md') },
  { kind: 'open', file: file('Survey 2026.pdf') },
  { kind: 'remind', text: 'Send the minutes to Ada', minutes: 30 },
  { kind: 'mcp', server: 'notes', tool: 'add', arguments: { text: 'Buy tea', folder: 'Home' } },
  {
    kind: 'rename',
    files: Array.from({ length: 12 }, (_, at) => ({
      file: file(`IMG_20${41 + at}.jpg`),
      to: `oslo-${String(at + 1).padStart(2, '0')}.jpg`,
    })),
  },
];

/** A suggestion that is on the card for 45 s, 14 s of which are over. */
export function offered(part: Partial<Suggestion['proposal']> = {}): Suggestion {
  return { ...offerOf(part), until: NOW + 31_000, history: [{ state: 'shown', at: NOW - 14_000 }] };
}

async function take(stage: Stage, suggestion: Suggestion): Promise<void> {
  await stage.offer(suggestion);
  await stage.page.getByRole('complementary').getByRole('button', { name: 'Accept' }).click();
  await stage.page
    .getByText(/^(Writing|Working)…/)
    .first()
    .waitFor();
}

const renaming = OPERATIONS[6]!;
const TEXT = [
  'The column exists in one frame only, so `merge` finds no `left_on` there:',
  '',
  '```python',
  'merge(a, b, left_on="id", right_on="user_id")',
  '```',
  '',
  '- `left_on` names the column of the first frame',
  '- `right_on` that of the second',
].join('\n');

/** The card, from the offer to what came of it. */
export const CARD: readonly State[] = [
  { name: 'card/offer', act: ({ offer }) => offer(offered()) },
  ...OPERATIONS.map((operation): State => ({
    name: `card/${operation.kind}`,
    day(day) {
      day.state = { ...day.state, model: { ...day.state.model, shows: true } };
    },
    act: ({ offer }) =>
      offer(offered({ task: `Try the operation “${operation.kind}” on what is open`, operation })),
  })),
  {
    name: 'card/waiting',
    act({ offer, core }) {
      core.day.state = { ...core.day.state, waiting: 2 };
      return offer(offered({ operation: undefined }));
    },
  },
  {
    name: 'card/reasons',
    async act({ offer, page }) {
      await offer(offered());
      await page.keyboard.press('Escape');
      await page.getByText('Why not?').waitFor();
    },
  },
  {
    name: 'card/editing',
    async act({ offer, page }) {
      await offer(offered());
      await page.keyboard.press('e');
      await page.getByRole('complementary').getByRole('textbox').waitFor();
    },
  },
  {
    name: 'card/writing',
    async act(stage) {
      const suggestion = offered();
      await take(stage, suggestion);
      stage.answer(suggestion, { text: TEXT.slice(0, 90), state: 'writing' });
      await stage.page.getByText('finds no').waitFor();
    },
  },
  {
    name: 'card/answered',
    async act(stage) {
      const suggestion = offered();
      await take(stage, suggestion);
      stage.answer(suggestion, { text: TEXT });
      await stage.page.getByText('that of the second').waitFor();
    },
  },
  {
    name: 'card/failed',
    async act(stage) {
      const suggestion = offered();
      await take(stage, suggestion);
      stage.answer(suggestion, {
        state: 'failed',
        note: 'The model ran out of memory: choose a smaller one.',
      });
      await stage.page.getByText('ran out of memory').waitFor();
    },
  },
  {
    name: 'card/larger-model',
    async act(stage) {
      const suggestion = offered();
      await take(stage, suggestion);
      const note = 'A larger model would explain the cause: choose one in Settings.';
      stage.answer(suggestion, { text: 'The error says that a key is missing.', note, larger: true });
      await stage.page.getByText('A larger model would').waitFor();
    },
  },
  {
    name: 'card/done-undo',
    async act(stage) {
      const suggestion = offered({ task: 'Rename 12 files like “oslo-01.jpg”', operation: renaming });
      await take(stage, suggestion);
      stage.answer(suggestion, { text: 'Renamed 12 files. Nothing was overwritten.', undoable: true });
      await stage.page.getByRole('button', { name: 'Undo' }).waitFor();
    },
  },
  {
    name: 'card/undone',
    async act(stage) {
      const suggestion = offered({ task: 'Rename 12 files like “oslo-01.jpg”', operation: renaming });
      await take(stage, suggestion);
      stage.answer(suggestion, { text: 'Renamed 12 files. Nothing was overwritten.', undoable: true });
      await stage.page.getByRole('button', { name: 'Undo' }).click();
      await stage.page.getByText('Taken back: 12 files').waitFor();
    },
  },
  {
    name: 'card/long-words',
    act: ({ offer }) =>
      offer(
        offered({
          task: `Explain ${'averylongidentifierwithoutanyspace'.repeat(5)} and everything else that stood on the screen in the last two minutes, in order, with the fixed call and a test for it`,
          why: `Third search for ${'x'.repeat(120)} in two minutes, then a long pause in front of the results of the second one`,
          operation: { kind: 'chat', instruction: 'Explain every line of this. '.repeat(30).trim() },
        }),
      ),
  },
  {
    name: 'card/right-to-left',
    act: ({ offer }) =>
      offer(
        offered({
          task: 'شرح الخطأ «KeyError» وعرض الاستدعاء الصحيح',
          why: 'البحث الثالث عن هذا الخطأ في دقيقتين',
          operation: { kind: 'search', query: 'מיזוג טבלאות pandas לפי שתי עמודות' },
        }),
      ),
  },
];
