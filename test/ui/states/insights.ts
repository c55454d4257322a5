import { whatIf } from '../../../src/suggestions/whatIf/whatIf.ts';
import type { FakeDay } from '../fakeDay.ts';
import { fakeInsights } from '../fakeInsights.ts';
import { NOW } from './frozen.ts';
import type { Stage, State } from './state.ts';
import { lived } from './today.ts';

/** Four weeks of made-up answers behind the real channels, and the dial over the same log. */
function weeks(day: FakeDay): void {
  lived(day);
  day.insights = fakeInsights({ weeks: true });
  const { log } = day.insights;
  const { handlers } = day;
  day.handlers = (publish) => ({
    ...handlers(publish),
    'policy.whatIf': ({ eagerness, days = 30 }) =>
      whatIf({ log, clock: { now: () => NOW }, settings: day.settings, eagerness, days }),
  });
}

/** The last of the pictures, which come with what draws them. */
const drawn = async ({ page }: Stage) => {
  await page.getByRole('region', { name: 'Capture health' }).waitFor();
};
const plots = async (stage: Stage) => {
  await drawn(stage);
  await stage.page.locator('svg.recharts-surface').nth(3).waitFor();
};
const top = ({ page }: Stage) =>
  page.evaluate(() => document.querySelector('main [class*=overflow-y-auto]')?.scrollTo(0, 0));

/** How the assistant does, in pictures. */
export const INSIGHTS: readonly State[] = [
  { name: 'insights/full', hash: '#/insights', day: weeks, act: plots },
  { name: 'insights/empty', hash: '#/insights', act: drawn },
  {
    name: 'insights/loading',
    hash: '#/insights',
    silent: ['insights.get', 'policy.whatIf', 'receipts.days'],
    act: ({ page }) => page.getByRole('region', { name: 'Capture health' }).waitFor(),
  },
  {
    name: 'insights/failed',
    hash: '#/insights',
    failing: ['insights.get', 'policy.whatIf', 'receipts.days'],
    act: ({ page }) => page.getByRole('button', { name: 'Try again' }).nth(3).waitFor(),
  },
  {
    name: 'insights/tables',
    hash: '#/insights',
    day: weeks,
    async act(stage) {
      await plots(stage);
      const choices = stage.page.getByText('Table', { exact: true });
      for (let at = await choices.count(); at > 0; at--) await choices.nth(at - 1).click();
      await stage.page.getByRole('table').nth(3).waitFor();
      await top(stage);
    },
  },
  {
    name: 'insights/rows',
    hash: '#/insights',
    day: weeks,
    async act(stage) {
      await plots(stage);
      const answers = stage.page.getByRole('region', { name: 'Answers over time' });
      await answers.getByRole('button', { name: /^Accepted/ }).click();
      await stage.page.getByRole('dialog', { name: 'Accepted' }).getByRole('button').nth(2).waitFor();
    },
  },
  {
    name: 'insights/value',
    hash: '#/insights',
    day: weeks,
    async act(stage) {
      await plots(stage);
      const plot = stage.page
        .getByRole('region', { name: 'Answers over time' })
        .getByRole('slider', { name: /Arrow keys move/ });
      await plot.focus();
      await stage.page.keyboard.press('Home');
      for (let press = 0; press < 7; press++) await stage.page.keyboard.press('ArrowRight');
      await top(stage);
    },
  },
];
