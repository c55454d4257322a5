import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { createPattern, span } from './pattern.ts';

const LEAST_AWAY_MS = 900_000;
const MOST_AWAY_MS = 28_800_000;
const FRESH_MS = 180_000;
/** Work before the break: so long, and so many words. */
const LEAST_WORK_MS = 240_000;
const LEAST_WORDS = 40;
const BEFORE_MS = 1_800_000;
const LIFETIME_MS = 300_000;

/** After a long break from work on one file something else is in front: where it was left off. */
export function createBackFromBreak(): Proposer {
  return createPattern('back-from-break', ({ desk, now }) => {
    const away = desk.breaks.at(-1);
    if (!away || now - away.to > FRESH_MS) return null;
    const ms = away.to - away.from;
    if (ms < LEAST_AWAY_MS || ms > MOST_AWAY_MS) return null;
    const before = desk.windows.findLast(({ at }) => at <= away.from);
    const file = before?.kind === 'editor' ? before.file : undefined;
    if (file === undefined) return null;
    const since = away.from - BEFORE_MS;
    const spent = desk.windows
      .filter((each) => each.file === file && each.until > since && each.at <= away.from)
      .reduce((sum, { at, until }) => sum + Math.min(until, away.from) - Math.max(at, since), 0);
    const words = desk.keys
      .filter(({ at, window }) => at >= since && at <= away.from && desk.windows[window]?.file === file)
      .reduce((sum, each) => sum + each.words, 0);
    const back = desk.windows.at(-1);
    if (spent < LEAST_WORK_MS || words < LEAST_WORDS || back?.file === file || back === before) return null;
    return {
      purpose: `Go on with “${file}”`,
      task: `Summarise where you left off in “${file}”`,
      message: `Shall I sum up where you left off in “${file}”?`,
      why: `You are back after ${span(ms)}; before it you wrote ${words} words in this file`,
      operation: {
        kind: 'chat',
        instruction: `Sum up in four short points where the work on “${file}” stood before the break: what was written, looked up and saved last, and what the next step seems to be. Use only what was seen.`,
      },
      topic: topicOf(`left off ${file}`),
      lifetime: LIFETIME_MS,
    };
  });
}
