// A log with made-up answers of a made-up person, for the loop at toy size: `node training/toyLog.ts DAY`, into the
// data folder that BEFOREHAND_HOME names. DAY 1 is trained on, DAY 2 is what the bench asks about.
import { openLog } from '../src/log/open.ts';
import type { Feedback } from '../src/model/feedback.ts';
import { newId } from '../src/model/id.ts';
import type { Observation } from '../src/model/observation.ts';
import { systemClock } from '../src/model/ports.ts';
import { createPaths } from '../src/paths.ts';

const THINGS: Readonly<Record<string, readonly string[]>> = {
  1: [
    'beetroot spacing',
    'tide table',
    'kiln schedule',
    'bus to the harbour',
    'violin strings',
    'bread hydration',
  ],
  2: ['compost heat', 'moon phases', 'glaze recipe'],
};

const begin = Date.UTC(2026, 0, 15, 9);

/** What was seen: pages read, and at the end either the third search for one thing or one more page. */
function seen(thing: string, n: number, searched: boolean): Observation[] {
  const sentences = [
    `The user reads '${thing}' in the browser.`,
    `The user searches for '${thing}' in the browser.`,
    ...(searched ? [`The user searches for '${thing} explained' in the browser.`] : []),
    searched
      ? `The user searches for '${thing} table' in the browser.`
      : 'The user writes a line in the notes.',
  ];
  return sentences.map((event, at) => {
    const time = begin + n * 600_000 + at * 20_000;
    const id = newId(time);
    return { id, time, duration: 0, kind: 'window', app: 'browser', event, sources: [id] };
  });
}

/** Four answers about each thing: an offer that was taken, one that was not, a quiet that was missed, one that was right. */
function answers(thing: string, n: number): Feedback[] {
  const at = begin + n * 600_000 + 100_000;
  const proposal = {
    task: `Collect what the pages say about ${thing}`,
    message: `Shall I put what you found about ${thing} in one list?`,
    why: 'it was searched for three times',
    operation: { kind: 'chat' as const, instruction: `List what is known about ${thing}` },
    topic: thing,
    proposer: 'model',
    lifetime: 600_000,
  };
  const one = (searched: boolean, rest: Partial<Feedback>): Feedback => ({
    id: newId(at),
    at,
    seen: seen(thing, n, searched),
    label: 'accepted',
    latency: 4000,
    via: 'card',
    ...rest,
  });
  return [
    one(true, { proposal }),
    one(false, { proposal, label: 'rejected', reason: 'not-needed' }),
    one(true, { label: 'missed-need', via: 'hotkey' }),
    one(false, { label: 'missed-need', via: 'digest', needed: false }),
  ];
}

const things = THINGS[process.argv[2] ?? ''];
if (!things) throw new Error('name the day: 1 or 2');
const { log } = await openLog({ paths: createPaths(), clock: systemClock });
for (const [n, thing] of things.entries()) {
  for (const feedback of answers(thing, n)) await log.feedback(feedback);
}
await log.close();
