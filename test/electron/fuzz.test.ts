import { expect, it } from 'vitest';
import { demoDay, folder, startApp } from '../app/platform.ts';
import { fuzz } from './fuzz.ts';

it('four thousand hostile messages reach no handler, change nothing, and a flood is held back', async () => {
  const home = folder();
  const { app, feed } = await startApp(home, { host: 'desktop', settings: { welcomed: true } });
  for (const event of demoDay().slice(0, 40)) await feed(event);
  const report = await fuzz({ app, home, count: 4000, seed: 7 });
  expect(report.unexpected).toEqual([]);
  expect(report.effects).toEqual([]);
  expect(report.polluted).toBe(false);
  expect(report.rightful).toBeGreaterThan(0);
  expect(report.answered).toBe(report.rightful);
  expect(report.flood).toEqual({ sent: 8000, through: 400, said: 1 });
});
