import type { Context } from '../../src/model/guard.ts';

/** The most open settings there are: every app may keep typed text, every browser is trusted. */
export const OPEN = {
  typedApps: ['code', 'Chromium', 'Firefox', 'mousepad', 'xterm', 'keepassxc', 'bank', 'gimp', 'zenity'],
};

/** Everything known and harmless but the app. */
export const TEXT: Partial<Context> = {
  field: 'text',
  private: false,
  targets: ['UTF8_STRING'],
  title: 'notes.txt',
};

/** Target P4: in each of these states no source keeps a character. */
export const STATES: Readonly<Record<string, Partial<Context>>> = {
  'unknown focus': { ...TEXT, app: undefined },
  'a focus without a name': { ...TEXT, app: '  ' },
  'a private window, told by the platform': {
    ...TEXT,
    app: 'chromium',
    title: 'x - Chromium',
    private: true,
  },
  'a private window, told by its title': {
    ...TEXT,
    app: 'firefox',
    title: 'x — Mozilla Firefox Private Browsing',
    private: undefined,
  },
  'a private window that says it is none': { ...TEXT, app: 'chromium', title: 'x - Chromium (Incognito)' },
  'a Chromium window that nobody can tell': {
    ...TEXT,
    app: 'chromium',
    title: 'x - Chromium',
    private: undefined,
  },
  'a Firefox in a language nobody listed': {
    ...TEXT,
    app: 'firefox',
    title: 'x — Mozilla Firefox Tsy miankina',
    private: undefined,
  },
  'a browser nobody has heard of': { ...TEXT, app: 'foo-browser', title: 'x', private: undefined },
  'a browser known by its title only': { ...TEXT, app: 'crx_abc', title: 'x - Chromium', private: undefined },
  'an excluded app': { ...TEXT, app: 'KeePassXC' },
  'an app the person excluded': { ...TEXT, app: 'gimp' },
  'a title the person excluded': { ...TEXT, app: 'code', title: 'secret plan' },
  'a site the person excluded': { ...TEXT, app: 'chromium', title: 'x', page: 'https://a.example.org/b' },
  'a sign-in title': { ...TEXT, app: 'chromium', title: 'Sign in - Forge - Chromium' },
  'a sign-in address': { ...TEXT, app: 'chromium', title: 'Forge', page: 'https://forge.test/login?x=1' },
  'a bank by its address': {
    ...TEXT,
    app: 'chromium',
    title: 'Welcome',
    page: 'https://www.paypal.com/home',
  },
  'a password manager by its address': {
    ...TEXT,
    app: 'chromium',
    title: 'V',
    page: 'https://my.1password.com',
  },
  'a page of an extension': {
    ...TEXT,
    app: 'chromium',
    title: 'V',
    page: 'chrome-extension://abc/popup.html',
  },
  'the passwords of the browser': {
    ...TEXT,
    app: 'chromium',
    title: 'V',
    page: 'chrome://settings/passwords',
  },
  'a page without an address': { ...TEXT, app: 'chromium', title: 'V', page: 'unknown:' },
  'an address that is none': { ...TEXT, app: 'chromium', title: 'V', page: 'https://[x' },
};
/** The rules of the person that some of the states break. */
export const SETTINGS = {
  ...OPEN,
  excludedApps: ['gimp'],
  excludedTitles: ['secret'],
  excludedSites: ['https://example.org/'],
};
