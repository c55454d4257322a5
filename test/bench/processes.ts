import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one process has used so far. */
export interface Usage {
  readonly pid: number;
  /** The part of the program it runs, e.g. `cli.ts`. */
  readonly name: string;
  /**
   * Seconds of processor time, user and system: the scheduler's own nanoseconds where the kernel keeps them, because
   * utime and stime are counted by ticks, which miss wake-ups shorter than one.
   */
  readonly cpu: number;
  /** Bytes. `pss` counts a page shared by n processes as 1/n. */
  readonly rss: number;
  readonly pss: number;
  readonly threads: number;
  /** Times that a thread went to sleep by itself: each was woken once before. */
  readonly wakes: number;
}

/** Ticks a second of /proc/PID/stat; 100 on every Linux platform in use (proc(5), sysconf(_SC_CLK_TCK)). */
const TICKS = 100;

/** `root` and all processes below it. */
export function treeOf(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? fieldsOf(Number(name)) : null;
    if (stat) parents.set(Number(name), Number(stat[1]));
  }
  const found = [root];
  for (const parent of found) {
    for (const [pid, of] of parents) if (of === parent && !found.includes(pid)) found.push(pid);
  }
  return found.filter((pid) => parents.has(pid));
}

/** What `pid` has used; null once it is gone. */
export function usageOf(pid: number): Usage | null {
  try {
    const stat = fieldsOf(pid);
    if (!stat) return null;
    const proc = join('/proc', String(pid));
    const rollup = readFileSync(join(proc, 'smaps_rollup'), 'utf8');
    let wakes = 0;
    let nanoseconds = 0;
    const threads = readdirSync(join(proc, 'task'));
    for (const each of threads) {
      const status = readFileSync(join(proc, 'task', each, 'status'), 'utf8');
      nanoseconds += runTime(join(proc, 'task', each, 'schedstat'));
      wakes += Number(/^voluntary_ctxt_switches:\s*(\d+)/m.exec(status)?.[1] ?? 0);
    }
    return {
      pid,
      name: nameOf(pid),
      // Fields 14 and 15 of proc(5), counted from the one behind the program's name.
      cpu: nanoseconds > 0 ? nanoseconds / 1e9 : (Number(stat[11]) + Number(stat[12])) / TICKS,
      rss: kilobytes(rollup, 'Rss'),
      pss: kilobytes(rollup, 'Pss'),
      threads: threads.length,
      wakes,
    };
  } catch {
    return null;
  }
}

/** Seconds of processor time of the children of `pid` that have ended and were waited for; counted in ticks. */
export function deadCpuOf(pid: number): number {
  const stat = fieldsOf(pid);
  return stat ? (Number(stat[13]) + Number(stat[14])) / TICKS : 0;
}

/** The part of the program that a process runs, told by the script on its command line. */
export function nameOf(pid: number): string {
  try {
    const words = readFileSync(join('/proc', String(pid), 'cmdline'), 'utf8').split('\0');
    const script = words.find((word) => /\.[cm]?[jt]s$/.test(word));
    return (script ?? words[0] ?? '').split('/').at(-1) ?? '';
  } catch {
    return '';
  }
}

/** Fields of /proc/PID/stat behind the name, which may hold spaces and brackets; null for one that is gone. */
function fieldsOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(join('/proc', String(pid), 'stat'), 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : fields;
  } catch {
    return null;
  }
}

/** Nanoseconds that a thread has run; 0 where the kernel keeps no such file. */
function runTime(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8').split(' ')[0]);
  } catch {
    return 0;
  }
}

function kilobytes(rollup: string, name: string): number {
  return 1024 * Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(rollup)?.[1] ?? 0);
}
