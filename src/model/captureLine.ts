/** What the program does now, as a state of the assistant carries it. */
export interface CaptureWords {
  readonly capture: 'watching' | 'paused' | 'wrong';
  /** The details of it, without the word itself. */
  readonly says: string;
}

const WORD = { watching: 'watching', paused: 'paused', wrong: 'something is wrong' } as const;

/** The one line that tray, `doctor` and the command line show: `paused until 14:30`, `watching, 5 of 5 sources`. */
export function captureLine({ capture, says }: CaptureWords): string {
  const glue = says.startsWith('until ') ? ' ' : capture === 'wrong' ? ': ' : ', ';
  return `${WORD[capture]}${says ? glue + says : ''}`;
}
