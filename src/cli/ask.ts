import { createInterface } from 'node:readline/promises';
import { AppError } from '../errors.ts';

/**
 * Asks one question on the terminal, on stderr, and resolves with the line that was typed, trimmed. Rejects with
 * `usage` where there is no terminal (`instead` says what to give on the command line), `aborted` on Ctrl-C or Ctrl-D.
 */
export async function askLine(question: string, instead: string): Promise<string> {
  if (!process.stdin.isTTY) throw new AppError('usage', `[cli] there is no terminal to ask on: ${instead}`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise<string>((resolve, reject) => {
      const stopped = () => reject(new AppError('aborted', '[cli] stopped; nothing was changed'));
      lines.once('SIGINT', stopped);
      lines.once('close', stopped);
      lines.question(question).then((typed) => resolve(typed.trim()), stopped);
    });
  } finally {
    lines.close();
  }
}
