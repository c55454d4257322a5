let ahead = 0;

/** The core's time, epoch milliseconds: a recorded day has a clock of its own. */
export function now(): number {
  return Date.now() + ahead;
}

/** Sets the clock by what the core says it is. */
export function setClock(core: number | undefined): void {
  if (core !== undefined) ahead = core - Date.now();
}
