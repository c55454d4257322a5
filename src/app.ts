import { createHeart } from './app/heart.ts';
import { createAnnouncer } from './app/announce.ts';
import { createCapture } from './app/capture.ts';
import { createDemo } from './app/demo.ts';
import { createHandlers } from './app/handlers.ts';
import { createModels } from './app/models.ts';
import { createPauses } from './app/pauses.ts';
import { createStatus } from './app/status.ts';
import type { AppState, Assistant } from './contract.ts';
import { assistant } from './contract.ts';
import { openLog } from './log/open.ts';
import { serveLog } from './log/owner.ts';
import type { EventLog } from './model/log.ts';
import type { Ports } from './model/ports.ts';
import type { Settings } from './model/settings.ts';
import { createMonitors } from './monitors/monitors.ts';
import type { Paths } from './paths.ts';
import { createGuard } from './privacy/privacy.ts';
import { serve, type Handlers, type Publish } from './rpc.ts';
import { createSettingsStore } from './settingsFile.ts';

/** The running assistant, whatever host it runs in. */
export interface App {
  readonly handlers: Handlers<Assistant>;
  readonly log: EventLog;
  /** Adds a window; returns its removal. */
  subscribe(publish: Publish<Assistant>): () => void;
  /** Resolves when no turn of the agent runs or waits. */
  idle(): Promise<void>;
  /** Stops watching, writes what is left, closes the log. May be called twice. */
  close(): Promise<void>;
}

/** What a host gives the core. `onNote` hears sentences that a person should read once. */
export interface AppOptions {
  readonly paths: Paths;
  readonly ports: Ports;
  readonly host: AppState['host'];
  readonly demo: boolean;
  readonly version: string;
  readonly onNote?: (line: string) => void;
}

/** Wires the stages and starts watching, unless paused. Throws what `openLog` throws: everything else is shown, not thrown. */
export async function createApp(options: AppOptions): Promise<App> {
  const { paths, ports, host, version } = options;
  const note = options.onNote ?? (() => {});
  const demo = options.demo ? await createDemo(paths, ports.clock.now()) : null;
  const clock = demo?.clock ?? ports.clock;
  const settings = createSettingsStore(paths, clock);
  if (settings.note) note(settings.note);
  const opened = await openLog({ paths, clock: ports.clock });
  if (opened.note) note(opened.note);
  const { log } = opened;
  // A recorded day is played from its beginning, so the last play goes first.
  if (demo) {
    await log.forget({ everything: true });
    if (!settings.get().welcomed) await settings.set({ welcomed: true });
  }

  const guard = createGuard({ settings: settings.get });
  const announcer = createAnnouncer(() => readState());
  const models = createModels({
    paths,
    settings: settings.get,
    spawn: ports.spawn,
    clock: ports.clock,
    onChange: announcer.stateChanged,
    onProgress(alias, { step, done, total, state, note: message }) {
      announcer.publish('progress', { task: `model:${alias}`, done, total, state, message: message ?? step });
    },
  });
  const heart = await createHeart({
    paths,
    ports,
    clock,
    log,
    settings: settings.get,
    models,
    announcer,
    demo,
    note,
  });
  const sense = () =>
    demo
      ? { monitors: [demo.monitor], focus: heart.focus }
      : createMonitors({ guard, clock, spawn: ports.spawn, settings: settings.get(), ports });
  const capture = createCapture({ clock, sense, ingest: heart.ingest, onChange: announcer.stateChanged });
  // Without a window there is no Welcome: who starts it that way has agreed by doing so.
  const consented = () => demo !== null || host === 'headless' || settings.get().welcomed;
  const pauses = createPauses({
    capture,
    settings,
    clock: ports.clock,
    consented,
    onChange: announcer.stateChanged,
  });
  const readState = createStatus({
    ...heart,
    version,
    host,
    demo: options.demo,
    clock,
    settings: settings.get,
    log,
    models,
    counts: demo ? heart.counts : guard.counts,
    waiting: () => !consented(),
    paused: capture.paused,
    health: capture.health,
  });
  const handlers = createHandlers({
    clock,
    log,
    guard,
    models,
    settings,
    state: readState,
    ...heart,
    pause: pauses.pause,
    resume: pauses.resume,
  });

  const unfollow = settings.subscribe(followSettings(settings.get(), { capture, models, announcer, pauses }));
  const socket = await serveLog(log, paths.socket, {
    assistant(transport) {
      const stop = announcer.subscribe(serve(assistant, handlers, transport));
      transport.onClose(stop);
    },
  });
  // The window opens at once; a big model may take seconds to be looked over.
  void models.refresh().catch(() => announcer.stateChanged());
  await heart.resume();
  await pauses.start();

  let closing: Promise<void> | null = null;
  return {
    handlers,
    log,
    subscribe: announcer.subscribe,
    idle: heart.idle,
    close() {
      closing ??= (async () => {
        unfollow();
        pauses.close();
        await socket.close();
        await capture.close();
        await Promise.all([heart.close(), models.close()]);
        announcer.close();
        await log.close();
      })();
      return closing;
    },
  };
}

const sensing = (each: Settings) => JSON.stringify([each.sources, each.folders, each.afkSeconds]);
const model = (each: Settings) => JSON.stringify([each.model, each.endpoint]);

/** Restarts only what a change touches. */
function followSettings(
  first: Settings,
  parts: {
    readonly capture: { restart(): Promise<void> };
    readonly models: { refresh(): Promise<void> };
    readonly announcer: { stateChanged(): void };
    readonly pauses: { start(): Promise<void> };
  },
): (settings: Settings) => void {
  let before = first;
  return (now) => {
    const [was, is] = [before, now];
    before = now;
    if (!was.welcomed && is.welcomed) void parts.pauses.start();
    else if (sensing(was) !== sensing(is)) void parts.capture.restart();
    if (model(was) !== model(is)) void parts.models.refresh();
    parts.announcer.stateChanged();
  };
}
