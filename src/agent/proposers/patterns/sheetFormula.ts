import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { ago, createPattern } from './pattern.ts';

const WITHIN_MS = 1_200_000;
const FRESH_MS = 180_000;
const STEPS_AFTER = 1;
const LIFETIME_MS = 240_000;
const SHEET = /\.(?:xlsx?m?|ods|csv|tsv|numbers)$/i;
const FORMULA =
  /\b(?:formula|excel|calc|google sheets?|spreadsheet|[vhx]lookup|sumifs?|countifs?|averageifs?|pivot|conditional formatting|index match|concat(?:enate)?)\b/i;

/** A formula is searched while a sheet is open. */
export function createSheetFormula(): Proposer {
  return createPattern('sheet-formula', ({ searches, stays, now }) => {
    const last = searches.at(-1);
    if (!last || last.back > STEPS_AFTER || now - last.at > FRESH_MS || !FORMULA.test(last.query))
      return null;
    const sheet = stays.findLast(
      (stay) => stay.work !== undefined && SHEET.test(stay.work) && last.at - stay.until <= WITHIN_MS,
    );
    if (!sheet?.work) return null;
    return {
      purpose: `Work out a formula for “${sheet.work}”`,
      task: `Write the formula for “${last.query}”, with an example from “${sheet.work}”`,
      message: `Shall I write the formula for “${last.query}”, with an example for “${sheet.work}”?`,
      why: `“${sheet.work}” is open, and you searched for this ${ago(now - last.at)}`,
      operation: {
        kind: 'chat',
        instruction: `Write one formula for “${last.query}” as a spreadsheet such as “${sheet.work}” takes it, with columns A and B as an example, then say in one sentence how to adapt it.`,
      },
      topic: topicOf(last.query),
      lifetime: LIFETIME_MS,
    };
  });
}
