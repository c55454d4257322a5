/**
 * How many model calls the gate saves on days that were written for the patterns, before any of them: each of a person who
 * needs one thing in the middle of a day, and dull ones. `npm run bench:skips [-- SEEDS]`. A need is found when the model
 * was asked at least once while it was there.
 */
import { join } from 'node:path';
import { readGate } from '../../src/agent/gate.ts';
import { countDays, type RecordedDay } from '../../src/bench/skips/days.ts';
import { Settings } from '../../src/model/settings.ts';
import { createPaths } from '../../src/paths.ts';
import { thresholdOf } from '../../src/suggestions/policy.ts';
import { dullDay, SCENES, unseenDay } from '../agent/proposers/unseenDays.ts';
import { benchRun } from './run.ts';

const seeds = Number(process.argv[2] ?? 5);
const gate = await readGate(join(createPaths().assets, 'gate.json'));
const threshold = thresholdOf(Settings.parse({}).eagerness);
const counted = async (days: readonly RecordedDay[]) =>
  (await countDays(benchRun(), days, { gate, threshold })) ?? [];
const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
const sums = (days: Awaited<ReturnType<typeof counted>>) => ({
  turns: days.reduce((sum, day) => sum + day.turns, 0),
  asked: days.reduce((sum, day) => sum + day.asked, 0),
  hours: days.reduce((sum, day) => sum + day.hours, 0),
});

const dull = sums(
  await counted(Array.from({ length: seeds * 4 }, (_, seed) => ({ name: 'dull', events: dullDay(seed) }))),
);
process.stdout.write(
  `dull days: ${dull.hours.toFixed(0)} h, ${dull.asked} of ${dull.turns} calls asked, ${share(dull.turns - dull.asked, dull.turns)} skipped\n`,
);

let [found, all] = [0, 0];
const total = { turns: 0, asked: 0, hours: 0 };
for (const need of Object.keys(SCENES)) {
  let hits = 0;
  for (let seed = 0; seed < seeds; seed += 1) {
    const { events, from, to } = unseenDay(need, seed);
    const [day] = await counted([{ name: need, events }]);
    total.turns += day!.turns;
    total.asked += day!.asked;
    total.hours += day!.hours;
    hits += day!.times.some(({ at, need: p }) => at >= from && at <= to && p >= threshold) ? 1 : 0;
  }
  found += hits;
  all += seeds;
  process.stdout.write(`  ${need}: asked while it was there on ${hits} of ${seeds} days\n`);
}
process.stdout.write(
  `days with a need: ${total.hours.toFixed(0)} h, ${total.asked} of ${total.turns} calls asked, ${share(total.turns - total.asked, total.turns)} skipped; needs found ${found} of ${all}, ${share(found, all)}\n`,
);
