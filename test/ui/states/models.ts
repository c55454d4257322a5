import { NOW } from './frozen.ts';
import type { Stage, State } from './state.ts';

const hash = '#/models';
const ready = ({ page }: Stage) => page.getByText(/of memory and .* free/).waitFor();
const SPEED = {
  threads: 1,
  prefillPerSecond: 300,
  decodePerSecond: 42,
  firstTokenMs: 150,
  memoryBytes: 310e6,
};

/** What writes, and where it is. */
export const MODELS: readonly State[] = [
  { name: 'models/full', hash, act: ready },
  {
    name: 'models/loading',
    hash,
    silent: ['models.list', 'models.machine'],
  },
  {
    name: 'models/missing',
    hash,
    day(day) {
      day.models = day.models.map((each) => ({ ...each, installed: false }));
      const reason = '[models] smollm2-135m is not here: download it on the Models screen';
      day.state = { ...day.state, model: { ...day.state.model, state: 'missing', reason } };
    },
    act: ({ page }) => page.getByRole('alert').first().waitFor(),
  },
  {
    name: 'models/downloading',
    hash,
    async act(stage) {
      await ready(stage);
      await stage.page
        .getByRole('button', { name: /Qwen3 4B/ })
        .first()
        .waitFor();
      const task = { task: 'model:qwen3-4b', done: 12e7, total: 4e8, state: 'running' as const, message: '' };
      stage.core.publish('progress', task);
      await stage.page.getByRole('progressbar').waitFor();
    },
  },
  {
    name: 'models/measured',
    hash,
    day(day) {
      day.models = day.models.map((each) =>
        each.inUse
          ? { ...each, speed: { at: NOW - 3_600_000, ...SPEED } }
          : { ...each, installed: each.alias === 'qwen3-4b', part: 120e6 },
      );
    },
    async act(stage) {
      await ready(stage);
      const { page, core } = stage;
      await page.getByRole('button', { name: 'Check file: SmolLM2 135M' }).click();
      await page.getByText(/^Sound: its hash/).waitFor();
      await page.getByRole('button', { name: 'Check file: Qwen3 4B' }).click();
      await page.getByText(/Damaged: its hash/).waitFor();
      core.publish('progress', { task: 'bench:qwen3-4b', done: 1, total: 4, state: 'running' });
      await page.getByText('Measuring speed: 1 of 4').waitFor();
    },
  },
  {
    name: 'models/endpoint',
    hash,
    async act(stage) {
      await ready(stage);
      const { page } = stage;
      await page.getByLabel('Whole path of the GGUF file').fill('/home/ada/notes.txt');
      await page.getByRole('button', { name: 'Use this file' }).click();
      await page.getByText('is not a GGUF file').waitFor();
      await page.getByLabel('Address').fill('https://models.example.org/v1');
      await page.getByLabel('Name of the model').fill('tiny');
      await page.getByRole('button', { name: 'Test with a made-up sentence' }).click();
      await page.getByText(/It answered after 840 ms/).waitFor();
    },
  },
  {
    name: 'models/turn-on',
    hash,
    async act(stage) {
      await ready(stage);
      const { page } = stage;
      await page.getByLabel('Address').fill('https://models.example.org/v1');
      await page.getByLabel('Name of the model').fill('tiny');
      await page.getByRole('button', { name: 'Turn on' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];
