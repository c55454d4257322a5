import { describe, expect, it } from 'vitest';
import { type Context, type Field, SOURCES, type Source } from '../../src/model/guard.ts';
import { Settings } from '../../src/model/settings.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { OPEN as open, SETTINGS as settings, STATES, TEXT as text } from './states.ts';

const person = { home: '/home/ada', user: 'ada' };
function ask(context: Context, settings: Partial<Settings> = open) {
  return createGuard({ settings: () => Settings.parse(settings), person }).before(context);
}

/** Sources whose content the context alone decides; a file is judged by its path, presence has no content. */
const content = SOURCES.filter((source) => source !== 'file' && source !== 'idle');

describe('P4: where something is unknown or protected', () => {
  it.each(Object.keys(STATES).flatMap((state) => content.map((source) => [state, source] as const)))(
    'keeps nothing in %s (%s)',
    (state, source) => {
      const verdict = ask({ ...STATES[state], source }, settings);
      expect(verdict.allow).not.toBe('content');
      expect(verdict).toHaveProperty('reason');
    },
  );

  it('would keep each of them without that one cause', () => {
    for (const source of content) {
      expect(ask({ ...text, app: 'code', source }, settings).allow).toBe('content');
      const page = { ...text, app: 'chromium', title: 'x - Chromium', page: 'https://wiki.test/bread' };
      expect(ask({ ...page, source }, settings).allow).toBe('content');
    }
  });
});

describe('typed text', () => {
  const typed = (context: Partial<Context>, with_: Partial<Settings> = open) =>
    ask({ ...text, app: 'mousepad', source: 'keyboard', ...context }, with_).allow;

  it('is kept in a text field of an app that was chosen', () => {
    expect(typed({})).toBe('content');
    expect(typed({ app: 'Mousepad' }, { typedApps: ['MOUSE'] })).toBe('content');
    expect(typed({ app: 'org.xfce.mousepad' })).toBe('content');
    expect(typed({}, {})).toBe('counts');
    expect(typed({}, { typedApps: ['kate'] })).toBe('counts');
  });

  it.each<[Field | undefined, string]>([
    ['password', 'nothing'],
    ['terminal', 'counts'],
    ['other', 'counts'],
    [undefined, 'counts'],
  ])('is not kept in a field that is %s', (field, allow) => {
    expect(typed({ field })).toBe(allow);
  });

  it('is never kept in a terminal, whatever it says of its field', () => {
    for (const app of ['XTerm', 'gnome-terminal-server', 'kitty', 'foot'])
      expect(typed({ app }, { typedApps: ['t'] })).toBe('counts');
  });

  it('needs a title, so that its rules were asked', () => {
    expect(typed({ title: undefined })).toBe('counts');
  });
});

describe('a password field', () => {
  it('gives no clipboard and no keys, and leaves the title to the rules of titles', () => {
    const at = (source: Source) => ask({ ...text, app: 'zenity', field: 'password', source }).allow;
    expect(at('clipboard')).toBe('nothing');
    expect(at('keyboard')).toBe('nothing');
    expect(at('window')).toBe('content');
  });
});

describe('browsers whose private windows cannot be told', () => {
  const title = 'x - Chromium';
  it('are counted, with a reason that has a mend', () => {
    expect(ask({ source: 'window', app: 'Chromium', title })).toEqual({
      allow: 'counts',
      reason: 'private windows cannot be told',
    });
  });
  it('are kept where the person said so, for that browser alone', () => {
    const trusted = { trustedBrowsers: ['chromium'] };
    expect(ask({ source: 'window', app: 'Chromium', title }, trusted).allow).toBe('content');
    expect(ask({ source: 'window', app: 'Google-chrome', title: 'x' }, trusted).allow).toBe('counts');
    expect(ask({ source: 'window', app: 'Chromium', title, private: true }, trusted).allow).toBe('counts');
  });
  it('are not those that mark every private window', () => {
    const firefox = (title: string) => ask({ source: 'window', app: 'firefox', title }).allow;
    expect(firefox('Bread - Wikipedia — Mozilla Firefox')).toBe('content');
    expect(firefox('Mozilla Firefox')).toBe('content');
    expect(firefox('Bread — Navigation privée de Mozilla Firefox')).toBe('counts');
    expect(firefox('Bread — Mozilla Firefox (نجی براؤزنگ)')).toBe('counts');
    // On macOS the brand is not in the title, so nothing tells.
    expect(firefox('Bread - Wikipedia')).toBe('counts');
  });
});

describe('shipped entries that the person switched off', () => {
  it('no longer protect, and only they', () => {
    const allowed = { allowed: ['gnucash', 'doctolib', 'paypal.com'] };
    const at = (context: Partial<Context>) => ask({ ...text, source: 'window', ...context }, allowed).allow;
    expect(at({ app: 'GnuCash' })).toBe('content');
    expect(at({ app: 'KMyMoney' })).toBe('counts');
    expect(at({ app: 'chromium', title: 'Doctolib - Chromium' })).toBe('content');
    expect(at({ app: 'chromium', title: 'x', page: 'https://www.paypal.com/x' })).toBe('content');
    expect(at({ app: 'chromium', title: 'x', page: 'https://wise.com/x' })).toBe('counts');
  });
});

describe('addresses', () => {
  const at = (page: string) => ask({ ...text, source: 'web', app: 'chromium', title: 'x', page }).allow;
  it.each([
    'https://docs.python.org/3/library/secrets.html',
    'https://en.wikipedia.org/wiki/Login_session',
    'http://localhost:3000/',
    'file:///home/ada/report.pdf',
    'about:blank',
    'https://notpaypal.com.example/x',
  ])('keeps %s', (page) => expect(at(page)).toBe('content'));
  it.each([
    'https://forge.test/sign-in',
    'https://shop.test/checkout',
    'https://idp.test/realms/x/protocol/openid-connect/auth',
    'https://x.okta.com/app',
    'https://PAYPAL.com./x',
    'https://user:pw@www.paypal.com/',
  ])('does not keep %s', (page) => expect(at(page)).not.toBe('content'));
});
