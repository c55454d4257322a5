import type { Stage, State } from './state.ts';

async function step(page: Stage['page'], wanted: number): Promise<void> {
  for (let at = 1; at < wanted; at++) await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByText(`Step ${wanted} of 4`).waitFor();
}

/** The first run, step by step. */
export const WELCOME: readonly State[] = [
  { name: 'welcome/promises', fresh: true, act: ({ page }) => step(page, 1) },
  {
    name: 'welcome/sources',
    fresh: true,
    async act({ page }) {
      await step(page, 2);
      await page.getByText('Payment details for').waitFor();
    },
  },
  { name: 'welcome/models', fresh: true, act: ({ page }) => step(page, 3) },
  {
    name: 'welcome/downloading',
    fresh: true,
    async act({ page }) {
      await step(page, 3);
      await page.getByRole('button', { name: 'Download Qwen3 4B' }).click();
      await page.getByRole('progressbar').waitFor();
    },
  },
  {
    name: 'welcome/download-failed',
    fresh: true,
    async act({ page, core }) {
      await step(page, 3);
      await page.getByRole('button', { name: 'Download Qwen3 4B' }).click();
      await page.getByRole('progressbar').waitFor();
      const message = '[models] the disk is full: free 2.5 GB and download again';
      core.publish('progress', { task: 'model:qwen3-4b', done: 12e7, total: 4e8, state: 'failed', message });
      await page.getByText('free 2.5 GB').waitFor();
    },
  },
  { name: 'welcome/start', fresh: true, act: ({ page }) => step(page, 4) },
  {
    name: 'welcome/demo-key-in-file',
    fresh: true,
    day(day) {
      day.state = { ...day.state, demo: true, store: { ...day.state.store, key: 'file' } };
    },
    act: ({ page }) => step(page, 4),
  },
];
