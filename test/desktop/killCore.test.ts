import { expect, it } from 'vitest';
import { killCoreBench } from '../bench/killCore.ts';
import { needs } from '../needs.ts';

needs(['Xvfb', 'openbox', 'xdotool', 'xclip', 'xterm'], 'kill -9 of the whole assistant', () => {
  it('loses nothing that was on disk, and starts again without a word', async () => {
    const report = await killCoreBench(2);
    expect(report).toMatchObject({ kills: 2, lost: 0, badIntegrity: 0, notes: 0, aside: 0, orphans: 0 });
    expect(report.events).toBeGreaterThan(0);
  });
});
