import type { CompletionRequest } from '../model/llm.ts';
import type { Guard } from '../model/guard.ts';
import type { FileRef } from '../model/proposal.ts';
import type { Suggestion } from '../model/suggestion.ts';
import { type Chat, chat } from './chat.ts';
import type { Ended } from './ended.ts';
import type { FileFinder } from './files.ts';
import { nameInWords } from './names.ts';
import { outlineOf } from './outline.ts';
import { readText } from './readText.ts';

/** What a model is asked about a file. `shown` is how many characters of the text it gets to see. */
export interface Reading {
  readonly request: CompletionRequest;
  readonly shown: number;
}

/** Makes the question of a text that is redacted already; `outline` stands in where the text is too long. */
export type AskAbout = (file: {
  readonly name: string;
  readonly text: string;
  readonly outline: string;
}) => Reading;

/**
 * Summarises one file: by the model where its text is fit to show, else as an outline of the text itself. The text passes
 * the guard before anything sees it. Never rejects for the file's or the model's sake; rejects as `save` does.
 */
export async function read(
  suggestion: Suggestion,
  ref: FileRef,
  options: Omit<Chat, 'request' | 'without' | 'remark'> & {
    readonly finder: FileFinder;
    readonly guard: Pick<Guard, 'redact'>;
    readonly ask: AskAbout;
  },
): Promise<Ended> {
  const { finder, guard, ask, ...writing } = options;
  const refuse = async (detail: string): Promise<Ended> => {
    const written = { text: '', state: 'failed' as const, note: detail.slice(0, 500) };
    await writing.save(written);
    writing.show(written);
    return { result: 'failed', detail };
  };
  const found = await finder.find(ref);
  if ('refused' in found) return refuse(found.refused);
  const content = await readText(found.file);
  if ('refused' in content) return refuse(content.refused);
  const text = redactWhole(content.text, guard);
  if (!text.trim()) return refuse(`Nothing of ${nameInWords(ref.name)} may be read.`);
  const outline = outlineOf(ref.name, text, content.cut).join('\n\n');
  const { request, shown } = ask({ name: ref.name, text, outline });
  const part =
    shown < text.length && (options.shows || content.cut)
      ? options.shows
        ? `It saw the outline and the first ${count(shown)} characters.`
        : `Only the first ${count(text.length)} characters were read.`
      : '';
  return chat(suggestion, {
    ...writing,
    request,
    without: {
      text: outline,
      is: 'is an outline of the text itself',
      adds: 'say in a few sentences what it says',
    },
    ...(part && { remark: part }),
  });
}

/** The guard looks at so many characters at a time, and drops what is beyond. */
const PIECE = 16_000;

/** Redacts a text of any length in pieces, cut where a paragraph ends, so that no secret lies across two of them. */
function redactWhole(text: string, guard: Pick<Guard, 'redact'>): string {
  const pieces: string[] = [];
  for (let at = 0; at < text.length;) {
    const piece = text.slice(at, at + PIECE);
    const ends = ['\n\n', '\n', ' '].map((sign) => piece.lastIndexOf(sign) + sign.length);
    const end = at + PIECE >= text.length ? piece.length : (ends.find((each) => each > PIECE / 2) ?? PIECE);
    pieces.push(guard.redact(piece.slice(0, end), 'file').text);
    at += end;
  }
  return pieces.join('');
}

const count = (characters: number) => characters.toLocaleString('en');
