/** Choice of a model and of sources. */
export const models = {
  models: {
    use: 'Use',
    inUse: 'in use',
    download: 'Download',
    downloading: 'Downloading',
    fits: 'fits this machine',
    tight: 'needs more memory than this machine has',
    size: (size: string, memory: string) => `${size} to download, ${memory} of memory`,
    shows: 'words suggestions',
    answers: 'writes answers only',
    pinned: {
      shipped: 'hash known',
      'first-download': 'hash pinned at first download',
      none: 'hash not yet known',
    },
    failed: (reason: string) => `Download failed: ${reason}`,
    progress: (title: string) => `Download of ${title}`,
  },
  sources: {
    window: { title: 'Windows', body: 'Which app has the focus, and the title of its window.' },
    idle: { title: 'Presence', body: 'Whether you are at the machine, to stay quiet when you are not.' },
    clipboard: { title: 'Clipboard', body: 'That something was copied, and redacted text.' },
    keyboard: {
      title: 'Keyboard',
      body: 'How much you type: counts of keys and words. What you write is kept only in apps that you choose for it under Typed text; none by default.',
    },
    files: { title: 'Files', body: 'Names of files created, changed, renamed or deleted in chosen folders.' },
  },
} as const;
