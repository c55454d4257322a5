import { z } from 'zod';
import type { Judge } from '../../model/agent.ts';
import { type Interval, traceBootstrap } from '../bootstrap.ts';
import { type BenchRun, eachInTurn } from '../run.ts';
import { type Life, live, type LivedDay, LIVES, type Shipped } from './life.ts';
import { type SimulatedUser, simulatedUsers } from './users.ts';
import { drawWorld, type World } from './world.ts';

const Lived = z.array(
  z.object({
    regret: z.number(),
    shown: z.number(),
    accepted: z.number(),
    worth: z.number(),
    labels: z.number(),
  }),
);

/** Figures of one kind of user and one life, a day on average unless said. */
export interface LearningRow {
  readonly user: string;
  readonly life: Life;
  readonly regret: number;
  readonly regretCi: Interval;
  /** Of the last third of the days. */
  readonly regretLate: number;
  readonly shown: number;
  /** Share of what was shown that was accepted. */
  readonly accepted: number | null;
  /** Answers that carried a label. */
  readonly labels: number;
  /** Regret against the frozen life on the same days: below 0 learning is better. */
  readonly saved: number;
  readonly savedCi: Interval;
}

/** What `bench learning` says. */
export type LearningResult = {
  readonly rows: readonly LearningRow[];
  /** Mean regret of each day, by user and life: the learning curve. */
  readonly curve: readonly { readonly user: string; readonly life: Life; readonly days: readonly number[] }[];
  readonly people: number;
  readonly days: number;
  readonly moments: number;
  readonly eagerness: number;
  readonly notes: readonly string[];
};

/** Worlds are numbered from the seed, so that two seeds share none. */
const WORLDS = 1000;
const ROUNDS = 1000;

/**
 * Regret against days of simulated users with known taste: frozen, learning, and told the truth, each living the same days.
 * Resolves to null when interrupted; lives that were lived are in the cache.
 */
export async function benchLearning(
  shipped: Shipped,
  run: BenchRun,
  options: {
    readonly people: number;
    readonly days: number;
    readonly moments: number;
    readonly eagerness: number;
    readonly users?: readonly string[];
  },
): Promise<LearningResult | null> {
  const { people, days, moments, eagerness } = options;
  const users = simulatedUsers(Math.floor(days / 2)).filter(
    ({ name }) => !options.users || options.users.includes(name),
  );
  const all = Array.from({ length: people }, (_, at) => run.seed * WORLDS + at);
  const items = all.flatMap((seed) => users.flatMap((user) => LIVES.map((life) => ({ seed, user, life }))));
  const remembered = rememberingJudge(shipped.judge);
  let world: { readonly seed: number; readonly days: World } | null = null;
  const lived = await eachInTurn(
    run,
    'Living',
    (n) => `${n} lives`,
    items,
    async ({ seed, user, life }) => {
      const key = {
        bench: 'learning',
        schema: 2,
        shipped: shipped.digest,
        seed,
        user: user.name,
        life,
        days,
        moments,
        eagerness,
      };
      const told = await run.cache.get(key, Lived, async () => {
        if (world?.seed !== seed) {
          remembered.forget();
          world = { seed, days: drawWorld(seed, days, moments) };
        }
        const given = { ...shipped, judge: remembered.judge };
        return [...(await live(world.days, user, { life, shipped: given, eagerness }))];
      });
      return { seed, user, life, told };
    },
  );
  if (!lived) return null;
  const of = (user: SimulatedUser, life: Life) =>
    lived.filter((each) => each.user === user && each.life === life);
  const rows = users.flatMap((user) =>
    LIVES.map((life) => rowOf(user.name, life, of(user, life), of(user, 'frozen'), run.seed)),
  );
  const curve = users.flatMap((user) =>
    LIVES.map((life) => ({
      user: user.name,
      life,
      days: Array.from({ length: days }, (_, day) =>
        round(mean(of(user, life).map(({ told }) => told[day]!.regret))),
      ),
    })),
  );
  return {
    rows,
    curve,
    people,
    days,
    moments,
    eagerness,
    notes: [
      'Users and proposers are simulated; agent, score, policy, digest and learner are the program’s own.',
      'Regret: accepted offers that were lost, and rejected ones at the price that the dial sets, against somebody who knows what each offer is worth.',
    ],
  };
}

interface OneLife {
  readonly seed: number;
  readonly told: readonly LivedDay[];
}

function rowOf(
  user: string,
  life: Life,
  lives: readonly OneLife[],
  frozen: readonly OneLife[],
  seed: number,
): LearningRow {
  const days = lives.flatMap(({ told }) => told);
  const late = lives.flatMap(({ told }) => told.slice(-Math.ceil(told.length / 3)));
  const shown = sum(days.map((day) => day.shown));
  // Days of one life are not independent: whole lives are drawn.
  const paired = lives.flatMap(({ seed: world, told }, at) =>
    told.map((day, n) => ({
      trace: String(world),
      regret: day.regret,
      saved: day.regret - frozen[at]!.told[n]!.regret,
    })),
  );
  const intervals = traceBootstrap(
    paired,
    (some) => ({
      regret: mean(some.map(({ regret }) => regret)),
      saved: mean(some.map(({ saved }) => saved)),
    }),
    { seed, rounds: ROUNDS },
  );
  return {
    user,
    life,
    regret: round(mean(days.map(({ regret }) => regret))),
    regretCi: interval(intervals['regret']!),
    regretLate: round(mean(late.map(({ regret }) => regret))),
    shown: round(shown / days.length),
    accepted: shown === 0 ? null : round(sum(days.map(({ accepted }) => accepted)) / shown),
    labels: round(mean(days.map(({ labels }) => labels))),
    saved: round(mean(paired.map(({ saved }) => saved))),
    savedCi: interval(intervals['saved']!),
  };
}

/** The judge says the same of the same moment, whoever lives it. */
function rememberingJudge(judge: Judge): { readonly judge: Judge; forget(): void } {
  const said = new Map<string, ReturnType<Judge['judge']>>();
  return {
    forget: () => said.clear(),
    judge: {
      name: judge.name,
      judge(seen, proposal) {
        const key = `${seen[0]?.id} ${seen.at(-1)?.id} ${proposal?.task}`;
        const known = said.get(key) ?? judge.judge(seen, proposal);
        said.set(key, known);
        return known;
      },
    },
  };
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const mean = (values: readonly number[]) => (values.length === 0 ? 0 : sum(values) / values.length);
const round = (value: number) => Math.round(value * 1000) / 1000;
const interval = ([low, high]: Interval): Interval => [round(low), round(high)];
