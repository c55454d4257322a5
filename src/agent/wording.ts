import type { Observation } from '../model/observation.ts';
import { operationText } from '../model/operationText.ts';
import type { Proposal } from '../model/proposal.ts';
import { LONGEST } from './proposers/model.ts';
import { buildMessages, type PromptFile } from './prompt.ts';

/** The agent's conversations as they are really held, for whoever trains a model to hold them. */
export interface Wording {
  readonly version: string;
  /** The prompt that these observations make; they are taken as they are, since they were chosen for a prompt before. */
  prompt(seen: readonly Observation[]): { readonly system: string; readonly user: string };
  /** The whole answer as the decision's grammar writes it; null for an offer that it cannot write. */
  reply(proposal: Proposal | null): string | null;
}

/** The wording of one prompt file. */
export function createWording(prompt: PromptFile): Wording {
  return {
    version: prompt.version,
    prompt(seen) {
      const [system, user] = buildMessages(prompt, seen);
      return { system: system?.content ?? '', user: user?.content ?? '' };
    },
    reply: (proposal) => (proposal ? offerOf(proposal) : '{"help":false}'),
  };
}

function offerOf({ task, message, why, operation }: Proposal): string | null {
  const fields = {
    task: field(task, LONGEST.task),
    message: field(message, LONGEST.message),
    why: field(why, LONGEST.why),
  };
  // The grammar has no offer without an operation; the model is asked to write what has none.
  const kind = operation?.kind === 'search' ? 'search' : 'chat';
  const own = operation?.kind === 'search' || operation?.kind === 'chat';
  const asked = field(own ? operationText(operation) : task, LONGEST.argument);
  // Two letters are no argument to the grammar; the task says more.
  const argument = [...asked].length < 3 ? fields.task : asked;
  if (Object.values(fields).some((text) => [...text].length < 3)) return null;
  return JSON.stringify({ help: true, ...fields, operation: kind, argument });
}

/** A text without the characters that the grammar leaves out, cut between words where it is too long. */
function field(text: string, most: number): string {
  const line = text
    .toWellFormed()
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  const points = [...line];
  if (points.length <= most) return line;
  const cut = points.slice(0, most).join('');
  const space = cut.lastIndexOf(' ');
  return (space > most / 2 ? cut.slice(0, space) : cut).trimEnd();
}
