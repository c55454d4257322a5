import { join } from 'node:path';
import { createAgent } from '../agent/agent.ts';
import { readGate } from '../agent/gate.ts';
import { readPrompt } from '../agent/prompt.ts';
import { createPatterns } from '../agent/proposers/patterns/index.ts';
import { asAppError } from '../errors.ts';
import type { Event, RetractedEvent } from '../model/event.ts';
import type { Feedback } from '../model/feedback.ts';
import { holding, resting, type Holds } from '../model/hold.ts';
import { newId } from '../model/id.ts';
import type { FilePlaces } from '../model/files.ts';
import type { Guard } from '../model/guard.ts';
import { spokenLanguage } from '../model/language.ts';
import type { EventLog, ForgetFilter } from '../model/log.ts';
import type { McpTools } from '../model/mcp.ts';
import type { Clock, Ports } from '../model/ports.ts';
import { REMINDER } from '../model/reminder.ts';
import type { Settings } from '../model/settings.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { createObserver } from '../observations/window.ts';
import type { Paths } from '../paths.ts';
import { createScore } from '../reward/score.ts';
import { NO_TASTE } from '../reward/taste.ts';
import { createBoundaries, TYPING_PAUSE } from '../suggestions/boundary.ts';
import { createLifecycle } from '../suggestions/lifecycle.ts';
import { offered } from '../suggestions/mutes.ts';
import { createPolicy, thresholdOf } from '../suggestions/policy.ts';
import type { Announcer } from './announce.ts';
import { createCards } from './cards.ts';
import { createCarrying } from './carrying.ts';
import { createDecidePrompt } from './decidePrompt.ts';
import type { Demo } from './demo.ts';
import { createDwell } from './dwell.ts';
import { createForgetEverywhere } from './forgetEverywhere.ts';
import { createHoldWatch } from './holdWatch.ts';
import { createKeeper } from './keeper.ts';
import type { Learner } from './learner.ts';
import type { Models } from './models.ts';
import { createOffers } from './offers.ts';
import { offerReminder } from './reminding.ts';
import { createRetracting } from './retracting.ts';
import { openReward } from './rewardHere.ts';
import { createSpeaker } from './speaker.ts';
import type { Studying } from './studying.ts';
import { createToday } from './today.ts';
import { createTurns } from './turns.ts';

/**
 * Everything between an event and a logged answer: wires observations, agent, suggestions and operations behind the guard.
 * Reads what earlier runs left before it resolves.
 */
export async function createHeart(options: {
  readonly paths: Paths;
  readonly ports: Ports;
  readonly clock: Clock;
  readonly log: EventLog;
  readonly settings: () => Settings;
  readonly models: Models;
  /** Tools of the MCP servers that the user configured. */
  readonly tools: McpTools;
  readonly announcer: Announcer;
  readonly demo: Demo | null;
  readonly guard: Guard;
  /** Which file an event told of, as the files source knows it. */
  readonly places: FilePlaces;
  readonly note: (line: string) => void;
  /** Watching is paused: no turn begins, no card comes. */
  readonly paused: () => boolean;
  /** Whether an event of this moment may be kept; what the program adds by itself asks too. */
  readonly watching: () => boolean;
  /** Quiet hours: suggestions are held, no card comes and nothing rings. */
  readonly quiet: () => boolean;
  /** What keeps cards back now: a full screen, a meeting. */
  readonly holds: Holds;
  /** When a key was pressed last: a burst of keys is told only when it is over. */
  readonly lastKey?: () => number;
  /** The study in force: it marks what is made and hears every answer. */
  readonly studying?: Pick<Studying, 'turn' | 'answered' | 'collects'>;
  /** Learns from every answer. */
  readonly learner?: Pick<Learner, 'answered' | 'taste'>;
  /** An event was taken back by its owner and is forgotten. */
  readonly onForgotten?: () => void;
}) {
  const { paths, ports, clock, log, settings, models, announcer, demo, guard, places } = options;
  const decidePrompt = createDecidePrompt({
    settings,
    shipped: readPrompt(join(paths.assets, 'prompts', 'decide-1.json')),
    // A study is held with the words it was applied with.
    frozen: () => (options.studying?.turn() ?? null) !== null,
    note: options.note,
  });
  const observer = createObserver({});
  const today = await createToday(log, clock);
  const learnt = () => {
    const version = options.learner?.taste().version;
    return version === NO_TASTE.version ? undefined : version;
  };
  const policy = createPolicy({ clock, settings, log, learnt });
  await policy.load();
  let afk = false;
  let app: string | undefined;
  let frontSince = -Infinity;
  let lastKey = 0;
  const ingested = { kept: 0, redacted: 0, dropped: 0, reasons: {} as Record<string, number>, sources: {} };

  const keeper = createKeeper(
    log,
    (error) => {
      if (error) options.note(error.message);
      announcer.stateChanged();
    },
    undefined,
    (source, count) => {
      const at = clock.now();
      const data = { source, reason: 'more came than could be written', count };
      ingest({ id: newId(at), at, duration: 0, monitor: 'log', kind: 'dropped', data });
    },
  );

  const onFeedback = (feedback: Feedback) => {
    policy.learn(feedback);
    today.answered(feedback);
    options.studying?.answered(feedback);
    options.learner?.answered(feedback);
    announcer.stateChanged();
  };
  const onSuggestion = (suggestion: Suggestion) => {
    policy.note(suggestion);
    today.changed(suggestion);
    demo?.hold(lifecycle.current() !== null);
    watch.follow(lifecycle.current() !== null);
    offers.follow(suggestion);
    announcer.publish('suggestion', suggestion);
    announcer.stateChanged();
  };
  const lifecycle = createLifecycle({
    clock,
    settings,
    log,
    onChange: onSuggestion,
    onFeedback,
    // A step that could not be written is tried again; the person is told why it is late.
    onError: (error) => options.note(error.message),
    collects: (mark) => options.studying?.collects(mark) ?? true,
    mayShow(suggestion) {
      if (options.paused() || options.quiet() || holding(options.holds()) !== null) return false;
      // What the person asked to be told is no interruption of ours.
      if (suggestion.proposal.proposer === REMINDER) return true;
      const now = clock.now();
      return (
        policy.mutedBecause(offered(suggestion)) === null &&
        policy.cooldown(now) === null &&
        policy.dailyCap(now) === null
      );
    },
  });
  const watch = createHoldWatch({ holds: options.holds, putAside: lifecycle.putAside });
  const carrying = createCarrying({
    paths,
    open: ports.open,
    tools: options.tools,
    clock,
    log,
    settings,
    models,
    announcer,
    guard,
    places,
    events: () => observer.events(Infinity),
    demo: demo !== null,
    async onDue(due) {
      if (await offerReminder(due, { lifecycle, policy })) whenNobodyTypes();
    },
  });
  const { operations, atWork, carryOut } = carrying;
  const offers = createOffers({
    notify: ports.notify,
    wanted: () => settings().notifications && app !== 'Beforehand',
    language: () => spokenLanguage(settings().language),
    locked: async () => (await ports.screen?.locked()) ?? null,
    ...(ports.window && { open: (id) => ports.window?.show(`suggestion/${id}`) }),
    async answer(id, answer, via) {
      const suggestion = await lifecycle.answer(id, answer, { via });
      if (answer === 'accept') await carryOut(suggestion);
    },
  });

  /** Nobody is typing, so now is as good as the pause that has passed. */
  function whenNobodyTypes(): void {
    const last = Math.max(lastKey, options.lastKey?.() ?? -Infinity);
    if (clock.now() - last > TYPING_PAUSE) void lifecycle.boundary('typing-pause').catch(() => {});
  }

  const boundaries = createBoundaries({
    clock,
    ...(options.lastKey && { lastKey: options.lastKey }),
    onBoundary: (kind) => void lifecycle.boundary(kind).catch(() => {}),
  });
  const reward = openReward(paths);
  const agent = createAgent({
    clock,
    judge: reward.judge,
    score: createScore(reward.weights.score, () => options.learner?.taste() ?? NO_TASTE),
    gate: await readGate(join(paths.assets, 'gate.json')),
    proposers: [
      ...createPatterns(),
      createSpeaker({ settings, models, prompt: decidePrompt, tools: options.tools.offered }),
    ],
    threshold: () => thresholdOf(settings().eagerness),
    suppressed: (topic, proposer) => policy.suppressed(topic, app, proposer),
    rules: () => ({
      // Paused means that no event arrives, so no turn begins.
      paused: false,
      afk,
      ownWindow: app === 'Beforehand',
      lastShownAt: today.lastShownAt(),
      cooldownMs: settings().cooldownSeconds * 1000,
      shownToday: today.counts().shown,
      dailyCap: settings().dailyCap,
    }),
  });
  const turns = createTurns({
    agent,
    observer,
    lifecycle,
    policy,
    log,
    promptVersion: () => decidePrompt().version,
    paused: options.paused,
    auditShare: () => settings().auditShare,
    modelRests: () => resting(options.holds()) !== null,
    study: () => options.studying?.turn() ?? null,
    onDecision(decision) {
      today.decided(decision);
      announcer.stateChanged();
    },
    onOffer: whenNobodyTypes,
  });

  const dwell = createDwell({
    clock,
    afk: () => afk,
    // After a sleep this timer may come before the one that ends the watching.
    emit: (event) => options.watching() && ingest(event),
    onDwell: turns.trigger,
  });
  const everywhere = createForgetEverywhere({
    clock,
    log,
    keeper,
    observer,
    announcer,
    dwell,
    places,
    operations,
    atWork,
    lifecycle,
    offers,
    policy,
    today,
    onChange() {
      demo?.hold(lifecycle.current() !== null);
      announcer.stateChanged();
    },
  });
  const retracting = createRetracting({
    forget: (events) => turns.without(() => everywhere.forget({ events })),
    onForgotten: () => options.onForgotten?.(),
    onError: (thrown) => options.note(asAppError(thrown, 'internal', 'app').message),
  });

  function count(event: Event): void {
    if (event.kind !== 'dropped') {
      ingested.kept += 1;
      return;
    }
    const { reason, count: many } = event.data;
    ingested.dropped += many;
    ingested.reasons[reason] = (ingested.reasons[reason] ?? 0) + many;
  }

  function ingest(event: Event): void {
    if (event.kind === 'afk') afk = event.data.status === 'afk';
    // Typed text comes after the keys it was typed with.
    if (event.kind === 'keyboard' && event.data.keys > 0) lastKey = event.at + event.duration;
    // A page tells its end after the next window has come to the front.
    if (event.kind === 'window' && (event.at >= frontSince || event.duration === 0)) {
      app = event.app;
      frontSince = event.at;
    }
    if (everywhere.began(event)) return;
    if (event.kind === 'retracted') {
      retract(event);
      return;
    }
    count(event);
    dwell.follow(event);
    // A turn that thinks about what was seen before a pause would speak into it. An answer that was asked for goes on.
    if (event.kind === 'capture' && event.data.state === 'paused') void turns.without(async () => {});
    const observed = observer.observe(event);
    keeper.keep(event, observed?.observation ?? null);
    boundaries.take(event);
    if (observed) {
      announcer.observed(observed.observation);
      if (observed.isNew) turns.trigger();
    }
    announcer.stateChanged();
  }

  /** Its owner took it back: the event goes from everywhere, a count stays. */
  function retract({ data, ...base }: RetractedEvent): void {
    retracting.take(data.event);
    const { source, reason } = data;
    ingest({ ...base, kind: 'dropped', data: { source, reason, count: 1 } });
  }

  return {
    expire: everywhere.expire,
    observer,
    lifecycle,
    operations,
    policy,
    keeper,
    today,
    onFeedback,
    ingest,
    /** What came in, for a recorded day that passed its guard when it was recorded. */
    counts: () => ingested,
    afk: () => afk,
    focus: () => ({ source: 'window' as const, ...(app && { app }) }),
    /** Takes up what an earlier run left. */
    async resume() {
      await lifecycle.resume();
      await operations.resume();
    },
    shown: createCards({ lifecycle, offers, window: ports.window, onChange: announcer.stateChanged }),
    undo: carrying.undo,
    carryOut,
    /** Whether the operation of a suggestion runs now. */
    working: (suggestion: string) => atWork.has(suggestion),
    /** Writes what came in, before the slower parts end. */
    flush: () => keeper.flush(),
    /** Forgets in the log and in everything that remembers: a turn, an answer, a notification in the making too. */
    forget: (filter: ForgetFilter): Promise<number> => turns.without(() => everywhere.forget(filter)),
    async idle() {
      await turns.idle();
      await lifecycle.settled();
    },
    async close(): Promise<void> {
      dwell.close();
      watch.close();
      boundaries.close();
      await retracting.close();
      await Promise.all([turns.close(), operations.close(), offers.close()]);
      await lifecycle.close();
      await keeper.close();
    },
  };
}
