import type { Ended } from './ended.ts';

/** What an operation, or taking it back, came to. `told` says it to the person. */
export interface Came {
  readonly ended: Ended;
  readonly told: string;
  /** It can be taken back, now or still. */
  readonly undoable: boolean;
}
