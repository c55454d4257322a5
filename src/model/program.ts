import { z } from 'zod';

const version = z.string().max(64);
const at = z.number().int();

/**
 * How the program stands with its newer versions. `unavailable`: this build can have none, and why (`checkout`: it runs
 * from its sources; `no-feed`: its release names no feed, or none over https). `off`: nobody chose it, nothing is asked.
 */
export const UpdateState = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('unavailable'),
    why: z.enum(['browser', 'checkout', 'no-feed', 'demo']),
  }),
  z.object({ state: z.literal('off') }),
  /** `checkedAt` epoch ms of the last answer of the feed; null before the first. */
  z.object({ state: z.literal('newest'), checkedAt: at.nullable() }),
  z.object({ state: z.literal('checking') }),
  z.object({ state: z.literal('found'), version, bytes: z.number().int().min(0).nullable() }),
  z.object({ state: z.literal('downloading'), version, percent: z.number().min(0).max(100) }),
  z.object({ state: z.literal('ready'), version }),
  /** `damaged`: what came is not what the feed promised; `unsigned`: not by the same maker. Neither is kept. */
  z.object({ state: z.literal('failed'), why: z.enum(['offline', 'damaged', 'unsigned', 'other']) }),
]);
export type UpdateState = z.infer<typeof UpdateState>;

/** The program as the system has it, beside what it watches. */
export const ProgramState = z.object({
  /** `on` is read back from the system: switched off there, it is off here. `can` false: `why` says so. */
  startAtLogin: z.object({
    can: z.boolean(),
    on: z.boolean(),
    why: z.enum(['headless', 'demo', 'system']).optional(),
  }),
  updates: UpdateState,
  /** Folder of the log files. */
  logs: z.string(),
});
export type ProgramState = z.infer<typeof ProgramState>;

/** What went wrong with a part that was started again by itself. */
export const Mishap = z.object({ part: z.enum(['window', 'hung', 'graphics']) });
export type Mishap = z.infer<typeof Mishap>;

/** Starts the program with the session, as the host's system does it. Rejects with an AppError. */
export interface LoginPort {
  /** What the system has; null where it cannot be told. */
  read(): Promise<boolean | null>;
  write(on: boolean): Promise<void>;
}

/** Newer versions, as a host lends them. Nothing is asked of the feed but by `check` and `download`. */
export interface UpdatesPort {
  state(): UpdateState;
  onState(listener: (state: UpdateState) => void): void;
  check(): void;
  download(): void;
  /** Ends the program and starts the new version; only when `ready`. */
  install(): void;
}
