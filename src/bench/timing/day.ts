import { createAgent } from '../../agent/agent.ts';
import { createPatterns } from '../../agent/proposers/patterns/index.ts';
import { createMemoryLog } from '../../log/memory.ts';
import type { Gate } from '../../model/agent.ts';
import type { Event } from '../../model/event.ts';
import type { Settings } from '../../model/settings.ts';
import type { Suggestion } from '../../model/suggestion.ts';
import { createObserver } from '../../observations/window.ts';
import { createBoundaries, TYPING_PAUSE } from '../../suggestions/boundary.ts';
import { createLifecycle } from '../../suggestions/lifecycle.ts';
import { createPolicy } from '../../suggestions/policy.ts';
import type { RecordedDay } from '../skips/days.ts';
import { heard, toldAt } from './heard.ts';
import { createVirtualTime } from './virtual.ts';

const WINDOW = 40;
const EVENTS = 200;

/** One suggestion of a replayed day. Times are milliseconds. */
export interface Delivery {
  readonly proposer: string;
  readonly lifetime: number;
  /** From held to shown; null: it expired unseen. */
  readonly delay: number | null;
  /** What the lifecycle says it waited for. */
  readonly by?: string;
  /** Found by looking at the day itself and not at what the lifecycle says. */
  readonly atBoundary: boolean;
  readonly amidTyping: boolean;
  /** Whether keys came within two seconds: the person went on. */
  readonly wentOn: boolean;
}

/**
 * Replays one day through the product's own patterns, policy, lifecycle and boundaries, with time standing still between
 * events. Nobody answers: each card goes by itself. Each candidate counts as good enough, which offers more than the product does.
 */
export async function replayDay(
  day: RecordedDay,
  options: {
    readonly gate: Gate;
    readonly settings: Settings;
    readonly threshold: number;
    readonly signal: AbortSignal;
  },
): Promise<readonly Delivery[]> {
  const { settings } = options;
  const live = day.events
    .map((event, at) => ({ event, moment: heard(event, day.events[at + 1]?.at) }))
    .toSorted((a, b) => toldAt(a.moment ?? a.event) - toldAt(b.moment ?? b.event));
  const start = live[0] ? toldAt(live[0].moment ?? live[0].event) : 0;
  const time = createVirtualTime(start);
  const { clock } = time;
  const log = createMemoryLog(clock);
  const policy = createPolicy({ clock, settings: () => settings, log });
  const ended = new Map<string, Suggestion>();
  const observer = createObserver({});
  const bursts = live
    .flatMap(({ moment }) => (moment?.kind === 'keyboard' ? [moment] : []))
    .toSorted((a, b) => a.at - b.at);
  const shownDay = new Map<number, number>();
  const today = () => new Date(clock.now()).setHours(0, 0, 0, 0);
  let afk = false;
  let app: string | undefined;
  let lastShown: number | null = null;
  const lifecycle = createLifecycle({
    clock,
    settings: () => settings,
    log,
    timers: time.timers,
    onChange(suggestion) {
      ended.set(suggestion.id, suggestion);
      policy.note(suggestion);
      if (suggestion.state !== 'shown') return;
      lastShown = clock.now();
      shownDay.set(today(), (shownDay.get(today()) ?? 0) + 1);
    },
    onFeedback: policy.learn,
    mayShow: () => policy.cooldown(clock.now()) === null && policy.dailyCap(clock.now()) === null,
  });
  /** What the keyboard monitor knows ahead of the burst that it tells of. */
  const pressed = () => {
    const now = clock.now();
    let last = -Infinity;
    for (const each of bursts) {
      if (each.at > now) break;
      last = Math.max(last, Math.min(now, each.at + each.duration));
    }
    return last;
  };
  const boundaries = createBoundaries({
    clock,
    timers: time.timers,
    lastKey: pressed,
    onBoundary: (kind) => void lifecycle.boundary(kind).catch(() => {}),
  });
  const agent = createAgent({
    clock,
    gate: options.gate,
    proposers: createPatterns(),
    threshold: () => options.threshold,
    suppressed: (topic, proposer) => policy.suppressed(topic, app, proposer),
    rules: () => ({
      paused: false,
      afk,
      ownWindow: false,
      lastShownAt: lastShown,
      cooldownMs: settings.cooldownSeconds * 1000,
      shownToday: shownDay.get(today()) ?? 0,
      dailyCap: settings.dailyCap,
    }),
  });
  // Steps are served in order, so that the end of this one is the end of all before it.
  const settle = () => lifecycle.forgotten();

  for (const { event, moment } of live) {
    if (options.signal.aborted) break;
    await time.pass(toldAt(moment ?? event), settle);
    if (event.kind === 'afk') afk = event.data.status === 'afk';
    if (event.kind === 'window') ({ app } = event);
    const observed = observer.observe(event);
    if (moment) boundaries.take(moment);
    await settle();
    if (!observed?.isNew) continue;
    const observations = observer.window(WINDOW);
    const events = event.kind === 'described' ? [] : observer.events(EVENTS);
    const { proposal, need, seen } = await agent.turn({ observations, events, signal: options.signal });
    if (!proposal || !need) continue;
    const reasons = [proposal.why];
    const offer = { proposal, seen: seen ?? observations, gate: need, reasons, promptVersion: 'none' };
    const held = await lifecycle.offer({ ...offer, policy: policy.snapshot() });
    if (held && clock.now() - pressed() > TYPING_PAUSE) await lifecycle.boundary('typing-pause');
  }
  await time.pass(clock.now() + 4 * 3_600_000, settle);
  boundaries.close();
  await lifecycle.close();
  const moments = live.flatMap(({ moment }) => (moment ? [moment] : []));
  return [...ended.values()].map((suggestion) => deliveryOf(suggestion, moments));
}

/** A moment counts as one within this many milliseconds of it. */
const NEAR = 1000;

function deliveryOf({ proposal, history, at }: Suggestion, moments: readonly Event[]): Delivery {
  const { proposer, lifetime } = proposal;
  const shown = history.find((step) => step.state === 'shown');
  const base = { proposer, lifetime };
  if (!shown) return { ...base, delay: null, atBoundary: false, amidTyping: false, wentOn: false };
  const keys = moments.filter((each) => each.kind === 'keyboard');
  // A burst is told when it is over: a card that a switch brings may come while it lasts.
  const amidTyping = keys.some((each) => each.at < shown.at && shown.at < each.at + each.duration);
  const still = !keys.some((each) => each.at < shown.at && each.at + each.duration > shown.at - TYPING_PAUSE);
  return {
    ...base,
    delay: shown.at - at,
    ...(shown.note && { by: shown.note }),
    atBoundary: still || moments.some((each, row) => isBoundary(each, row, moments, shown.at)),
    amidTyping,
    wentOn: keys.some((each) => each.at >= shown.at && each.at < shown.at + 2000),
  };
}

/** Whether a save, a switch to another app or a return happened just then. */
function isBoundary(event: Event, row: number, moments: readonly Event[], shown: number): boolean {
  if (Math.abs(toldAt(event) - shown) > NEAR) return false;
  if (event.kind === 'keyboard') return event.data.chords.includes('save');
  if (event.kind === 'file') return event.data.action !== 'deleted' && event.data.action !== 'renamed';
  if (event.kind === 'afk') return event.data.status === 'not-afk';
  if (event.kind !== 'window') return false;
  const before = moments.slice(0, row).findLast((each) => each.kind === 'window');
  return before !== undefined && before.app !== event.app;
}
