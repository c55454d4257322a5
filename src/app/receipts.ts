import type { Assistant } from '../contract.ts';
import type { Receipt } from '../model/decision.ts';
import type { EventLog, Page, Range } from '../model/log.ts';
import type { Clock } from '../model/ports.ts';
import type { ReceiptDay, Receipts } from '../model/receipts.ts';
import type { Handlers } from '../rpc.ts';
import { dayName } from './localDays.ts';

/** Days that are told where nobody says how many. */
const DAYS = 30;

/** Channels of the receipts. */
export function createReceipts(options: {
  readonly log: Pick<EventLog, 'decisions' | 'audits'>;
  readonly clock: Clock;
  readonly power: { words(): string };
}): Pick<Handlers<Assistant>, 'receipts.days'> {
  return {
    'receipts.days': ({ days }) => readReceipts(options.log, { ...options, days: days ?? DAYS }),
  };
}

/**
 * What the last local days cost, newest first, from the decisions and the audit entries that are kept: what was forgotten
 * or is older than the retention is not in it. A day on which no turn ran and no model was asked is left out.
 */
export async function readReceipts(
  log: Pick<EventLog, 'decisions' | 'audits'>,
  options: { readonly clock: Clock; readonly power: { words(): string }; readonly days: number },
): Promise<Receipts> {
  const from = new Date(options.clock.now());
  from.setHours(0, 0, 0, 0);
  from.setDate(from.getDate() - (options.days - 1));
  const found = new Map<string, ReceiptDay>();
  const dayAt = (at: number): ReceiptDay => {
    const day = dayName(at);
    return found.get(day) ?? { ...NOTHING, day };
  };
  for await (const decision of rowsOf((range) => log.decisions(range), from.getTime())) {
    const { at, outcome, receipts } = decision;
    if (outcome === 'rule' && receipts.length === 0) continue;
    const day = dayAt(at);
    const counted = outcome !== 'rule';
    found.set(day.day, {
      ...spent(day, receipts),
      turns: day.turns + (counted ? 1 : 0),
      outcomes: counted ? { ...day.outcomes, [outcome]: (day.outcomes[outcome] ?? 0) + 1 } : day.outcomes,
      asked: day.asked + (counted && receipts.length > 0 ? 1 : 0),
    });
  }
  for await (const { at, receipts = [] } of rowsOf((range) => log.audits(range), from.getTime())) {
    if (receipts.length === 0) continue;
    const day = dayAt(at);
    found.set(day.day, { ...spent(day, receipts), answers: day.answers + 1 });
  }
  return {
    days: [...found.values()].toSorted((a, b) => (a.day < b.day ? 1 : -1)),
    power: options.power.words().slice(0, 300),
  };
}

const NOTHING: Omit<ReceiptDay, 'day'> = {
  turns: 0,
  outcomes: {},
  asked: 0,
  answers: 0,
  inferences: 0,
  promptTokens: 0,
  prefillTokens: 0,
  outputTokens: 0,
  seconds: 0,
  joules: null,
};

/** The day with what these calls cost on top. Joules stay unknown until one call tells them. */
function spent(day: ReceiptDay, receipts: readonly Receipt[]): ReceiptDay {
  const sum = (of: (receipt: Receipt) => number) => receipts.reduce((total, each) => total + of(each), 0);
  const told = receipts.flatMap(({ joules }) => (joules === undefined ? [] : [joules]));
  return {
    ...day,
    inferences: day.inferences + receipts.length,
    promptTokens: day.promptTokens + sum((each) => each.promptTokens),
    prefillTokens: day.prefillTokens + sum((each) => each.prefillTokens),
    outputTokens: day.outputTokens + sum((each) => each.outputTokens),
    seconds: day.seconds + sum((each) => each.totalMs) / 1000,
    joules: told.length === 0 ? day.joules : (day.joules ?? 0) + told.reduce((a, b) => a + b, 0),
  };
}

/** All rows since `from`, page by page: a busy day has thousands of turns. */
async function* rowsOf<T>(read: (range: Range) => Promise<Page<T>>, from: number): AsyncGenerator<T> {
  for (let before: number | undefined; ;) {
    const page = await read({ from, limit: 1000, ...(before !== undefined && { before }) });
    yield* page.rows;
    if (page.next === undefined) return;
    before = page.next;
  }
}
