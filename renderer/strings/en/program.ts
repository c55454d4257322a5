/** The program itself: start with the session, newer versions, log files, parts that were started again. */
export const program = {
  program: {
    login: 'Start with the computer',
    loginHint: 'When you log in, in the tray. Your system can switch it off too; then it is off here.',
    noLogin: {
      headless: 'Without a window it is started by hand.',
      demo: 'A recorded day is never started by itself.',
      system: 'The installed app can; from here, start it yourself.',
    },
    updates: 'Look for newer versions',
    updatesHint: 'Once a day, at the address this release was built with. Nothing about you is sent.',
    noUpdates: {
      browser: 'In a browser window the program is as new as the folder it runs from.',
      checkout: 'It runs from its sources: update the folder instead.',
      'no-feed': 'This release names no address to look at.',
      demo: 'Not on a recorded day.',
    },
    steps: {
      checking: 'Looking …',
      newest: 'This is the newest version known',
      failed: 'That did not work',
      found: (version: string) => `Version ${version} is there`,
      downloading: (version: string, percent: string) => `Downloading ${version}: ${percent} %`,
      ready: (version: string) => `Version ${version} is ready`,
    },
    notYet: 'Not looked yet.',
    readyHint: 'What is kept stays. It takes a few seconds.',
    failedHints: {
      offline: 'The address does not answer. It is tried again tomorrow.',
      damaged: 'What came is not what was promised; it was thrown away.',
      unsigned: 'What came is not signed by the same maker; it was thrown away.',
      other: 'See the log files.',
    },
    check: 'Look now',
    download: 'Download',
    install: 'Restart to update',
    logs: 'Log files',
    logsHint: 'What went wrong, without titles, names or content. They turn over at 1 MB.',
    mishap: {
      window: 'This window ended unexpectedly and was opened again. Nothing was lost.',
      hung: 'This window did not answer and was opened again. Nothing was lost.',
      graphics: 'The graphics part ended unexpectedly and was started again.',
    },
  },
};
