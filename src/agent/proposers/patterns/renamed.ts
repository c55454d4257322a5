import type { Proposer } from '../../../model/agent.ts';
import type { Operation } from '../../../model/proposal.ts';
import { schemeOf as ruleOf } from '../../../model/scheme.ts';
import { topicOf } from '../../../model/topic.ts';
import type { Desk } from '../desk.ts';
import type { Rename } from '../evidence.ts';
import { filesIn } from '../fileRef.ts';
import { capital, createPattern, inWords, span } from './pattern.ts';

const WITHIN_MS = 600_000;
const FRESH_MS = 180_000;
const STEPS_AFTER = 4;
const LEAST = 2;
const LIFETIME_MS = 600_000;
/** Files in one operation, as the union allows. */
const MOST = 50;

/** Several files of one folder were renamed by one scheme: the rest will follow. */
export function createRenamed(): Proposer {
  return createPattern('renamed', ({ renames, desk, now }) => {
    const last = renames.at(-1);
    if (!last || last.back > STEPS_AFTER || now - last.at > FRESH_MS) return null;
    const scheme = schemeOf(last);
    const alike = renames.filter(
      (each) => each.folder === last.folder && last.at - each.at <= WITHIN_MS && schemeOf(each) === scheme,
    );
    // The same file renamed back and forth is one file.
    if (new Set(alike.map((each) => each.from)).size < LEAST || scheme === null) return null;
    const where = last.folder ? ` in “${last.folder}”` : '';
    const examples = alike.slice(-3).map((each) => `“${each.from}” → “${each.to}”`);
    const rest = restOf(alike, desk);
    if (rest) {
      const count = rest.files.length === 1 ? 'file' : `${inWords(rest.files.length)} files`;
      return {
        purpose: `Rename the files${where} by one scheme`,
        task: `Rename the remaining ${count}${where} like “${last.from}” → “${last.to}”`,
        message: `You are renaming files${where} by a scheme (“${last.from}” → “${last.to}”). Shall I rename the remaining ${count}?`,
        why: why(alike),
        operation: rest,
        topic: topicOf(`rename ${last.folder ?? ''} ${scheme}`),
        lifetime: LIFETIME_MS,
      };
    }
    return {
      purpose: `Rename the files${where} by one scheme`,
      task: `Write the remaining names${where} like “${last.from}” → “${last.to}”`.slice(0, 300),
      message: `You are renaming files${where} by a scheme (“${last.from}” → “${last.to}”). Shall I write the remaining names?`,
      why: why(alike),
      operation: {
        kind: 'chat',
        instruction: `Continue this renaming scheme and write the next ten names, one a line, as old name → new name. Done so far: ${examples.join(', ')}`,
      },
      topic: topicOf(`rename ${last.folder ?? ''} ${scheme}`),
      lifetime: LIFETIME_MS,
    };
  });
}

function why(alike: readonly Rename[]): string {
  return `${capital(inWords(alike.length))} files renamed the same way in ${span(alike.at(-1)!.at - alike[0]!.at)}`;
}

/** The files still to rename, where the file events tell which there are and one rule explains all renames so far. */
function restOf(alike: readonly Rename[], desk: Desk): Extract<Operation, { kind: 'rename' }> | null {
  const done = new Set(alike.flatMap(({ from, to }) => [from, to]));
  const here = filesIn(desk, alike[0]!.folder);
  const waiting = [...here.keys()].filter((name) => !done.has(name));
  const next =
    ruleOf(alike, waiting, MOST)?.next.filter(({ guessed, from, to }) => !guessed && from !== to) ?? [];
  const files = next.flatMap(({ from, to }) =>
    to.length <= 255 && !here.has(to) ? [{ file: { event: here.get(from)!, name: from }, to }] : [],
  );
  return files.length > 0 && files.length === next.length ? { kind: 'rename', files } : null;
}

/**
 * The scheme of one rename, equal for all that follow it: a part put in front or at the end, a change of case or of
 * spaces, or else the shape of both names with numbers as `#`. Null where nothing can be recognised.
 */
function schemeOf({ from, to }: Rename): string | null {
  const [oldName, oldType] = parts(from);
  const [newName, newType] = parts(to);
  if (oldType.toLowerCase() !== newType.toLowerCase()) return oldName === newName ? `type ${newType}` : null;
  if (newName.endsWith(oldName)) return `front ${shape(newName.slice(0, -oldName.length))}`;
  if (newName.startsWith(oldName)) return `end ${shape(newName.slice(oldName.length))}`;
  if (oldName.endsWith(newName)) return `without front ${shape(oldName.slice(0, -newName.length))}`;
  if (oldName.startsWith(newName)) return `without end ${shape(oldName.slice(newName.length))}`;
  const spaced = newName.match(/[-_]/)?.[0] ?? '';
  if (oldName.replace(/\s+/g, spaced) === newName) return `spaces to ${spaced || 'nothing'}`;
  if (oldName.replace(/\s+/g, spaced).toLowerCase() === newName)
    return `lower case, spaces to ${spaced || 'nothing'}`;
  // Different words on both sides make no scheme, unless the new names count.
  return /\d/.test(newName) ? `shape ${shape(newName)}` : null;
}

function parts(name: string): readonly [string, string] {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
}

function shape(text: string): string {
  return text.replace(/\d+/g, '#');
}
