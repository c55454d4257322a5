/**
 * Nothing leaves (TARGETS.md P5): a working day in small, watched by strace, and again in a network namespace that has
 * no network at all.
 *
 *     node test/bench/soak.ts [seconds]      120 a run unless told; a table, then one JSON line
 *
 * The real core with every source and the real default model where it is on disk; real windows, keys, copies and
 * files; once without a window (nothing may listen) and once with its Chromium window.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCore, writeSettings, type Core } from '../desktop/core.ts';
import { startDisplay, type Display } from '../desktop/display.ts';
import { startSession } from '../desktop/session.ts';
import { defaultModel, modelsFolder } from '../model/defaultModel.ts';
import { boundSockets, leavingCalls, straceArguments, type NetworkCall } from './connections.ts';

/** How a run was held: which window, and what watched or bounded its network. */
export interface SoakOptions {
  readonly seconds: number;
  readonly host: 'headless' | 'browser';
  readonly by: 'strace' | 'namespace';
}

/** What one run did and what left the machine. */
export interface SoakReport extends SoakOptions {
  /** Events that the log held in the end: proof that it worked meanwhile. */
  readonly events: number;
  /** Suggestions that were accepted, so that their operation ran, and tokens that the model wrote. */
  readonly accepted: number;
  readonly tokens: number;
  readonly model: string;
  readonly sources: Readonly<Record<string, string>>;
  /** strace: calls that reach beyond this machine, by address. */
  readonly leaving?: Readonly<Record<string, number>>;
  /** strace: addresses whose route was looked up without a packet. */
  readonly routes?: Readonly<Record<string, number>>;
  /** namespace: packets that were sent into a network which leads nowhere. */
  readonly packets?: number;
  /** Internet sockets that were bound, by address; ports of the system's choice as `*`. */
  readonly bound: readonly string[];
}

/**
 * A network of one cable that leads nowhere, with a default route into it: whatever would leave is sent, and counted by
 * the kernel. Without IPv6 and ARP the kernel itself sends nothing there.
 */
const CABLE = [
  'ip link set lo up',
  'ip link add out type veth peer name end',
  'sysctl -qw net.ipv6.conf.out.disable_ipv6=1 net.ipv6.conf.end.disable_ipv6=1',
  'ip link set out arp off up',
  'ip link set end arp off up',
  'ip addr add 10.211.0.2/24 dev out',
  'ip route add default dev out',
  'exec "$0" "$@"',
].join(' && ');
/** A command in front that runs a program in such a network; needs root, or a kernel that lets users make namespaces. */
export const NAMESPACE: readonly string[] = ['unshare', '--net', 'sh', '-c', CABLE];

/** Packets that were sent into the cable so far, seen from a process in that network. */
export function packetsOf(pid: number): number {
  const row = readFileSync(`/proc/${pid}/net/dev`, 'utf8')
    .split('\n')
    .find((line) => line.trim().startsWith('out:'));
  return Number(row?.trim().split(/\s+/)[10] ?? Number.NaN);
}

/** One run. */
export async function soak(options: SoakOptions): Promise<SoakReport> {
  // Fetched before anything is watched: a download is the one thing that may leave, and the user asked for it.
  await defaultModel();
  const home = mkdtempSync(join(tmpdir(), 'soak-'));
  const trace = join(home, 'strace.log');
  const notes = join(home, 'notes');
  mkdirSync(notes, { mode: 0o700 });
  writeSettings(home, { folders: [notes], afkSeconds: 10, model: { proposals: 'on', threshold: 0 } });
  const display = await startDisplay();
  const session = await startSession(display);
  try {
    const core = await startCore({
      home,
      env: { ...session.env, BEFOREHAND_MODELS: modelsFolder },
      args: ['--host', options.host],
      through: options.by === 'strace' ? straceArguments(trace) : NAMESPACE,
      readyMs: 60_000,
    });
    try {
      const accepted = await day(display, core, notes, options.seconds);
      const state = await core.client.call('state.get', {});
      const packets = options.by === 'namespace' ? packetsOf(core.process.pid!) : undefined;
      await core.stop();
      const log = options.by === 'strace' ? readFileSync(trace, 'utf8') : '';
      const calls = leavingCalls(log);
      const sorted = (kind: NetworkCall['kind']) => {
        const counts: Record<string, number> = {};
        for (const each of calls) if (each.kind === kind) counts[each.to] = (counts[each.to] ?? 0) + 1;
        return counts;
      };
      return {
        ...options,
        events: state.store.events,
        accepted,
        tokens: state.today.tokens,
        model: state.model.state,
        sources: Object.fromEntries(state.sources.map((each) => [each.name, each.state])),
        ...(packets === undefined ? { leaving: sorted('left'), routes: sorted('route') } : { packets }),
        bound: [...new Set(boundSockets(log).map((each) => each.replace(/:(?!0$)\d+$/, ':*')))],
      };
    } finally {
      await core.stop();
    }
  } finally {
    await session.stop();
    await display.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Windows, searches, keys, copies, saves and a rest, over and over. */
async function day(display: Display, core: Core, folder: string, seconds: number): Promise<number> {
  let accepted = 0;
  const end = performance.now() + seconds * 1000;
  const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  for (let round = 0; performance.now() < end; round++) {
    const title = `how to merge two lists ${round} - Google Search - Mozilla Firefox`;
    const window = display.run('xterm', ['-class', 'firefox', '-T', title, '-e', 'sleep', '30']);
    await rest(700);
    await display.call('xdotool', ['type', '--delay', '15', `merge lists round ${round}`]).catch(() => '');
    await display.call('xclip', ['-selection', 'clipboard'], `TypeError: round ${round} is not a function`);
    writeFileSync(join(folder, `note-${round % 20}.md`), `round ${round}\n`);
    await rest(1500);
    window.kill();
    const { current } = await core.client.call('state.get', {});
    if (current?.state === 'shown' && current.proposal.operation?.kind !== 'search') {
      await core.client.call('suggestions.answer', { id: current.id, answer: 'accept', via: 'card' });
      accepted++;
    }
  }
  return accepted;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const seconds = Number(process.argv[2] ?? 120);
  const reports: SoakReport[] = [];
  for (const host of ['headless', 'browser'] as const) {
    for (const by of ['strace', 'namespace'] as const) {
      const report = await soak({ seconds, host, by });
      const sum = (counts: Readonly<Record<string, number>> = {}) =>
        Object.values(counts).reduce((a, b) => a + b, 0);
      const left =
        report.packets === undefined
          ? `${sum(report.leaving)} calls left, ${sum(report.routes)} route look-ups`
          : `${report.packets} packets left`;
      console.log(
        `${host.padEnd(9)} ${by.padEnd(10)} ${String(report.events).padStart(6)} events  ${report.accepted} accepted, ${report.tokens} tokens  ${left}  bound: ${report.bound.join(' ') || 'nothing'}`,
      );
      reports.push(report);
    }
  }
  const kernel = execFileSync('uname', ['-r'], { encoding: 'utf8' }).trim();
  console.log(JSON.stringify({ kernel, reports }));
}
