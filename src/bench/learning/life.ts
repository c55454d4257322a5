import { createAgent } from '../../agent/agent.ts';
import { createDigest } from '../../app/digest.ts';
import { createLearner, type Learner } from '../../app/learner.ts';
import { createRate } from '../../app/rating.ts';
import { createTurns } from '../../app/turns.ts';
import { missedNeed } from '../../feedback/feedback.ts';
import { createMemoryLog } from '../../log/memory.ts';
import type { Gate, Judge, Proposer, Taste } from '../../model/agent.ts';
import type { Feedback } from '../../model/feedback.ts';
import { Settings } from '../../model/settings.ts';
import { sigmoid } from '../../model/sigmoid.ts';
import type { Suggestion } from '../../model/suggestion.ts';
import { createObserver } from '../../observations/window.ts';
import { createScore, createScoreLogit, type ScoreWeights } from '../../reward/score.ts';
import { NO_TASTE } from '../../reward/taste.ts';
import { createLifecycle } from '../../suggestions/lifecycle.ts';
import { createPolicy, thresholdOf } from '../../suggestions/policy.ts';
import { memoryVersions } from './memoryVersions.ts';
import type { SimulatedUser } from './users.ts';
import type { Candidate, Moment, World } from './world.ts';

/** `frozen` never learns, `learning` learns as the program does, `knowing` is told the user's true taste from the first day. */
export const LIVES = ['frozen', 'learning', 'knowing'] as const;
export type Life = (typeof LIVES)[number];

/** What decides, as it is shipped. */
export interface Shipped {
  readonly gate: Gate;
  readonly judge: Judge;
  readonly score: ScoreWeights;
  /** Content of all weights: what was lived with others is no answer for these. */
  readonly digest: string;
}

/** One simulated day. */
export interface LivedDay {
  /** What was lost against somebody who knows what each offer is worth: accepted offers, less those that a reject costs. */
  readonly regret: number;
  readonly shown: number;
  readonly accepted: number;
  /** What was shown should have been accepted so many times, were no coin flipped. */
  readonly worth: number;
  /** Answers that carried a label. */
  readonly labels: number;
}

/** Somebody does not look at every card. */
const LOOKS = 0.85;
/** "I needed help here" is pressed at so many of the missed needs. */
const PRESSES = 0.1;
const CARD_SECONDS = 45;

/**
 * Lives through a world with the program's own agent, score, policy, lifecycle, digest and learner; the user and the proposers
 * alone are simulated. The same world flips the same coins in each life.
 */
export async function live(
  world: World,
  user: SimulatedUser,
  options: { readonly life: Life; readonly shipped: Shipped; readonly eagerness: number },
): Promise<readonly LivedDay[]> {
  const { life, shipped, eagerness } = options;
  let now = world[0]?.[0]?.at ?? 0;
  let day = 0;
  let moment: Moment | null = null;
  const moments = new Map<string, Moment>();
  const clock = { now: () => now };
  const settings = Settings.parse({ eagerness, dailyCap: 1000, cardSeconds: CARD_SECONDS });
  const log = createMemoryLog(clock);
  const policy = createPolicy({ clock, settings: () => settings, log });
  await policy.load();
  let labels = 0;

  const p = ({ proposal, worth }: Candidate, at: Moment): number => {
    if (user.noise) return 0.4;
    const hour = new Date(at.at).getHours();
    return sigmoid(worth + user.taste({ kind: proposal.proposer, app: at.app, day, hour }));
  };

  const learner: Learner | null =
    life !== 'learning'
      ? null
      : createLearner({
          versions: memoryVersions(),
          log,
          clock,
          learning: () => true,
          held: () => null,
          rate: createRate({
            logit: createScoreLogit(shipped.score),
            judge: shipped.judge,
            need: () => ({ probability: 0.5, reasons: [] }),
          }),
          shipped: '',
          onChange() {},
          onNote(line) {
            throw new Error(line);
          },
        });
  const truth: Taste = {
    version: 'true',
    bias: (kind, app = '') => user.taste({ kind, app, day, hour: new Date(now).getHours() }),
  };
  const taste = (): Taste => (life === 'knowing' ? truth : (learner?.taste() ?? NO_TASTE));

  const onFeedback = (feedback: Feedback) => {
    policy.learn(feedback);
    learner?.answered(feedback);
    if (!['ignored', 'expired', 'snoozed'].includes(feedback.label)) labels += 1;
  };
  const lifecycle = createLifecycle({
    clock,
    settings: () => settings,
    log,
    // Time passes by hand here.
    timers: { set: () => null, clear() {} },
    onChange: policy.note,
    onFeedback,
    mayShow: () => policy.cooldown(now) === null && policy.dailyCap(now) === null,
  });
  const observer = createObserver({});
  const agent = createAgent({
    clock,
    gate: shipped.gate,
    judge: shipped.judge,
    score: createScore(shipped.score, taste),
    proposers: [
      offering('pattern:scene', (name) => name.startsWith('pattern:')),
      offering('model', (name) => name === 'model'),
    ],
    threshold: () => thresholdOf(eagerness),
    suppressed: (topic, proposer) => policy.suppressed(topic, moment?.app, proposer),
    rules: () => ({
      paused: false,
      afk: false,
      ownWindow: false,
      lastShownAt: null,
      cooldownMs: 0,
      shownToday: 0,
      dailyCap: settings.dailyCap,
    }),
  });
  const turns = createTurns({
    agent,
    observer,
    lifecycle,
    policy,
    log,
    promptVersion: () => 'simulated',
    auditShare: () => settings.auditShare,
    onDecision(decision) {
      if (moment) moments.set(decision.id, moment);
    },
    onOffer() {},
  });
  const digest = createDigest({ log, clock, lifecycle, onFeedback, collects: () => true });

  function offering(name: string, mine: (proposer: string) => boolean): Proposer {
    return {
      name,
      propose: async () =>
        (moment?.candidates ?? []).map(({ proposal }) => proposal).filter(({ proposer }) => mine(proposer)),
    };
  }

  /** What the user makes of something that was offered at a moment. */
  const wouldAccept = (at: Moment, proposal: Suggestion['proposal'] | null): boolean => {
    const mine = at.candidates.filter((each) => proposal === null || each.proposal.topic === proposal.topic);
    return at.coin < Math.max(...mine.map((each) => p(each, at)));
  };

  /** Shows what is due, and lets the user answer. Returns the offer that was shown. */
  async function meet(at: Moment): Promise<Candidate | null> {
    await lifecycle.boundary('typing-pause');
    const shown = lifecycle.current();
    if (!shown) {
      if (at.presses < PRESSES && wouldAccept(at, null)) {
        const row = missedNeed({ seen: observer.window(64), at: now, policy: policy.snapshot() });
        await log.feedback(row);
        onFeedback(row);
      }
      return null;
    }
    if (at.looks < LOOKS) {
      await lifecycle.answer(shown.id, wouldAccept(at, shown.proposal) ? 'accept' : 'reject', {
        via: 'card',
      });
    } else {
      now += (CARD_SECONDS + 1) * 1000;
      await lifecycle.boundary('typing-pause');
    }
    return at.candidates.find(({ proposal }) => proposal.topic === shown.proposal.topic) ?? null;
  }

  async function evening(): Promise<void> {
    const { items } = await digest['digest.list']({});
    const decisions = (await log.decisions({ from: now - 86_400_000, limit: 1000 })).rows;
    for (const { id, proposal } of items) {
      const decision = decisions.find((each) => each.id === id || each.suggestion === id);
      const at = decision && moments.get(decision.id);
      if (!at) continue;
      const yes = wouldAccept(at, proposal);
      const answer = proposal ? (yes ? 'accept' : 'reject') : yes ? 'needed' : 'not-needed';
      await digest['digest.answer']({ id, answer });
    }
    moments.clear();
    await learner?.idle();
  }

  const threshold = thresholdOf(eagerness);
  /** A reject costs so many accepts. */
  const price = threshold / (1 - threshold);
  const gain = (chance: number) => chance - price * (1 - chance);
  const lived: LivedDay[] = [];
  for (const today of world) {
    let [regret, shown, accepted, worth] = [0, 0, 0, 0];
    labels = 0;
    for (const at of today) {
      for (const event of at.events) observer.observe(event);
      now = at.at;
      moment = at;
      turns.trigger();
      await turns.idle();
      const offered = await meet(at);
      await learner?.idle();
      const best = Math.max(0, ...at.candidates.map((each) => gain(p(each, at))));
      regret += best - (offered ? gain(p(offered, at)) : 0);
      if (offered) {
        shown += 1;
        worth += p(offered, at);
        if (at.coin < p(offered, at)) accepted += 1;
      }
    }
    await evening();
    lived.push({ regret, shown, accepted, worth, labels });
    day += 1;
  }
  await Promise.all([turns.close(), lifecycle.close(), learner?.close()]);
  await log.close();
  return lived;
}
