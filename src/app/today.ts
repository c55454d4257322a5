import type { AppState } from '../contract.ts';
import type { Decision } from '../model/decision.ts';
import type { Feedback } from '../model/feedback.ts';
import type { EventLog, Page, Range } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { Suggestion } from '../model/suggestion.ts';

/** Running counts of the day that is shown in the status line; they begin again at local midnight. */
export interface Today {
  decided(decision: Decision): void;
  changed(suggestion: Suggestion): void;
  answered(feedback: Feedback): void;
  counts(): AppState['today'];
  /** Counts anew from the log: something was forgotten. */
  reload(): Promise<void>;
  /** When a suggestion was last shown, epoch milliseconds; null: not today. */
  lastShownAt(): number | null;
}

const none = (): AppState['today'] => ({
  shown: 0,
  accepted: 0,
  rejected: 0,
  ignored: 0,
  silent: 0,
  modelCalls: 0,
  tokens: 0,
});

/** Reads what the day already holds, then counts along. */
export async function createToday(log: EventLog, clock: Clock): Promise<Today> {
  let day = midnight(clock.now());
  let counts = none();
  const shown = new Set<string>();
  let last: number | null = null;

  function turnOfDay(): void {
    const now = midnight(clock.now());
    if (now === day) return;
    day = now;
    counts = none();
    shown.clear();
  }

  function add(decision: Decision): void {
    const tokens = decision.receipts.reduce((sum, each) => sum + each.prefillTokens + each.outputTokens, 0);
    counts = {
      ...counts,
      // A rule that stops a turn is not silence: nobody was asked.
      silent: counts.silent + (decision.outcome === 'gate' || decision.outcome === 'silence' ? 1 : 0),
      modelCalls: counts.modelCalls + decision.receipts.length,
      tokens: counts.tokens + tokens,
    };
  }

  function see(suggestion: Suggestion): void {
    const at = suggestion.history.findLast((step) => step.state === 'shown')?.at;
    if (at === undefined) return;
    last = Math.max(last ?? 0, at);
    // Shown yesterday and answered today.
    if (at < day) return;
    if (shown.has(suggestion.id)) return;
    shown.add(suggestion.id);
    counts = { ...counts, shown: counts.shown + 1 };
  }

  function count(feedback: Feedback): void {
    const label = feedback.label === 'edited' ? 'accepted' : feedback.label;
    if (label === 'accepted' || label === 'rejected' || label === 'ignored') {
      counts = { ...counts, [label]: counts[label] + 1 };
    }
  }

  async function reload(): Promise<void> {
    day = midnight(clock.now());
    const [decisions, suggestions, answers] = await Promise.all([
      rowsOf((range) => log.decisions(range), day),
      rowsOf((range) => log.suggestions(range), day),
      rowsOf((range) => log.feedbacks(range), day),
    ]);
    counts = none();
    shown.clear();
    last = null;
    decisions.forEach(add);
    suggestions.forEach(see);
    answers.forEach(count);
  }

  await reload();

  return {
    reload,
    decided(decision) {
      turnOfDay();
      add(decision);
    },
    changed(suggestion) {
      turnOfDay();
      see(suggestion);
    },
    answered(feedback) {
      turnOfDay();
      count(feedback);
    },
    counts() {
      turnOfDay();
      return counts;
    },
    lastShownAt: () => last,
  };
}

/** All rows since `from`: a busy day has thousands of turns. */
async function rowsOf<T>(read: (range: Range) => Promise<Page<T>>, from: number): Promise<T[]> {
  const rows: T[] = [];
  for (let before: number | undefined; ;) {
    const page = await read({ from, limit: 1000, ...(before !== undefined && { before }) });
    rows.push(...page.rows);
    if (page.next === undefined) return rows;
    before = page.next;
  }
}

/** Local midnight before `now`, epoch milliseconds. */
function midnight(now: number): number {
  return new Date(now).setHours(0, 0, 0, 0);
}
