import { accessSync, chmodSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';

/** Browsers that know `--app`, in the order in which they are tried. */
const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'brave-browser',
  'brave',
  'microsoft-edge-stable',
  'microsoft-edge',
];

const PLACES: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Brave Browser.app/Contents/MacOS/Brave Browser',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** Milliseconds a browser has to close its window before it is killed. */
const GRACE = 1500;

/** Milliseconds: a browser without a display or with a broken profile has ended by then, and so has one that handed over. */
const SOON_MS = 1000;
/** Milliseconds in which a browser that runs already reads the page that a second start hands it. */
const HANDED_MS = 3000;

/** A window of its own, without tabs and address bar. */
export interface Window {
  /** Ends the browser; settles when it has ended. */
  close(): Promise<void>;
  /** Settles when the window was closed, by whomever. */
  readonly closed: Promise<void>;
}

/** The first browser found that can show a page as a window of its own, or null. */
export function findBrowser(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const places = [
    ...BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))),
    ...(PLACES[platform] ?? []),
  ];
  for (const place of places) {
    try {
      accessSync(place, constants.X_OK);
      return place;
    } catch {}
  }
  return null;
}

/**
 * Shows `url` in a browser window with a profile of its own in `folder` (the data folder), or returns null where no
 * browser is found or it ends at once: then the caller prints the address. The address holds a one-time token, and a
 * command line can be read by every user of the machine, so the browser gets a 0600 file that leads there
 * (docs/decisions/browserWindow.md).
 */
export async function openWindow(
  url: string,
  options: { readonly folder: string; readonly env?: NodeJS.ProcessEnv; readonly root?: boolean },
): Promise<Window | null> {
  const env = options.env ?? process.env;
  const browser = findBrowser(env);
  if (!browser) return null;
  const profile = join(options.folder, 'window');
  mkdirSync(profile, { recursive: true, mode: 0o700 });
  chmodSync(profile, 0o700);
  const door = join(profile, 'open.html');
  // A file of another mode or a link at this place is not written through.
  rmSync(door, { force: true });
  writeFileSync(door, doorPage(url), { mode: 0o600, flag: 'wx' });

  const child = execa(browser, windowArguments(pathToFileURL(door).href, profile, options.root), {
    env,
    extendEnv: false,
    stdio: 'ignore',
    reject: false,
    forceKillAfterDelay: GRACE,
  });
  const began = performance.now();
  let ended = false;
  const closed = (async () => {
    await child;
    ended = true;
    // A browser that runs already was handed the page and is about to read it; the token in it works once.
    const handed = performance.now() - began < SOON_MS;
    if (handed) setTimeout(() => rmSync(door, { force: true }), HANDED_MS).unref();
    else rmSync(door, { force: true });
  })();
  // A browser without a display or with a broken profile ends within a second.
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, SOON_MS).unref())]);
  if (ended) return null;
  return {
    closed,
    async close() {
      child.kill('SIGTERM');
      await closed;
    },
  };
}

/**
 * A browser asks its makers for updates, lists and the way to the internet by itself, whatever page it shows: names are
 * not resolved, everything but loopback goes to a proxy that does not exist, and what would listen for devices in the
 * network is off (docs/decisions/browserWindow.md; measured by test/bench/soak.ts).
 */
const SILENT = [
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
  '--proxy-server=http://127.0.0.1:9',
  '--proxy-bypass-list=127.0.0.1',
  '--disable-features=MediaRouter,DialMediaRouteProvider,OptimizationHints,AutofillServerCommunication,Translate',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-breakpad',
  '--no-pings',
];

/** What the browser is started with. `root` tells whether the program runs as root; by default it looks. */
export function windowArguments(
  page: string,
  profile: string,
  root: boolean = process.getuid?.() === 0,
): readonly string[] {
  return [
    `--app=${page}`,
    `--user-data-dir=${profile}`,
    '--class=beforehand',
    '--window-size=1120,760',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-quic',
    ...SILENT,
    '--password-store=basic',
    // Chromium refuses to run its sandbox as root; containers and recovery shells have no other user.
    ...(root ? ['--no-sandbox', '--test-type'] : []),
  ];
}

/** Only the loopback address that the server made is ever written here, so no character of it needs escaping. */
function doorPage(url: string): string {
  if (!/^http:\/\/(127\.0\.0\.1|localhost):\d+\/#token=[\w-]+(?:\/[\w-]+){0,2}$/.test(url)) {
    throw new TypeError('[window] this is no address of our server');
  }
  return `<!doctype html><meta charset="utf-8"><title>Beforehand</title><meta http-equiv="refresh" content="0;url=${url}">`;
}
