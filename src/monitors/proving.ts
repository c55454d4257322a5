import { AppError } from '../errors.ts';
import type { Probe, Proof } from '../model/monitor.ts';

/** A self-test answers in a few milliseconds; one that takes longer than this is overdue, in milliseconds. */
const OVERDUE_MS = 3_000;
/** What was silent for this long is opened anew: perhaps another connection is heard. */
const GIVEN_UP_MS = 30_000;

/** The self-tests of one life of a source. */
export interface Proving {
  add(probe: Probe): void;
  /** Runs each once; one that has not answered yet is not asked twice. Resolves when all answered or are overdue. */
  run(): Promise<void>;
  /** Whether every test passed the last time; one that was lost while it was asked did not. */
  passed(): boolean;
  /** What is wrong now, or null when every test passed the last time. */
  fault(): { readonly reason: string; readonly mend?: string } | null;
  /** How it is proven, in words; null when there is no test. */
  proof(): string | null;
}

interface Trial {
  readonly probe: Probe;
  /** When the answer that is still due was asked for, on the steady clock; null when none is. */
  since: number | null;
  passed: boolean;
  /** How often in a row it was lost while it was asked. */
  lost: number;
  fault: { readonly reason: string; readonly mend?: string } | null;
}

/** `settled` is told after each answer, also of one that comes late; `deaf` when the source must be opened anew. */
export function createProving(options: {
  readonly settled: () => void;
  readonly deaf: (error: AppError) => void;
}): Proving {
  const trials: Trial[] = [];
  let rounds = 0;

  const take = (trial: Trial, proof: Proof) => {
    trial.since = null;
    trial.passed = proof.ok;
    trial.lost = 0;
    trial.fault = proof.ok ? null : proof;
    // A source that is deaf from its first moment would be opened over and over: the next test says so again.
    if (!proof.ok && proof.restart && rounds > 1) options.deaf(new AppError('internal', proof.reason));
    options.settled();
  };

  /** Whoever noticed the loss says so, and this life ends. A life that goes on all the same is not well. */
  const lose = (trial: Trial, thrown: unknown) => {
    trial.since = null;
    trial.passed = false;
    trial.lost += 1;
    if (trial.lost < 2) return;
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    trial.fault = { reason: `its self-test could not be made: ${why}` };
    options.settled();
  };

  const overdue = (trial: Trial, since: number) => {
    trial.passed = false;
    const waited = performance.now() - since;
    const reason = `the system has not answered its self-test for ${Math.round(waited / 1000)} s`;
    trial.fault = {
      reason,
      mend: 'it goes on by itself when the desktop answers again; if not, log in again',
    };
    if (waited > GIVEN_UP_MS) options.deaf(new AppError('timeout', reason));
    options.settled();
  };

  const one = async (trial: Trial): Promise<void> => {
    if (trial.since !== null) {
      if (performance.now() - trial.since >= OVERDUE_MS) overdue(trial, trial.since);
      return;
    }
    const since = performance.now();
    trial.since = since;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, OVERDUE_MS);
    // What throws at once is a lost source as well: a round of self-tests must never reject.
    const answered = (async () => trial.probe.run())().then(
      (proof) => take(trial, proof),
      (thrown: unknown) => lose(trial, thrown),
    );
    await Promise.race([answered, late]);
    clearTimeout(timer);
    if (trial.since === since) overdue(trial, since);
  };

  return {
    add: (probe) => void trials.push({ probe, since: null, passed: false, lost: 0, fault: null }),
    async run() {
      rounds++;
      await Promise.all(trials.map(one));
    },
    passed: () => trials.every((each) => each.passed),
    fault: () => trials.find((each) => each.fault)?.fault ?? null,
    proof: () =>
      trials.length === 0
        ? null
        : trials
            .map(({ probe }) => probe.proof)
            .join('; ')
            .slice(0, 300),
  };
}
