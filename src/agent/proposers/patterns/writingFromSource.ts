import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { sameSource } from '../evidence.ts';
import { createPattern, inWords, span } from './pattern.ts';

const WITHIN_MS = 1_200_000;
const FRESH_MS = 180_000;
const STEPS_AFTER = 4;
/** So often the writer went to the same source. */
const LEAST_VISITS = 3;
/** So often words were written between two visits. */
const LEAST_WRITES = 2;
const LIFETIME_MS = 600_000;

/** Words are written in one window while the writer goes back to the same source in another. */
export function createWritingFromSource(): Proposer {
  return createPattern('writing-from-source', ({ visits, now }) => {
    const recent = visits.filter((each) => now - each.at <= WITHIN_MS);
    const last = recent.findLast((each) => each.source !== undefined);
    if (!last?.source || last.back > STEPS_AFTER || now - last.at > FRESH_MS) return null;
    let times = 0;
    let writes = 0;
    let wrote = true;
    let place: string | undefined;
    let since = now;
    for (const visit of recent) {
      if (visit.wrote) {
        if (times > 0 && !wrote) writes += 1;
        wrote = true;
        place = visit.name ?? place;
      } else if (visit.source && wrote && sameSource(visit.source, last.source)) {
        if (times === 0) since = visit.at;
        times += 1;
        wrote = false;
      }
    }
    if (times < LEAST_VISITS || writes < LEAST_WRITES) return null;
    const source = last.source;
    const into = place && place !== source ? ` for “${place}”` : '';
    return {
      purpose: `Write from “${source}”`,
      task: `Collect the key points of “${source}”${into}`.slice(0, 300),
      message: `You keep going back to “${source}” while you write. Shall I collect its key points, with a line to cite?`,
      why: `You went to this source ${inWords(times)} times while writing, in ${span(now - since)}`,
      operation: {
        kind: 'chat',
        instruction: `Collect the key points of “${source}” as short notes that can be quoted, and one line to cite it. Use only what was seen; say what is not known.`,
      },
      topic: topicOf(source),
      lifetime: LIFETIME_MS,
    };
  });
}
