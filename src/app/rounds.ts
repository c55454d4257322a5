import type { Health, Monitor } from '../model/monitor.ts';

/**
 * Milliseconds from one self-test to the next: while all is well; while something is wrong, so that a mend shows soon;
 * and while nobody is at the machine, because then nothing should come and nobody is told.
 */
const EVERY = { well: 5_000, ill: 2_000, away: 60_000 } as const;

/** What the platform lacks does not come by looking. */
const ill = ({ state }: Health) => state === 'unhealthy' || state === 'starting';

/** Goes round the monitors and lets each prove that it works. */
export interface Rounds {
  /** Starts going, or looks again how soon the next round is due. */
  begin(): void;
  /** One round at once; resolves when every monitor has answered or is overdue. */
  now(): Promise<void>;
  end(): void;
}

/** All monitors in one go, so that the machine wakes once. `onChange` is told when a state or its reason changed. */
export function createRounds(options: {
  readonly monitors: () => readonly Monitor[];
  readonly afk: () => boolean;
  readonly onChange: () => void;
}): Rounds {
  let timer: NodeJS.Timeout | undefined;
  let going = false;
  let told = '';

  const states = () => options.monitors().map((each) => each.health());

  async function now(): Promise<void> {
    await Promise.all(options.monitors().map((each) => each.check?.()));
    const found = JSON.stringify(states().map(({ name, state, reason }) => [name, state, reason]));
    if (found !== told) options.onChange();
    told = found;
  }

  function begin(): void {
    going = true;
    clearTimeout(timer);
    const every = states().some(ill) ? EVERY.ill : options.afk() ? EVERY.away : EVERY.well;
    timer = setTimeout(() => {
      void now().finally(() => {
        if (going) begin();
      });
    }, every);
    timer.unref();
  }

  return {
    begin,
    now,
    end() {
      going = false;
      clearTimeout(timer);
    },
  };
}
