/** Why keys that should work in every app do not, by the kind that the core tells. */
export const refusals = {
  held: (keys: string) => `Another program holds ${keys}.`,
  notLent: (keys: string) => `The system did not lend ${keys}: another program may hold it.`,
  noKey: (keys: string) => `This keyboard has no key for ${keys}.`,
  same: (keys: string) => `Another of these shortcuts has ${keys} too.`,
  noSession: (_keys: string) => 'There is no graphical session to take keys from.',
  wayland: (_keys: string) =>
    'This version takes no keys under Wayland: give keys to the command “beforehand pause” in the desktop’s own settings, or use the card and the window.',
  noDisplay: (_keys: string) => 'The display does not answer; it is tried again.',
  desktopApp: (_keys: string) => 'Keys for every app need the desktop app here.',
  noWindow: (_keys: string) => 'Without a window it takes no keys: use the command line.',
} as const;
