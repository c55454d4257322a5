/**
 * One step of the day as the agent reads it, whichever form it came in: raw events of a live desktop or sentences of
 * an imported trace. Facts and patterns look at steps only, so both forms mean the same to them. Every text is
 * captured data, already cleaned by `clean`.
 */
export interface Step {
  /** Id of the event, or the place in the list for a bare sentence. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Milliseconds it lasted, 0 where unknown. */
  readonly duration: number;
  /** Everything it says, for counting words. */
  readonly text: string;
  readonly app?: string;
  /** Page, document or window in front. */
  readonly title?: string;
  /** The search that is made or whose results are on screen. */
  readonly query?: string;
  /** The query is being typed now, not only looked at. */
  readonly asks?: boolean;
  /** Results of a search are on screen. */
  readonly results?: boolean;
  readonly error?: { readonly text: string; readonly via: 'copied' | 'title' | 'searched' | 'shown' };
  /** What was copied; empty when only the act is known. */
  readonly copied?: string;
  readonly pasted?: boolean;
  readonly renamed?: { readonly from: string; readonly to: string; readonly folder?: string };
  /** Something to read is in front: its title and what it is. */
  readonly document?: { readonly title: string; readonly kind: 'pdf' | 'document' | 'article' };
  /** Words are being written, outside a search. */
  readonly writes?: boolean;
  /** Only clicking, scrolling or switching. */
  readonly passive?: boolean;
  /** Keys without words: shortcuts, modifiers, raw key names. */
  readonly raw?: boolean;
  /** It says nothing of what is in front: keys, a copy, a file saved. */
  readonly background?: boolean;
  /** A chat with an AI is in front. */
  readonly chat?: boolean;
  readonly afk?: boolean;
}

const LONGEST = 120;
/** Nothing to clean: most titles and names of files. */
const CLEAN = /^[!-~]+(?: [!-~]+)*$/;

/** Captured text made safe to quote: one line, no control characters, at most 120 characters. */
export function clean(text: string): string {
  if (text.length <= LONGEST && CLEAN.test(text)) return text;
  const line = text
    .normalize('NFC')
    .replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim();
  const signs = [...line];
  return signs.length <= LONGEST
    ? line
    : `${signs
        .slice(0, LONGEST - 1)
        .join('')
        .trimEnd()}…`;
}

/** An assistant that answers in a chat: help is already there. */
export const AI_CHAT =
  /\b(?:chatgpt|deepseek|kimi|claude|gemini|copilot chat|microsoft copilot|perplexity|mistral|le chat|grok|poe|ollama|open webui|lm studio)\b/i;

/** Titles of pages with nothing on them. */
export const BLANK =
  /^(?:new tab|new private tab|新建标签页|untitled|start page|home|about:blank|loading.*)$/i;

const STRONG_ERROR =
  /\b[A-Za-z_.]*(?:Error|Exception)\b(?=\s*[:(['"“‘]|\s*$)|\b(?:error|fatal|panic)(?:\[\w+\]| [A-Z]{1,4}\d{2,6}| code [A-Z]{3,16})?:|\berror code [A-Z]{4,16}\b|\btraceback\b|\bsegmentation fault\b|\bcore dumped\b|\bno such file or directory\b|\bcommand not found\b|\bpermission denied\b|\bundefined reference\b|\bunhandled exception\b|\bis not a function\b|\bis not defined\b|\bcannot (?:find|read|open|import|resolve)\b|\berrno\b|\bexit (?:code|status) [1-9]/i;
const WEAK_ERROR =
  /\b(?:errors?|exceptions?|\w+Error|\w+Exception|not found|fail(?:s|ed|ure)?|crash(?:es|ed)?)\b/i;

/**
 * The line of a text that states an error, or null. `strict` wants the form of a real message
 * ("KeyError: …", "fatal: …"); without it the word alone is enough, as in a search.
 */
export function errorIn(text: string, strict: boolean): string | null {
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  const wanted = strict ? STRONG_ERROR : WEAK_ERROR;
  // A traceback states its error in its last line, a compiler in its first.
  const named = lines.findLast((line) => /^[\w.]*(?:Error|Exception)\b/.test(line));
  const line =
    named ?? lines.find((each) => STRONG_ERROR.test(each)) ?? lines.find((each) => wanted.test(each));
  return line ? clean(line) : null;
}

const DATA_FILE =
  /\.(?:png|jpe?g|gif|webp|bmp|tiff?|ico|heic|mp[34]|m4a|mkv|mov|avi|wav|flac|ogg|zip|gz|xz|zst|bz2|7z|rar|tar|iso|exe|dll|so|o|a|bin|class|pyc|db|sqlite3?|parquet|part|tmp)$/i;

/** Whether a file of this name holds what a person writes, rather than pictures, sound, archives or data of programs. */
export function isWritten(name: string): boolean {
  return !DATA_FILE.test(name);
}
