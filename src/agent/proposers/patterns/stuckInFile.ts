import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { createPattern, inWords, span } from './pattern.ts';

const WITHIN_MS = 1_200_000;
const FRESH_MS = 180_000;
const LEAST_UNDOS = 6;
const LEAST_BURSTS = 3;
const LIFETIME_MS = 300_000;

/** One file has long been in front and what is written there is taken back again and again. */
export function createStuckInFile(): Proposer {
  return createPattern('stuck-in-file', ({ desk, now }) => {
    const front = desk.windows.at(-1);
    if (!front?.file || front.kind !== 'editor') return null;
    const here = desk.keys.filter(
      ({ at, window, undos }) =>
        undos > 0 && now - at <= WITHIN_MS && desk.windows[window]?.file === front.file,
    );
    const undos = here.reduce((sum, each) => sum + each.undos, 0);
    const last = here.at(-1);
    if (!last || here.length < LEAST_BURSTS || undos < LEAST_UNDOS || now - last.at > FRESH_MS) return null;
    return {
      purpose: `Get on with “${front.file}”`,
      task: `List ways to debug what does not work in “${front.file}”`,
      message: `You took changes to “${front.file}” back many times. Shall I list ways to find out what does not work?`,
      why: `You undid changes in ${inWords(here.length)} places of this file in ${span(now - here[0]!.at)}`,
      operation: {
        kind: 'chat',
        instruction: `Somebody keeps undoing changes in “${front.file}”. From the last steps, say in one sentence what they seem to try, then give four ways to get unstuck, each one short line.`,
      },
      topic: topicOf(`stuck ${front.file}`),
      lifetime: LIFETIME_MS,
    };
  });
}
