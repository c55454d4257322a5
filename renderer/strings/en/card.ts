import { gathered } from './gathered.ts';
import { number } from './count.ts';

/** The suggestion card. */
export const card = {
  card: {
    label: 'Suggestion',
    announce: (task: string, why: string, how: string) => `Suggestion: ${task}. ${why}. ${how}`,
    pressHere: 'Press Enter to accept, Escape to dismiss.',
    pressAnywhere: (keys: string) => `Press ${keys} to accept.`,
    accept: 'Accept',
    later: 'Not now',
    dismiss: 'Dismiss',
    pause: 'Pause, and put this off',
    details: 'Details',
    why: 'Why not?',
    skip: 'No reason',
    reasons: {
      'not-needed': 'Not needed',
      wrong: 'Wrong',
      'too-late': 'Too late',
      'never-here': 'Never for this app',
    },
    search: (query: string) => ['Opens your browser: search for ', query] as const,
    chat: (instruction: string) => ['The model writes: ', instruction] as const,
    read: (name: string) => ['Reads and summarises ', name] as const,
    open: (name: string) => ['Opens ', name] as const,
    remind: (what: string) => ['Reminds you ', what] as const,
    mcp: (call: string) => ['Calls a tool: ', call] as const,
    gather: (proposer: string) =>
      [
        'Gathers, without a model: ',
        (
          {
            'pattern:error': 'the error, where it came from, and a link to look it up',
            'pattern:repeated-search': 'your wordings and the pages you opened since',
            'pattern:renamed': 'the scheme spelled out, and the next names',
            'pattern:long-document': 'its title, your time with it, and what you copied from it',
            'pattern:writing-from-source': 'the passages you copied from it, and a line to cite it',
            ...gathered,
          } as Readonly<Record<string, string>>
        )[proposer] ?? 'what your last steps say about it',
      ] as const,
    searched: 'Opened in your browser.',
    copy: 'Copy',
    copied: 'Copied',
    stop: 'Stop',
    close: 'Close',
    writing: 'Writing…',
    stopped: 'Stopped.',
    failed: 'The answer failed.',
    answer: 'Answer',
    next: 'Another suggestion is here:',
    waiting: (count: number) => `${number(count)} more waiting`,
    held: 'stays while you read it',
    left: (seconds: number) => `goes by itself in ${number(seconds)} s`,
  },
} as const;
