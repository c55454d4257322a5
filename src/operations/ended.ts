import type { AuditEntry } from '../model/feedback.ts';

/** How an operation ended, as the audit log keeps it. `detail` is in words. */
export interface Ended {
  readonly result: AuditEntry['result'];
  readonly detail?: string;
}
