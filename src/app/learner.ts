import { AppError, asAppError } from '../errors.ts';
import type { Taste } from '../model/agent.ts';
import type { Feedback } from '../model/feedback.ts';
import type { RewardCard, RewardVersion } from '../model/learned.ts';
import type { EventLog } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import { learn, type Learnt } from '../reward/learn.ts';
import { createTaste, NO_TASTE } from '../reward/taste.ts';
import { type Learned, SHIPPED, type StoredVersion, type Versions } from '../reward/versions.ts';
import { createLessons, type Rate } from './lessons.ts';

/** New answers after which it learns anew by itself, and their share of all once there are many. */
const EVERY = 5;
const EVERY_SHARE = 0.05;

/** Learns from this user's answers, keeps versions and says which is in force. */
export interface Learner {
  /** What this user adds to every score now: nothing where learning is off, or held by a study. */
  taste(): Taste;
  /** An answer was given: after every fifth with a label, later every twentieth part, it learns anew by itself. */
  answered(feedback: Feedback): void;
  card(): Promise<RewardCard>;
  /** Learns from all answers now; the card says why where nothing changed. Rejects with what the disk or the log says. */
  train(): Promise<RewardCard>;
  /** Goes back, or forward, to a version. It stays in use until somebody trains. Rejects with `not-found`. */
  use(id: string): Promise<RewardCard>;
  /** Something was forgotten, or grew too old: what was learnt names no app that no answer is left of. */
  forgotten(everything: boolean): Promise<void>;
  /** Resolves when nothing is being learnt. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes the learner. `held` says in words why nothing is learnt just now and the shipped model decides (a study), or null;
 * `shipped` is the shipped weights' card in words.
 */
export function createLearner(options: {
  readonly versions: Versions;
  readonly log: EventLog;
  readonly clock: Clock;
  readonly learning: () => boolean;
  readonly held: () => string | null;
  readonly rate: Rate;
  readonly shipped: string;
  /** Another version is in force. */
  readonly onChange: () => void;
  /** What failed in the background. */
  readonly onNote: (line: string) => void;
}): Learner {
  const { versions, log, clock, onChange } = options;
  const lessons = createLessons(log, options.rate);
  let tail: Promise<unknown> = Promise.resolve();
  let closed = false;
  let waiting = false;

  const inOrder = <T>(work: () => Promise<T>): Promise<T> => {
    const done = tail.then(work);
    tail = done.catch(() => {});
    return done;
  };

  const rests = () =>
    options.held() ?? (options.learning() ? null : 'Learning from your answers is switched off in Settings.');

  /** The version in use as a taste, made once for each. */
  let made: { readonly of: StoredVersion; readonly taste: Taste } | null = null;
  const inUse = (): Taste => {
    const { inUse: id, versions: all } = versions.get();
    const one = all.find((each) => each.id === id);
    if (!one) return NO_TASTE;
    if (made?.of !== one) made = { of: one, taste: createTaste(one.id, one, one.learntFrom) };
    return made.taste;
  };

  async function trainNow(byHand: boolean): Promise<void> {
    await lessons.load();
    const total = lessons.total();
    const learnt = await learn(lessons.list(), { version: versions.nextId(), breathe });
    // Switched off, or a study begun, meanwhile: nothing may change any more.
    if (closed || rests() !== null) return;
    await versions.change((now) => ({
      ...(learnt.refused === undefined ? withVersion(now, learnt, clock.now()) : now),
      triedOn: total,
      byHand: learnt.refused === undefined || byHand ? false : now.byHand,
      refused: learnt.refused,
    }));
    onChange();
  }

  async function perhaps(): Promise<void> {
    waiting = false;
    if (closed || rests() !== null || versions.get().byHand) return;
    await lessons.load();
    const total = lessons.total();
    const fresh = total - versions.get().triedOn;
    // Fewer than then: some were forgotten, and what is left is news.
    if (fresh < 0 || fresh >= Math.max(EVERY, EVERY_SHARE * total)) await trainNow(false);
  }

  const cardNow = async (): Promise<RewardCard> => {
    await lessons.load();
    const { versions: all, inUse: id, refused } = versions.get();
    const rest = rests();
    const forced = rest === null ? id : SHIPPED;
    const shipped: RewardVersion = {
      id: SHIPPED,
      at: 0,
      learntFrom: 0,
      bias: 0,
      apps: [],
      kinds: [],
      inUse: forced === SHIPPED,
    };
    const why = rest ?? refused;
    return {
      versions: [...all.toReversed().map((each) => ({ ...each, inUse: each.id === forced })), shipped],
      answers: lessons.counts(),
      shipped: options.shipped,
      ...(why !== undefined && { refused: why }),
    };
  };

  return {
    taste: () => (rests() === null ? inUse() : NO_TASTE),
    answered(feedback) {
      if (closed) return;
      void inOrder(() => lessons.add(feedback)).catch(tell);
      if (waiting || rests() !== null) return;
      waiting = true;
      void inOrder(perhaps).catch(tell);
    },
    card: () => inOrder(cardNow),
    train: () =>
      inOrder(async () => {
        // Rows may have come by another way, such as an archive: all are read anew.
        lessons.drop();
        if (rests() === null) await trainNow(true);
        return cardNow();
      }),
    use: (id) =>
      inOrder(async () => {
        await versions.change((now) => {
          if (id !== SHIPPED && !now.versions.some((each) => each.id === id)) {
            throw new AppError(
              'not-found',
              `[reward] there is no version “${id}”: see beforehand reward card`,
            );
          }
          // The newest is what training would have in use anyway, so that choosing it lets learning go on.
          return {
            ...now,
            inUse: id,
            byHand: id !== (now.versions.at(-1)?.id ?? SHIPPED),
            refused: undefined,
          };
        });
        onChange();
        return cardNow();
      }),
    forgotten: (everything) =>
      inOrder(async () => {
        lessons.drop();
        if (everything) await versions.clear();
        else await versions.tidy();
        if (!everything && versions.get().versions.some(({ apps }) => apps.length > 0)) {
          await lessons.load();
          const left = new Set(lessons.list().map(({ app }) => app));
          await versions.change((now) => withoutApps(now, (app) => left.has(app)));
        }
        onChange();
      }),
    async idle() {
      for (let seen: unknown; seen !== tail;) {
        seen = tail;
        await seen;
      }
    },
    async close() {
      closed = true;
      await tail;
    },
  };

  function tell(thrown: unknown): void {
    if (!closed) options.onNote(asAppError(thrown, 'internal', 'reward').message);
  }
}

/** Lets what waits run: a fit takes some milliseconds, and there are some of them. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

function withVersion(now: Learned, { taste, lessons, figures }: Learnt, at: number): Learned {
  const version: StoredVersion = {
    id: taste.version,
    at,
    learntFrom: lessons,
    ...(figures && { figures }),
    bias: taste.learnt.bias,
    apps: [...taste.learnt.apps],
    kinds: [...taste.learnt.kinds],
  };
  return { ...now, versions: [...now.versions, version], inUse: version.id, next: now.next + 1 };
}

function withoutApps(now: Learned, stays: (app: string) => boolean): Learned {
  if (now.versions.every(({ apps }) => apps.every(({ app }) => stays(app)))) return now;
  return {
    ...now,
    versions: now.versions.map((each) => ({ ...each, apps: each.apps.filter(({ app }) => stays(app)) })),
  };
}
