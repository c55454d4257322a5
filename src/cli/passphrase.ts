import { AppError } from '../errors.ts';

/** Longer than anybody types. */
const LONGEST = 1024;

/**
 * Asks for a passphrase on the terminal without showing it, twice where a slip would lock a file for ever; or reads
 * the first line of standard input. Never from the command line, which every process of the machine can read. Rejects
 * with `usage` when there is no terminal to ask on, the two differ, or nothing was given; `aborted` on Ctrl-C.
 */
export async function readPassphrase(options: {
  readonly stdin: boolean;
  readonly twice: boolean;
}): Promise<string> {
  if (options.stdin) return given(await firstLine());
  if (!process.stdin.isTTY) {
    throw new AppError(
      'usage',
      '[archive] there is no terminal to ask for the passphrase on: give it on standard input with --passphrase-stdin',
    );
  }
  const first = given(await ask('Passphrase: '));
  if (options.twice && (await ask('Once more: ')) !== first) {
    throw new AppError('usage', '[archive] the two passphrases differ; nothing was written');
  }
  return first;
}

function given(passphrase: string): string {
  if (passphrase !== '') return passphrase;
  throw new AppError('usage', '[archive] no passphrase was given');
}

async function firstLine(): Promise<string> {
  let text = '';
  process.stdin.setEncoding('utf8');
  for await (const piece of process.stdin) {
    text += String(piece);
    if (text.includes('\n') || text.length > LONGEST) break;
  }
  return cut(text.split(/\r?\n/, 1)[0] ?? '');
}

function cut(text: string): string {
  if (text.length <= LONGEST) return text;
  throw new AppError('usage', `[archive] a passphrase has at most ${LONGEST} characters`);
}

/** Raw mode, so that the terminal shows nothing of what is typed. */
function ask(question: string): Promise<string> {
  const { stdin, stderr } = process;
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (finish: () => void) => {
      stdin.off('data', take);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      finish();
    };
    const take = (data: string) => {
      for (const key of data) {
        if (key === '\r' || key === '\n') return end(() => resolve(text));
        if (key === '\u0003' || key === '\u0004') {
          return end(() => reject(new AppError('aborted', '[archive] no passphrase, so nothing was done')));
        }
        if (key === '\u007F' || key === '\b') text = Array.from(text).slice(0, -1).join('');
        else if (key >= ' ' && text.length < LONGEST) text += key;
      }
    };
    stderr.write(question);
    stdin.setEncoding('utf8');
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('data', take);
  });
}
