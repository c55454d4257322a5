import type { ForgetFilter } from './log.ts';
import type { Observation } from './observation.ts';

/** Whether an observation is among those that a person selected in a list: the one rule for log, memory and window. */
export function selects({
  began,
  only,
  except = [],
  also = [],
}: Extract<ForgetFilter, { began: unknown }>): (each: Pick<Observation, 'id' | 'time' | 'app'>) => boolean {
  const [out, more] = [new Set(except), new Set(also)];
  return ({ id, time, app }) =>
    more.has(id) ||
    (!out.has(id) &&
      (only === undefined || (app ?? '') === only) &&
      began.some(({ from, to }) => time >= from && time <= to));
}
