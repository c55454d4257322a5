/** Every way the environment can fail; a closed list so that a reader can be exhaustive. */
export type ErrorCode =
  | 'usage'
  | 'wrong-node'
  | 'no-display'
  | 'missing-program'
  | 'permission'
  | 'bad-input'
  | 'unreadable'
  | 'disk-full'
  | 'log-damaged'
  | 'log-locked'
  | 'key-missing'
  | 'already-running'
  | 'not-running'
  | 'model-missing'
  | 'model-damaged'
  | 'model-failed'
  | 'download-failed'
  | 'timeout'
  | 'aborted'
  | 'not-found'
  | 'refused'
  | 'internal';

/**
 * A broken environment or a bug. Expected outcomes are values, never errors.
 * `message` is one sentence for a person: what, where, how to mend, with the speaker in brackets:
 * `[monitor:clipboard] …`.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** How to mend it, where a reader shows that apart from what is wrong. */
  readonly mend?: string;

  constructor(code: ErrorCode, message: string, cause?: unknown, mend?: string) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'AppError';
    this.code = code;
    if (mend !== undefined) this.mend = mend;
  }
}

/** Wraps anything thrown as an AppError, keeping one that already is. */
export function asAppError(thrown: unknown, code: ErrorCode, speaker: string): AppError {
  if (thrown instanceof AppError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError(code, `[${speaker}] ${text}`, thrown);
}

/** Closes a union: the compiler refuses a missing case, and a value from outside is named. */
export function assertNever(value: never, where: string): never {
  throw new AppError('internal', `[${where}] unexpected value ${JSON.stringify(value)}`);
}
