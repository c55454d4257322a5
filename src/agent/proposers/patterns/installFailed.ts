import type { Proposer } from '../../../model/agent.ts';
import { topicOf } from '../../../model/topic.ts';
import { clean } from '../../steps.ts';
import { ago, createPattern } from './pattern.ts';

const AFTER_MS = 600_000;
const FRESH_MS = 180_000;
const LIFETIME_MS = 300_000;
const INSTALL =
  /\b(?:pip3?|uv(?: pip)?|conda|npm|pnpm|yarn|cargo|gem|go|brew|winget|choco|dnf|pacman|apt(?:-get)?|snap|flatpak)\s+(?:-\S+\s+)*(?:install|i|add|get|-S)\s+(?:-\S+\s+)*([@\w][\w@./+:-]{0,80})/i;
const FAILED =
  /\berr(?:or)?\b|\bE:|\bfail(?:ed|ure)?\b|\bunable to\b|\bnot found\b|\bno matching\b|\bdenied\b|\bERESOLVE\b/i;

/** A package was to be installed, and what was copied next is a failure. */
export function createInstallFailed(): Proposer {
  return createPattern('install-failed', ({ desk, now }) => {
    const copy = desk.copies.at(-1);
    if (!copy || now - copy.at > FRESH_MS || !FAILED.test(copy.text)) return null;
    if (desk.windows[copy.window]?.kind !== 'terminal') return null;
    const run = desk.windows.findLast(
      ({ kind, title, at }) => kind === 'terminal' && INSTALL.test(title) && copy.at - at <= AFTER_MS,
    );
    const name = INSTALL.exec(run?.title ?? copy.text)?.[1];
    if (name === undefined) return null;
    const line = clean(copy.text.split('\n').find((each) => FAILED.test(each)) ?? copy.text);
    return {
      purpose: `Install “${name}”`,
      task: `Fix the installation of “${name}”: “${line}”`,
      message: `Installing “${name}” failed. Shall I explain “${line}” and show how to fix it?`,
      why: `You copied this failure ${ago(now - copy.at)}, after starting the installation of “${name}”`,
      operation: {
        kind: 'chat',
        instruction: `The installation of “${name}” failed with “${line}”. Explain the cause in one sentence, then give the two most likely fixes as short commands to read, the safest first.`,
      },
      topic: topicOf(`install ${name} ${line}`),
      lifetime: LIFETIME_MS,
    };
  });
}
