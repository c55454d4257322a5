import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readGateWeights } from '../../src/agent/gate.ts';
import { writeDemoPast } from '../../src/app/demoPast.ts';
import { createInsights, type InsightChannels } from '../../src/app/insights/insights.ts';
import { createMemoryLog } from '../../src/log/memory.ts';
import type { EventLog } from '../../src/model/log.ts';

const GATE = fileURLToPath(new URL(join('..', '..', 'src', 'assets', 'gate.json'), import.meta.url));

/** The channels of the insights over a log of their own: the real ones, filled with made-up weeks where asked. */
export function fakeInsights(
  options: { readonly weeks?: boolean } = {},
): InsightChannels & { log: EventLog } {
  const log = createMemoryLog({ now: Date.now });
  const filled = options.weeks ? writeDemoPast(log, Date.now()) : Promise.resolve();
  const channels = filled.then(async () =>
    createInsights({ log, clock: { now: Date.now }, gate: await readGateWeights(GATE), madeUp: false }),
  );
  return {
    log,
    'insights.get': async (input) => (await channels)['insights.get'](input),
    'insights.rows': async (input) => (await channels)['insights.rows'](input),
  };
}
