import { expect, it } from 'vitest';
import { measure } from '../bench/cost.ts';
import { needs } from '../needs.ts';

needs(
  ['Xvfb', 'openbox', 'xdotool', 'xclip', 'xterm', 'xprop', 'xprintidle', 'python3'],
  'the cost of watching',
  () => {
    for (const contender of ['poll', 'all'] as const) {
      it(`is measured for ${contender}: what is used while working and resting, and when a title is on disk`, async () => {
        const row = await measure(contender, 2, 1);
        expect(row.cpuSeconds).toBeGreaterThan(0);
        expect(row.rss).toBeGreaterThan(row.pss);
        expect(row.delay).toBeGreaterThan(0);
      }, 60_000);
    }
  },
);
