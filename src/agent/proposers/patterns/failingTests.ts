import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { createPattern, inWords, span } from './pattern.ts';

const FRESH_MS = 240_000;
const WITHIN_MS = 1_800_000;
const LIFETIME_MS = 300_000;
/** How test runners count what failed. */
const FAILED =
  /\b([1-9]\d{0,4}) (?:tests? )?(?:failed|failing|failures?)\b|\bfail(?:ed|ures?)?\s*[:=]\s*([1-9]\d{0,4})\b|--- FAIL: (\S{1,80})/i;
const RUN =
  /\b(?:pytest|vitest|jest|(?:npm|yarn|pnpm)(?: run)? test|cargo test|go test|ctest|rspec|phpunit|mvn test|gradle test)\b/i;

/** A test run that failed was copied or stands in the title, with saved changes before it. */
export function createFailingTests(): Proposer {
  return createPattern('failing-tests', ({ desk, stays, now }) => {
    const copy = desk.copies.at(-1);
    const front = desk.windows.at(-1);
    const shown = front?.kind === 'terminal' && FAILED.test(front.title) ? front : undefined;
    const copied =
      copy && FAILED.test(copy.text) && (RUN.test(copy.text) || inTerminal(desk, copy.window))
        ? copy
        : undefined;
    const at = copied?.at ?? shown?.at;
    if (at === undefined || now - at > FRESH_MS) return null;
    const found = FAILED.exec(copied?.text ?? shown!.title)!;
    const count = Number(found[1] ?? found[2] ?? 1);
    const work = stays.findLast((stay) => stay.work !== undefined && at - stay.at <= WITHIN_MS)?.work;
    if (work === undefined) return null;
    const runs = desk.windows.filter((each) => RUN.test(each.title) && now - each.at <= WITHIN_MS);
    const first = runs[0];
    const tests = `${inWords(count)} failing ${count === 1 ? 'test' : 'tests'}`;
    return {
      purpose: `Make the tests of “${work}” pass`,
      task: `List what to check in “${work}” for the ${tests}, and how to debug them`,
      message: `Shall I list what to check in “${work}” for the ${tests}?`,
      why:
        runs.length > 1
          ? `${runs.length} test runs in ${span(now - first!.at)}, and still ${tests}`
          : `The last test run ended with ${tests}`,
      operation: {
        kind: 'chat',
        instruction: `The last test run ended with ${tests}, after changes to “${work}”. Give a short plan to debug them: what to run alone, what to print, what changed last. At most six lines.`,
      },
      topic: topicOf(`failing tests ${work}`),
      lifetime: LIFETIME_MS,
    };
  });
}

function inTerminal(
  desk: { readonly windows: readonly { readonly kind: string }[] },
  window: number,
): boolean {
  return desk.windows[window]?.kind === 'terminal';
}
