import type { Command } from 'commander';
import { addBenchData } from './bench/data.ts';
import { addBenchLatency } from './bench/latency.ts';
import { addBenchLearning } from './bench/learning.ts';
import { addBenchNeed } from './bench/need.ts';
import { addBenchProactivebench } from './bench/proactivebench.ts';
import { addBenchReport } from './bench/report.ts';
import { addBenchReward } from './bench/reward.ts';
import { addBenchSkips } from './bench/skips.ts';
import { addBenchTiming } from './bench/timing.ts';

/** `beforehand bench`: measures on data in ProactiveBench's layout, each bench a verb of its own. */
export function addBench(program: Command): void {
  const bench = program
    .command('bench')
    .description('measure detectors, agents, reward models and latency on ProactiveBench data');
  const verbs = [
    addBenchData,
    addBenchLatency,
    addBenchLearning,
    addBenchNeed,
    addBenchProactivebench,
    addBenchReport,
    addBenchReward,
    addBenchSkips,
    addBenchTiming,
  ];
  for (const add of verbs) add(bench);
}
