/** Hash of everything that decides what is installed: the stamp of a finished environment is equal to it. */
export function wantedStamp(): string;
/** Python of the finished environment, or null where it is missing, half made or older than the lock. */
export function trainingPython(): string | null;
