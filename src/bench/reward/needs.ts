import type { Trace } from '../../proactivebench/folder.ts';
import { windowsOf } from '../../proactivebench/windows.ts';
import { fitLessons, probabilityOf } from '../gate/model.ts';
import { FACT_NAMES, gateWindowsOf, lessonsOf } from '../gateFolds.ts';
import type { Entry } from './splits.ts';

/** P(need) by window, from gates that did not see the window's trace. */
export interface Needs {
  readonly held: ReadonlyMap<string, number>;
  /** The same from gates that saw neither the window's trace nor this one: for what is learnt while this one is left out. */
  without(trace: string): ReadonlyMap<string, number>;
}

/** Fits the gate for every trace, and every two traces, left out. `models` give the votes that the gate learns from. */
export function needsOf(entries: readonly Entry[], models: ReadonlyMap<string, readonly Trace[]>): Needs {
  const windows = windowsOf(entries.map(({ row }) => row));
  const lessons = lessonsOf(gateWindowsOf(windows, models));
  const fitted = new Map<string, ReturnType<typeof fitLessons>>();
  const gate = (left: readonly string[]) => {
    // Leaving out a and then b is leaving out b and then a.
    const key = left.toSorted().join('\n');
    const kept = lessons.filter((_, at) => !left.includes(windows[at]!.trace));
    const model = fitted.get(key) ?? fitLessons(FACT_NAMES, kept);
    fitted.set(key, model);
    return model;
  };
  const told = (some: typeof windows, also: readonly string[]) =>
    new Map(
      some.map((window): [string, number] => {
        const model = gate([window.trace, ...also]);
        return [window.id, probabilityOf(model, lessons[windows.indexOf(window)]!.whole)];
      }),
    );
  return {
    held: told(windows, []),
    without: (trace) =>
      told(
        windows.filter((window) => window.trace !== trace),
        [trace],
      ),
  };
}
