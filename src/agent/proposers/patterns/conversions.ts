import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { capital, createPattern, inWords, span } from './pattern.ts';

const WITHIN_MS = 1_200_000;
const FRESH_MS = 180_000;
const STEPS_AFTER = 2;
const LEAST = 2;
const LIFETIME_MS = 300_000;

const AMOUNT =
  /^(?:convert )?(?:how (?:many|much) (?:is |are )?)?[\d.,/ ]+\s*(°?[\p{L}$€£¥]{1,12})\s+(?:in|to|into|as)\s+(°?[\p{L}$€£¥]{1,12})$/iu;

/** Whether a search only converts an amount. */
export function convertsAmount(query: string): boolean {
  return AMOUNT.test(query.trim());
}

/** Amounts of one kind are converted one after the other: a table has them all. */
export function createConversions(): Proposer {
  return createPattern('conversions', ({ searches, now }) => {
    const asked = searches.flatMap((search) => {
      const found = AMOUNT.exec(search.query.trim());
      return found ? [{ ...search, from: found[1]!.toLowerCase(), to: found[2]!.toLowerCase() }] : [];
    });
    const last = asked.at(-1);
    if (!last || last.back > STEPS_AFTER || now - last.at > FRESH_MS) return null;
    const recent = asked.filter((each) => last.at - each.at <= WITHIN_MS);
    if (new Set(recent.map(({ query }) => query)).size < LEAST) return null;
    return {
      purpose: `Convert ${last.from} to ${last.to}`,
      task: `Search for a conversion table from ${last.from} to ${last.to}, for “${last.query}” and the next ones`,
      message: `You are converting one amount after the other. Shall I search for a table from ${last.from} to ${last.to}?`,
      why: `${capital(inWords(recent.length))} conversions searched in ${span(last.at - recent[0]!.at)}`,
      operation: { kind: 'search', query: `${last.from} to ${last.to} conversion table` },
      topic: topicOf(`convert ${last.from} ${last.to}`),
      lifetime: LIFETIME_MS,
    };
  });
}
