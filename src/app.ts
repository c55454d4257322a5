import { join } from 'node:path';
import { createHeart } from './app/heart.ts';
import { createAnnouncer } from './app/announce.ts';
import { createCapture, type Capture, type Sensing } from './app/capture.ts';
import { createDemo, type Demo } from './app/demo.ts';
import { writeDemoPast } from './app/demoPast.ts';
import { followSettings } from './app/following.ts';
import { createDial } from './app/dial.ts';
import { createDoing } from './app/doing.ts';
import { createExports } from './app/exports.ts';
import { createFilePlaces } from './operations/places.ts';
import { createHandlers } from './app/handlers.ts';
import { createDigest } from './app/digest.ts';
import { openLearner } from './app/learnerHere.ts';
import { createLearning } from './app/learning.ts';
import { createMcpChannels } from './app/mcpServers.ts';
import { createModelParts } from './app/modelParts.ts';
import { createPauses, type Pauses } from './app/pauses.ts';
import { createPlan } from './app/plan.ts';
import { createProgram } from './app/program.ts';
import { createHealthMarks } from './app/healthMarks.ts';
import { createInsights } from './app/insights/insights.ts';
import { createReceipts } from './app/receipts.ts';
import { createRetaining } from './app/retaining.ts';
import { createShortcuts } from './app/shortcuts.ts';
import { createStatus } from './app/status.ts';
import { createStudying } from './app/studying.ts';
import { pinnedHere } from './app/pinnedHere.ts';
import { systemSteady } from './app/steady.ts';
import { createTeaching } from './app/teaching.ts';
import { readGateWeights } from './agent/gate.ts';
import type { AppState, Assistant } from './contract.ts';
import { assistant } from './contract.ts';
import { asAppError } from './errors.ts';
import { spokenLanguage } from './model/language.ts';
import { createPowerMeter } from './llm/power.ts';
import { serveLog } from './log/owner.ts';
import type { OpenedLog } from './log/open.ts';
import { openLogInThread } from './log/worker.ts';
import { createMcpServers } from './mcp/servers.ts';
import type { EventLog } from './model/log.ts';
import type { Clock, Ports } from './model/ports.ts';
import type { ClipboardMemory } from './monitors/clipboard.ts';
import { createMonitors } from './monitors/monitors.ts';
import type { Paths } from './paths.ts';
import { listExclusions, loadExclusions } from './privacy/exclusions.ts';
import { createGuard } from './privacy/privacy.ts';
import { serve, type Handlers, type Publish } from './rpc.ts';
import { createActivityWatch } from './server/activityWatch.ts';
import { createSettingsStore, type SettingsStore } from './settingsFile.ts';
import { forgetPast } from './study/turning.ts';

/** The running assistant, whatever host it runs in. */
export interface App {
  readonly handlers: Handlers<Assistant>;
  readonly log: EventLog;
  /** Adds a window; returns its removal. */
  subscribe(publish: Publish<Assistant>): () => void;
  /** Resolves when no turn of the agent runs or waits, and every suggestion has taken its step. */
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
  /** Sources other than this platform's own monitors. */
  readonly sense?: () => Sensing;
  /** The log, where the host began to open it while the rest was loaded; else it is opened here. */
  readonly log?: Promise<OpenedLog>;
  /** Loopback port of ActivityWatch clients, where a test must not use theirs. */
  readonly beatPort?: number;
}

/** Wires the stages and starts watching, unless paused. Throws what opening the log throws: everything else is shown, not thrown. */
export async function createApp(options: AppOptions): Promise<App> {
  const { paths, ports } = options;
  const note = options.onNote ?? (() => {});
  const demo = options.demo ? await createDemo(paths, ports.clock.now()) : null;
  const clock = demo?.clock ?? ports.clock;
  const settings = createSettingsStore(paths, clock);
  if (settings.note) note(settings.note);
  const opened = await (options.log ?? openLogInThread({ paths, clock: ports.clock, onNote: note }));
  if (opened.note) note(opened.note);
  try {
    return await wire(options, { demo, clock, settings, log: opened.log, note });
  } catch (thrown) {
    await opened.log.close();
    throw thrown;
  }
}

async function wire(
  { paths, ports, host, version, demo: playing, sense: given, beatPort }: AppOptions,
  base: {
    readonly demo: Demo | null;
    readonly clock: Clock;
    readonly settings: SettingsStore;
    readonly log: EventLog;
    readonly note: (line: string) => void;
  },
): Promise<App> {
  const { demo, clock, settings, log, note } = base;
  // What nobody waits for must not end the program: the person is told.
  const tell = (work: Promise<void>) =>
    void work.catch((thrown: unknown) => note(asAppError(thrown, 'internal', 'app').message));
  // A recorded day is played from its beginning, so the last play goes first.
  if (demo) {
    await log.forget({ everything: true });
    if (!settings.get().welcomed) await settings.set({ welcomed: true });
  }

  const exclusions = loadExclusions();
  const guard = createGuard({ settings: settings.get, exclusions });
  const announcer = createAnnouncer(() => readState());
  const quiet = createPlan(() => settings.get().quietHours, ports.clock);
  const modelParts = createModelParts({ paths, ports, settings, announcer });
  const { models } = modelParts;
  const studying = await createStudying({
    store: settings,
    log,
    guard,
    clock,
    wall: ports.clock,
    pinned: (now, file) => pinnedHere(paths, now, file.frozen.model !== undefined),
    onChange: announcer.stateChanged,
    note,
  });
  const tools = createMcpServers({ servers: () => settings.get().mcp.servers });
  const mcp = createMcpChannels({ settings, servers: tools });
  const places = createFilePlaces();
  const learner = await openLearner({
    paths,
    log,
    clock,
    learning: () => settings.get().learning,
    studying: () => studying.state() !== null,
    onChange: announcer.stateChanged,
    onNote: note,
  });
  // What the last play taught goes with it.
  if (demo) await learner.forgotten(true);
  const heart = await createHeart({
    guard,
    places,
    paths,
    ports,
    clock,
    log,
    settings: settings.get,
    models,
    tools,
    announcer,
    demo,
    note,
    studying,
    learner,
    paused: () => capture.paused(),
    watching: () => !capture.paused() && pauses.admits(),
    quiet: () => quiet.inside(),
    holds: () => capture.holds(),
    lastKey: () => capture.lastKey(),
    onForgotten() {
      tell(models.forget());
      tell(learner.forgotten(false));
    },
  });
  const clients = createActivityWatch({
    paths,
    settings: settings.get,
    clock,
    ...(beatPort && { port: beatPort }),
  });
  const memory: ClipboardMemory = { held: null };
  const sense = () =>
    given?.() ??
    (demo
      ? { monitors: [demo.monitor], focus: heart.focus }
      : createMonitors({
          guard,
          clock,
          spawn: ports.spawn,
          settings: settings.get(),
          ports,
          holds: () => settings.get().holds,
          beats: clients.feed,
          memory,
          places,
          probeFolder: paths.probe,
        }));
  const capture: Capture = createCapture({
    clock,
    sense,
    ingest: heart.ingest,
    onChange() {
      marks.look();
      announcer.stateChanged();
    },
    admits: () => pauses.admits(),
    afk: heart.afk,
  });
  const marks = createHealthMarks({
    clock,
    health: () => capture.health(),
    paused: () => capture.paused(),
    ingest: heart.ingest,
  });
  // Without a window there is no Welcome: who starts it that way has agreed by doing so.
  const consented = () => demo !== null || host === 'headless' || settings.get().welcomed;
  const pauses: Pauses = createPauses({
    capture,
    settings,
    clock: ports.clock,
    steady: ports.steady ?? systemSteady,
    quiet,
    consented,
    onChange: announcer.stateChanged,
  });
  const readState = createStatus({
    ...heart,
    version,
    host,
    demo: playing,
    clock,
    log,
    models,
    counts: demo ? heart.counts : guard.counts,
    wall: ports.clock,
    paused: pauses.state,
    quietUntil: () => (quiet.inside() ? quiet.until() : null),
    holds: () => capture.holds(),
    health: capture.health,
    study: studying.state,
    language: () => spokenLanguage(settings.get().language),
    shortcuts: () => shortcuts.state(),
  });
  const forget: EventLog['forget'] = async (filter) => {
    const forgotten = await heart.forget(filter);
    await learner.forgotten('everything' in filter);
    studying.forgotten();
    if ('everything' in filter && settings.studies().past.length > 0) await settings.setStudies(forgetPast);
    // The model process still holds the prompts it was given last, and they may have shown it.
    await models.forget();
    announcer.changed(0);
    return forgotten;
  };
  const exports = createExports({
    paths,
    log,
    clock: ports.clock,
    version,
    onProgress: (done, total) =>
      announcer.publish('progress', {
        task: 'export',
        done,
        total,
        state: done < total ? 'running' : 'done',
      }),
  });
  const program = createProgram({
    ports,
    clock: ports.clock,
    settings: settings.get,
    host,
    demo: demo !== null,
    logs: paths.logs,
    publish: announcer.publish,
  });
  const handlers = createHandlers({
    program: program.channels,
    clock,
    since: clock.now(),
    log,
    guard,
    exclusions: listExclusions(exclusions),
    modelHandlers: modelParts.handlers,
    openData: () => ports.open.open(paths.data),
    teaching: createTeaching(paths.data, ports.clock),
    learning: createLearning(
      learner,
      createDigest({
        log,
        clock,
        lifecycle: heart.lifecycle,
        onFeedback: heart.onFeedback,
        collects: studying.collects,
      }),
    ),
    dial: createDial({
      log,
      clock,
      settings: settings.get,
      policy: heart.policy,
      lifecycle: heart.lifecycle,
    }),
    receipts: createReceipts({ log, clock, power: createPowerMeter() }),
    insights: createInsights({
      log,
      clock,
      gate: await readGateWeights(join(paths.assets, 'gate.json')),
      madeUp: demo !== null,
    }),
    doing: createDoing({ log, undo: heart.undo }),
    mcp: mcp.forPages,
    settings,
    studying,
    state: readState,
    ...heart,
    forget,
    pause: pauses.pause,
    resume: pauses.resume,
    check: capture.check,
    renewKey: clients.renewKey,
    exports,
  });
  const shortcuts = createShortcuts({
    port: ports.shortcuts,
    wanted: () => settings.get().shortcuts,
    act: {
      pause: () => (pauses.state() ? pauses.resume() : pauses.pause(null)),
      need: () => handlers['need.record']({}),
      async accept() {
        const current = heart.lifecycle.current();
        // Whoever is at a locked screen may not be the one who was asked.
        if (!current || (await ports.screen?.locked()) === true) return;
        await handlers['suggestions.answer']({ id: current.id, answer: 'accept', via: 'hotkey' });
      },
      show: () => ports.window?.show(),
    },
    onChange: announcer.stateChanged,
    onError: (thrown) => note(asAppError(thrown, 'internal', 'shortcuts').message),
  });
  // Nobody is recorded on a recorded day, and nothing listens before somebody agreed.
  const hear = () => clients.follow(!demo && consented() && settings.get().activityWatch.ingest);

  const follow = followSettings(settings.get(), {
    capture,
    models,
    announcer,
    pauses,
    consented,
    tell,
    hear,
  });
  const unfollow = settings.subscribe((now) => {
    follow(now);
    program.follow(now);
    tell(shortcuts.follow());
    tell(studying.check());
  });
  // Whoever forgets through the socket, the window or the command line forgets everywhere.
  // Nor is a page left with what another process wrote.
  const observe: EventLog['observe'] = async (rows) => {
    await log.observe(rows);
    for (const { time } of rows) announcer.changed(time);
  };
  const socket = await serveLog({ ...log, observe, forget }, paths.socket, {
    assistant(transport) {
      const stop = announcer.subscribe(serve(assistant, { ...handlers, ...mcp.all }, transport));
      transport.onClose(stop);
    },
  });
  const retaining = createRetaining({
    log,
    clock: ports.clock,
    steady: ports.steady ?? systemSteady,
    settings,
    // A recorded day has its own dates and needs no copies.
    off: () => demo !== null,
    async onGone(from) {
      await heart.expire(from);
      announcer.changed(0);
      await learner.forgotten(false);
    },
    onError: (message) => note(message),
  });
  let closing: Promise<void> | null = null;
  const close = async () => {
    unfollow();
    program.close();
    studying.close();
    retaining.close();
    pauses.close();
    exports.stop();
    await shortcuts.close();
    // What was sensed last goes to disk before anything that may take its time.
    await capture.close();
    await heart.flush();
    await modelParts.stopMeasuring();
    await Promise.all([socket.close(), heart.close(), models.close(), clients.close(), tools.close()]);
    await learner.close();
    announcer.close();
    await log.close();
  };
  try {
    // After what remembers answers has read them: made-up ones teach the policy nothing.
    if (demo) await writeDemoPast(log, clock.now());
    // The window opens at once; a big model may take seconds to be looked over.
    tell(models.refresh());
    await heart.resume();
    await hear();
    tell(shortcuts.follow());
    await pauses.start().catch((thrown: unknown) => note(asAppError(thrown, 'internal', 'app').message));
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return {
    handlers,
    log,
    subscribe: announcer.subscribe,
    idle: heart.idle,
    close: () => (closing ??= close()),
  };
}
