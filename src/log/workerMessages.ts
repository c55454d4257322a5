import type { ErrorCode } from '../errors.ts';
import type { Paths } from '../paths.ts';

/** What the log's thread is started with. Functions can't cross: the keyring is asked for by message, the clock is an offset. */
export interface ThreadStart {
  readonly paths: Paths;
  /** True when the opener brought a keyring of its own and answers for it. */
  readonly lentKeyring: boolean;
  readonly keyringWaitMs?: number;
  readonly batchMs?: number;
  /** Milliseconds by which the opener's clock is ahead of this machine's. */
  readonly clockAhead: number;
}

/** An AppError as it crosses: the code and the sentence, never a stack. */
export interface CrossedError {
  readonly code: ErrorCode;
  readonly message: string;
}

/** To the thread: a call of one of the log's methods, or what the lent keyring said. */
export type ToThread =
  | {
      readonly call: number;
      readonly method: string;
      readonly input: readonly unknown[];
      readonly ahead: number;
    }
  | { readonly keyring: number; readonly value: string | null }
  | { readonly keyring: number; readonly error: string };

/** From the thread: its code is loaded; the log is open, or why not; the result of a call; a question to the lent keyring. */
export type FromThread =
  | { readonly hello: true }
  | { readonly opened: readonly string[]; readonly extra: Readonly<Record<string, unknown>> }
  | { readonly failed: CrossedError }
  | { readonly call: number; readonly output: unknown }
  | { readonly call: number; readonly error: CrossedError }
  | { readonly ask: number; readonly secret?: string };
