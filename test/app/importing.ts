/** Bucket types as ActivityWatch's watchers write them, with one event each of a working morning. */
const at = (start: number, seconds: number) => new Date(start + seconds * 1000).toISOString();

/** An ActivityWatch export as aw-server writes it: buckets, each newest first. Times are seconds after `start`. */
export function exportOf(start: number): object {
  const bucket = (id: string, type: string, client: string, events: [number, number, object][]) => [
    id,
    {
      id,
      type,
      client,
      hostname: 'host',
      created: at(start, 0),
      events: events
        .map(([from, duration, data], n) => ({ id: n + 1, timestamp: at(start, from), duration, data }))
        .toReversed(),
    },
  ];
  const page = (url: string, title: string, more: object = {}) => ({
    url,
    title,
    audible: false,
    incognito: false,
    tabCount: 4,
    ...more,
  });
  return {
    buckets: Object.fromEntries([
      bucket('aw-watcher-window_host', 'currentwindow', 'aw-watcher-window', [
        [0, 120, { app: 'Firefox', title: 'Guide — Mozilla Firefox' }],
        [120, 300, { app: 'Code', title: 'cart.ts - shop - Visual Studio Code' }],
        [420, 60, { app: 'KeePassXC', title: 'canary-vault.kdbx - KeePassXC' }],
        [480, 60, { app: 'Firefox', title: 'Results — Mozilla Firefox' }],
      ]),
      bucket('aw-watcher-web-firefox', 'web.tab.current', 'aw-client-web', [
        [1, 118, page('https://www.example.org/guide?canary=query', 'Guide to jane.canary@example.org')],
        // The tab stays active behind the editor.
        [140, 200, page('https://www.example.org/behind', 'canary behind')],
        [481, 20, page('https://duckduckgo.com/?q=merge+tables&t=canary', 'merge tables at DuckDuckGo')],
        [502, 10, page('https://example.org/x', 'canary private', { incognito: true })],
        [513, 10, page('https://accounts.example.org/login', 'canary sign in')],
        [524, 10, page('https://example.org/text', 'With text', { innerText: 'canary page text' })],
      ]),
      bucket('aw-watcher-vscode_host', 'app.editor.activity', 'aw-watcher-vscode', [
        [
          125,
          290,
          {
            language: 'typescript',
            project: '/home/canary/shop',
            file: '/home/canary/shop/cart.ts',
            branch: 'canary',
          },
        ],
        [415, 3, { language: 'plaintext', project: 'shop', file: '/home/canary/.ssh/id_rsa', branch: 'x' }],
      ]),
      bucket('aw-watcher-afk_host', 'afkstatus', 'aw-watcher-afk', [
        [0, 540, { status: 'not-afk' }],
        [540, 600, { status: 'afk' }],
      ]),
      bucket('aw-watcher-input_host', 'os.hid.input', 'aw-watcher-input', [
        [130, 1, { presses: 12, clicks: 1, deltaX: 3, deltaY: 4, scrollX: 0, scrollY: 0 }],
        [131, 1, { presses: 8, clicks: 0, deltaX: 0, deltaY: 0, scrollX: 0, scrollY: 0 }],
        ...[...'canary'].map((key, n): [number, number, object] => [
          200 + n / 2,
          0.1,
          { from: 'keyboard', data: { type: 'pressAndRelease', key } },
        ]),
      ]),
      bucket('aw-watcher-steps_phone', 'made.up', 'aw-watcher-steps', [[0, 1, { steps: 'canary' }]]),
    ]),
  };
}

/** A list as ProactiveAgent's recorder writes it (`event_list.json`); times in seconds. */
export function staysOf(start: number): object[] {
  return [
    {
      timestamp: start / 1000,
      duration: 30.5,
      user_input: [
        { from: 'keyboard', type: 'input', data: 'canary typed words' },
        { from: 'mouse', data: { type: 'click', button: 'left' } },
      ],
      status: 'not-afk',
      app: 'Code',
      info: [{ language: 'python', project: 'shop', file: '/home/canary/shop/main.py', branch: 'main' }],
    },
    {
      timestamp: start / 1000 + 40,
      duration: 20,
      user_input: [],
      status: 'not-afk',
      app: 'web',
      info: [
        {
          url: 'https://example.org/a?canary=1',
          title: 'A page',
          audible: false,
          incognito: false,
          tabCount: 2,
        },
      ],
    },
    { timestamp: start / 1000 + 70, duration: 5, user_input: [], status: 'afk', app: 'other', info: [] },
  ];
}
