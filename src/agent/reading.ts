import { randomBytes } from 'node:crypto';
import type { CompletionRequest } from '../model/llm.ts';
import { overhead, type PromptFile } from './prompt.ts';

/** Characters in a token, about, on the safe side. */
const CHARACTERS = 3;
/** Share of the room that an outline may take where the text itself is too long. */
const OUTLINE = 0.3;

/**
 * The request of the `read` operation. The text stands between two lines with a mark that it cannot know, so that nothing in
 * it can end it early; `shown` tells how many of its characters fit.
 */
export function buildReading(
  prompt: PromptFile,
  file: { readonly name: string; readonly text: string; readonly outline: string },
  options: {
    readonly maxTokens?: number;
    readonly timeoutMs: number;
    readonly contextTokens: number;
    readonly mark?: string;
  },
): { readonly request: CompletionRequest; readonly shown: number } {
  const maxTokens = Math.min(options.maxTokens ?? 400, Math.floor(options.contextTokens / 3));
  const mark = options.mark ?? randomBytes(8).toString('hex');
  const name = JSON.stringify(file.name.slice(0, 120));
  const room = Math.max(
    300,
    (options.contextTokens - maxTokens - overhead(prompt)) * CHARACTERS - name.length - 160,
  );
  const whole = file.text.length <= room;
  const outline = whole ? '' : file.outline.slice(0, Math.floor(room * OUTLINE));
  const text = whole ? file.text : file.text.slice(0, Math.max(0, room - outline.length)).toWellFormed();
  const data = whole ? text : `${outline}\n\n${text}`;
  return {
    request: {
      messages: [
        { role: 'system', content: prompt.system },
        {
          role: 'user',
          content: `${prompt.opening} ${name}\n=== text ${mark} begins ===\n${data.replaceAll(mark, '')}\n=== text ${mark} ends ===\n${prompt.closing}`,
        },
      ],
      maxTokens,
      temperature: 0.3,
      timeoutMs: options.timeoutMs,
      session: 'answer',
      purpose: 'answer',
      promptVersion: prompt.version,
    },
    shown: text.length,
  };
}
