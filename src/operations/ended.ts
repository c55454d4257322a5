import type { Receipt } from '../model/decision.ts';
import type { AuditEntry } from '../model/feedback.ts';

/** How an operation ended, as the audit log keeps it. `detail` is in words. */
export interface Ended {
  readonly result: AuditEntry['result'];
  readonly detail?: string;
  /** What the model calls behind it cost; none where no model was asked. */
  readonly receipts?: readonly Receipt[];
}

/** What an error says to the user: its sentence without the speaker that stands in front for a developer. */
export function plain(message: string): string {
  const bare = message.replace(/^\[[^\]]{1,60}\] ?/, '');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}
