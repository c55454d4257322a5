import { homedir } from 'node:os';
import { appFacts } from '../model/app.ts';
import type { FilePlaces } from '../model/files.ts';
import type { Context, Guard } from '../model/guard.ts';
import type { Holds } from '../model/hold.ts';
import type { Monitor } from '../model/monitor.ts';
import type { Clock, Spawn } from '../model/ports.ts';
import type { Settings } from '../model/settings.ts';
import { withAccessibility } from './accessible.ts';
import { adaptersOf } from './adapters.ts';
import { type ClipboardMemory, createClipboardMonitor } from './clipboard.ts';
import { createFilesMonitor } from './files.ts';
import { contextOf, createFocusTracker } from './focus.ts';
import { watchedFolders } from './folders.ts';
import type { MonitorPorts } from '../model/ports.ts';
import { createHolds } from './holds/holds.ts';
import { meetingRuns, microphoneOpen } from './holds/microphone.ts';
import { createPower } from './holds/power.ts';
import { createIdleMonitor } from './idle.ts';
import type { BeatFeed } from './beat.ts';
import { createIngestMonitor } from './ingest.ts';
import { createKeyboardMonitor } from './keyboard.ts';
import { createAtspi } from './linux/accessibility.ts';
import { QUICK_BACK_OFF } from './supervised.ts';
import { createWindowMonitor } from './window.ts';

/**
 * The monitors of this platform for the sources that the settings switch on. Nothing is opened before `start`; a
 * source that the platform lacks rejects there, and its health says `missing` with the reason.
 * `focus` is the window in focus as far as known: unredacted, so for the Guard and for decisions only. `holds` says what
 * keeps cards back, in fixed words, and `lastKey` when a key was pressed last, which the bursts tell only afterwards; the window in front is known while any of the monitors that ask for it runs.
 */
export function createMonitors(options: {
  readonly guard: Guard;
  readonly clock: Clock;
  readonly spawn: Spawn;
  readonly settings: Settings;
  readonly platform?: NodeJS.Platform;
  readonly env?: NodeJS.ProcessEnv;
  readonly home?: string;
  readonly ports?: MonitorPorts;
  /** Outlives these monitors, so that what is cleared during a pause is taken back. */
  readonly memory?: ClipboardMemory;
  /** Heartbeats of ActivityWatch clients, where a host has them. */
  readonly beats?: BeatFeed;
  /** A folder of the program's own for the self-test of the files; memory rather than disk, since it is touched often. */
  readonly probeFolder?: string;
  /** Hears where the files lie that events tell of. */
  readonly places?: FilePlaces;
  /** Settings of the holds now in force; those given unless told. */
  readonly holds?: () => Settings['holds'];
}): { readonly monitors: readonly Monitor[]; focus(): Context; readonly holds: Holds; lastKey(): number } {
  const { guard, clock, spawn, settings, env = process.env, ports = {} } = options;
  const platform = options.platform ?? process.platform;
  const adapters = adaptersOf(platform, { env, spawn, ports });
  const { sources, afkSeconds } = settings;
  // Shared: the keyboard and the clipboard ask where they are even when the window source itself is off.
  const focus = createFocusTracker(
    platform === 'darwin' || platform === 'win32'
      ? adapters.window
      : withAccessibility(
          adapters.window,
          createAtspi({ env, enable: settings.accessibility, typed: isTyped(settings.typedApps) }),
        ),
  );
  const monitors: Monitor[] = [];
  let lastKey = -Infinity;
  const onKey = () => (lastKey = clock.now());
  const backOff = QUICK_BACK_OFF;
  if (sources.window) monitors.push(createWindowMonitor({ adapter: focus, guard, clock, backOff }));
  if (sources.idle) monitors.push(createIdleMonitor({ adapter: adapters.idle, clock, afkSeconds, backOff }));
  if (sources.clipboard) {
    const { memory } = options;
    monitors.push(
      createClipboardMonitor({ adapter: adapters.clipboard, guard, clock, focus, memory, backOff }),
    );
  }
  if (sources.keyboard) {
    const text = settings.typedApps.length > 0;
    monitors.push(
      createKeyboardMonitor({ adapter: adapters.keys, guard, clock, focus, text, backOff, onKey }),
    );
  }
  if (sources.files) {
    const { probeFolder, places } = options;
    const folders = watchedFolders(settings.folders, options.home ?? homedir(), env);
    monitors.push(createFilesMonitor({ folders, guard, clock, probeFolder, places }));
  }
  if (settings.activityWatch.ingest && options.beats) {
    // Where the platform lacks a source that the person switched on, a foreign watcher may stand in.
    const lacks = (name: string) =>
      monitors.some((each) => each.name === name && each.health().state === 'missing');
    const foreign = { window: () => lacks('window'), idle: () => lacks('idle') };
    monitors.push(createIngestMonitor({ feed: options.beats, focus, guard, clock, foreign }));
  }
  const linux = platform !== 'darwin' && platform !== 'win32';
  const holds = createHolds(
    {
      focus: focus.current,
      microphone: linux ? () => microphoneOpen() : () => null,
      program: linux ? () => meetingRuns() : () => null,
      onBattery: createPower(platform, ports.power),
    },
    { clock, settings: options.holds ?? (() => settings.holds) },
  );
  return { monitors, focus: () => contextOf(focus.current(), 'window'), holds, lastKey: () => lastKey };
}

/** Whether typed text of an app is wanted: the Guard decides on it, this only saves asking where it would say no. */
function isTyped(apps: readonly string[]): (app: string) => boolean {
  const names = apps.map((each) => each.normalize('NFKC').toLowerCase());
  return (app) => {
    const said = [app, appFacts(app).name].map((each) => each.normalize('NFKC').toLowerCase());
    return names.some((name) => said.some((each) => each.includes(name)));
  };
}
