import type { Proposer } from '../../../model/agent.ts';
import type { Proposal } from '../../../model/proposal.ts';
import { readEvidence, type Evidence } from '../evidence.ts';

const ORDINALS = [
  'First',
  'Second',
  'Third',
  'Fourth',
  'Fifth',
  'Sixth',
  'Seventh',
  'Eighth',
  'Ninth',
  'Tenth',
];
const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/**
 * A proposer grounded in evidence: it works without a model, names the actual thing, and says why from what was seen.
 * `find` is pure; null is silence.
 */
export function createPattern(
  name: string,
  find: (evidence: Evidence) => Omit<Proposal, 'proposer'> | null,
): Proposer {
  return {
    name: `pattern:${name}`,
    async propose(context, signal) {
      if (signal.aborted) return [];
      const found = find(readEvidence(context));
      return found
        ? [
            {
              ...found,
              task: short(found.task),
              topic: found.topic || 'nothing',
              proposer: `pattern:${name}`,
            },
          ]
        : [];
    },
  };
}

/** A line that fits a task, whole signs only. */
function short(text: string): string {
  return text.length <= 300
    ? text
    : `${text
        .slice(0, 299)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`;
}

/** "Third" for 3. */
export function ordinal(count: number): string {
  return ORDINALS[count - 1] ?? `${count}th`;
}

/** "three" for 3. */
export function inWords(count: number): string {
  return NUMBERS[count] ?? String(count);
}

/** A span as a person says it: "20 seconds", "two minutes". */
export function span(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 50) return seconds === 1 ? 'a second' : `${seconds} seconds`;
  const minutes = Math.round(seconds / 60);
  return minutes <= 1 ? 'a minute' : `${inWords(minutes)} minutes`;
}

/** "just now", "two minutes ago". */
export function ago(ms: number): string {
  return ms < 5000 ? 'just now' : `${span(ms)} ago`;
}

/** A list as a person says it: "a", "a and b", "a, b and c". */
export function listed(names: readonly string[]): string {
  const all = names.map((name) => `“${name}”`);
  return all.length < 2 ? (all[0] ?? '') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)!}`;
}

/** With a capital letter, to begin a sentence. */
export function capital(text: string): string {
  return text.replace(/^./u, (sign) => sign.toUpperCase());
}
