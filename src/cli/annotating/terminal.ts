import { emitKeypressEvents } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';

/** A terminal taken over for a while: the alternate screen, raw keys. */
export interface Terminal {
  readonly size: () => { readonly columns: number; readonly rows: number };
  /** Shows these lines and nothing else. */
  show(lines: readonly string[]): void;
  /** Gives the terminal back as it was. May be called twice. */
  close(): void;
}

const ENTER = '\u001b[?1049h\u001b[?25l';
const LEAVE = '\u001b[?25h\u001b[?1049l';

/** Names that `pressOf` knows, where the terminal has others. */
const NAMES: Readonly<Record<string, string>> = { return: 'enter', ' ': 'space' };

/**
 * Takes a terminal over. `onKey` hears `up`, `down`, `enter`, `space`, a character, or `end` for Ctrl+C, Ctrl+D and a
 * signal to stop; `onResize` hears a new size. Whatever ends the process gives the terminal back.
 */
export function takeTerminal(
  input: ReadStream,
  output: WriteStream,
  on: { readonly key: (name: string) => void; readonly resize: () => void },
): Terminal {
  let open = true;
  const onKey = (text: string | undefined, key: { name?: string; ctrl?: boolean; meta?: boolean }) => {
    if (key.ctrl) {
      if (key.name === 'c' || key.name === 'd') on.key('end');
      return;
    }
    if (key.meta) return;
    const name = key.name ?? text ?? '';
    on.key(NAMES[name] ?? (text !== undefined && text.length === 1 && text > ' ' ? text : name));
  };
  const stop = () => on.key('end');
  const close = () => {
    if (!open) return;
    open = false;
    input.off('keypress', onKey);
    output.off('resize', on.resize);
    for (const signal of SIGNALS) process.off(signal, stop);
    process.off('exit', close);
    input.setRawMode(false);
    input.pause();
    output.write(LEAVE);
  };

  emitKeypressEvents(input);
  input.setRawMode(true);
  input.resume();
  input.on('keypress', onKey);
  output.on('resize', on.resize);
  for (const signal of SIGNALS) process.on(signal, stop);
  process.on('exit', close);
  output.write(ENTER);
  return {
    size: () => ({ columns: Math.max(20, output.columns || 80), rows: Math.max(6, output.rows || 24) }),
    show(lines) {
      if (open) output.write(`\u001b[H${lines.map((line) => `${line}\u001b[K`).join('\r\n')}\u001b[J`);
    },
    close,
  };
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
