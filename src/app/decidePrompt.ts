import { type PromptFile, readOwnPrompt } from '../agent/prompt.ts';
import { asAppError } from '../errors.ts';
import type { Settings } from '../model/settings.ts';

/**
 * The prompt of decisions now in force: the file that the settings name, read when its name changes, or the shipped one. A
 * file that cannot be used is told once, in `note`, and the shipped words are used: a wrong setting stops no watching. While
 * `frozen` says so, as in a study that froze its prompts, the shipped words are used whatever the settings name.
 */
export function createDecidePrompt(options: {
  readonly settings: () => Pick<Settings, 'model'>;
  readonly shipped: PromptFile;
  readonly frozen?: () => boolean;
  readonly note: (line: string) => void;
}): () => PromptFile {
  const { settings, shipped } = options;
  let file: string | null = null;
  let prompt = shipped;
  return () => {
    const named = options.frozen?.() ? null : settings().model.prompt;
    if (named === file) return prompt;
    file = named;
    prompt = shipped;
    if (named !== null) {
      try {
        prompt = readOwnPrompt(named);
      } catch (thrown) {
        options.note(asAppError(thrown, 'bad-input', 'agent').message);
      }
    }
    return prompt;
  };
}
