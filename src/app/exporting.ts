import { readFileSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { readPrompt } from '../agent/prompt.ts';
import { createWording } from '../agent/wording.ts';
import type { ExportOptions } from '../export/export.ts';
import type { Known } from '../export/pseudonyms/book.ts';
import type { Paths } from '../paths.ts';
import { findAll } from '../privacy/find.ts';
import { createJudgeWording, readJudgePrompt } from '../reward/judgePrompt.ts';

/** How names are treated: replaced, and these words too, or kept. */
export interface NameChoice {
  readonly names: 'replace' | 'keep';
  readonly hide: readonly string[];
}

/** What every export of this program has in common: its words, and what it knows of this machine. */
export function exportParts(
  paths: Pick<Paths, 'assets'>,
  { names, hide }: NameChoice,
): Pick<ExportOptions, 'wording' | 'names' | 'hostname'> {
  const agent = createWording(readPrompt(join(paths.assets, 'prompts', 'decide-1.json')));
  const judge = createJudgeWording(readJudgePrompt(join(paths.assets, 'prompts', 'judge-1.json')));
  const known = { ...knownHere(), words: hide };
  return {
    wording: { agent, judge },
    names: names === 'keep' ? null : { known, findSecrets: (text) => findAll(text, {}) },
    hostname: names === 'keep' ? hostname() : 'this-machine',
  };
}

/** Who uses this machine and what it is called, as the system tells. */
function knownHere(): Known {
  const machine = hostname();
  try {
    const { username } = userInfo();
    const fullName = fullNameOf(username);
    return { user: username, machine, ...(fullName !== undefined && { fullName }) };
  } catch {
    // A container may run under a number that has no name.
    return { machine };
  }
}

/** The full name beside a login name, where the system keeps one in /etc/passwd. */
function fullNameOf(user: string): string | undefined {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((each) => each.startsWith(`${user}:`));
    return line?.split(':')[4]?.split(',')[0]?.trim() || undefined;
  } catch {
    return undefined;
  }
}
