import { describe, expect, it } from 'vitest';
import type { Context } from '../../src/model/guard.ts';
import { Settings } from '../../src/model/settings.ts';
import { loadExclusions } from '../../src/privacy/exclusions.ts';
import { createGuard } from '../../src/privacy/privacy.ts';

const person = { home: '/home/ada', user: 'ada' };

function ask(context: Context, settings: Partial<Settings> = {}) {
  return createGuard({ settings: () => Settings.parse(settings), person }).before(context);
}

describe('Guard.before', () => {
  it('lets an ordinary window through', () => {
    const title = 'Bread - Wikipedia - Chromium';
    expect(ask({ source: 'window', app: 'chromium', title, private: false })).toEqual({ allow: 'content' });
  });

  it.each(['window', 'clipboard', 'keyboard'] as const)(
    'keeps counts only for an unknown focus (%s)',
    (source) => {
      expect(ask({ source, title: 'x', targets: [] }).allow).toBe('counts');
      expect(ask({ source, app: ' ', title: 'x', targets: [] }).allow).toBe('counts');
    },
  );

  it.each([
    'KeePassXC',
    'org.keepassxc.KeePassXC',
    'keepassxc',
    '1Password',
    'Bitwarden',
    'seahorse',
    'Gcr-prompter',
    'pinentry-gtk-2',
    'Authy Desktop',
    'KWalletManager5',
    'polkit-gnome-authentication-agent-1',
    'GnuCash',
    'Tor Browser',
  ])('protects %s', (app) => {
    expect(ask({ source: 'window', app, title: 'x' }).allow).toBe('counts');
    expect(ask({ source: 'clipboard', app, title: 'x', targets: ['UTF8_STRING'] }).allow).toBe('nothing');
    expect(ask({ source: 'keyboard', app, title: 'x' }).allow).toBe('nothing');
  });

  it.each([
    ['reddit.com', 'violet : r/rivers - Reddit — Mozilla Firefox'],
    ['https://www.Reddit.com/', 'violet : r/rivers - reddit — Mozilla Firefox'],
    ['stackoverflow.com', 'How to swim - Stack Overflow — Mozilla Firefox'],
    ['example.co.uk', 'Violet rivers | Example — Mozilla Firefox'],
    ['mail.google.com', 'violet - mail.google.com — Mozilla Firefox'],
  ])('protects titles that name %s where nobody tells the address', (site, title) => {
    const settings = { excludedSites: [site] };
    expect(ask({ source: 'window', app: 'firefox', title }, settings)).toMatchObject({ allow: 'counts' });
    expect(ask({ source: 'window', app: 'firefox', title })).toEqual({ allow: 'content' });
    const page = 'https://other.example/';
    expect(ask({ source: 'window', app: 'firefox', title, page }, settings)).toEqual({ allow: 'content' });
    expect(ask({ source: 'window', app: 'code', title }, settings)).toEqual({ allow: 'content' });
  });

  it.each([
    ['x.com', 'Next steps, x and y — Mozilla Firefox'],
    ['mail.google.com', 'violet rivers - Google Search — Mozilla Firefox'],
    ['read.org', 'readers and writers — Mozilla Firefox'],
  ])('does not take every title for one of %s', (site, title) => {
    expect(ask({ source: 'window', app: 'firefox', title }, { excludedSites: [site] })).toEqual({
      allow: 'content',
    });
  });

  it.each([
    ['code', 'Visual Studio Code'],
    ['gedit', 'text editor'],
    ['Google-chrome', 'Google Chrome'],
    ['org.gnome.Evince', 'Document Viewer'],
  ])('knows the app %s by the name that people read', (app, part) => {
    expect(ask({ source: 'window', app, title: 'x', private: false }, { excludedApps: [part] })).toEqual({
      allow: 'counts',
      reason: 'app you excluded',
    });
  });

  it.each([
    'Naver-whale',
    'mullvadbrowser',
    'zen-alpha',
    'Slimjet',
    'SRWare Iron',
    'Pale moon',
    'GhosteryBrowser',
    'crx_abcdef',
    'Supermium',
  ])('keeps no title of %s, whose private windows nobody can tell', (app) => {
    expect(ask({ source: 'window', app, title: 'a page' })).toMatchObject({ allow: 'counts' });
  });

  it.each(['Dia', 'minder', 'Zenity', 'ironclad', 'filebrowserless', 'comets'])(
    'does not take %s for a browser',
    (app) => {
      expect(ask({ source: 'window', app, title: 'a page' })).toEqual({ allow: 'content' });
    },
  );

  it('takes an entry that shows nothing for no app at all', () => {
    const text = { source: 'keyboard', app: 'code', title: 'x', field: 'text' } as const;
    expect(ask(text, { typedApps: ['\u200b', ' '] })).toMatchObject({ allow: 'counts' });
  });

  it.each([
    ['Straße', 'HAUPTSTRASSE 4'],
    ['strasse', 'Hauptstraße 4'],
    ['ΟΔΟΣ', 'μια οδος'],
    ['Microsoft Edge', 'x - Microsoft\u200b\u00a0Edge'],
    ['diary', 'my dia\u00adry'],
    ['diary', 'my ｄｉａｒｙ'],
  ])('knows %s in the title "%s"', (part, title) => {
    expect(ask({ source: 'window', app: 'code', title }, { excludedTitles: [part] })).toEqual({
      allow: 'counts',
      reason: 'title you excluded',
    });
  });

  it.each(['code', 'Compass', 'Passage Reader', 'secretary'])(
    'does not take %s for a password manager',
    (app) => {
      expect(ask({ source: 'window', app, title: 'x' }).allow).toBe('content');
    },
  );

  it.each([
    'Sign in to GitHub · GitHub - Chromium',
    'Reset your password - Forum - Chromium',
    'Anmelden – Foo — Mozilla Firefox',
    'ログイン - 例 - Chromium',
    'Online-Banking - Sparkasse Köln - Chromium',
    'PayPal: Summary - Chromium',
    'MyChart - Test Results - Chromium',
    '登录 - 知乎 - Chromium',
    'Bitwarden Web vault - Chromium',
    'Doctolib - Chromium',
  ])('protects the page "%s"', (title) => {
    expect(ask({ source: 'window', app: 'chromium', title })).toMatchObject({ allow: 'counts' });
  });

  it.each([
    'News - Chromium (Incognito)',
    'Nachrichten - Google Chrome (Inkognito)',
    'x — Mozilla Firefox Private Browsing',
    'x — Mozilla Firefox Privater Modus',
    'x — Navigation privée de Mozilla Firefox — Navigation privée',
    'x — Mozilla Firefox (Navegación privada)',
    'x - [InPrivate] - Microsoft\u200B Edge',
    'x — Mozilla Firefox (Приватный просмотр)',
    'x — Mozilla Firefox プライベートブラウジング',
    'x — Mozilla Firefox 隐私浏览',
    'x - Google Chrome（无痕模式）',
    'x - Google Chrome (시크릿 모드)',
    'x — Mozilla Firefox Navigazione anonima',
    'x — Mozilla Firefox (Privénavigatie)',
    'x — Mozilla Firefox (Tryb prywatny)',
    'x — Mozilla Firefox Gizli gezinti',
    'x - Vivaldi (Private)',
    'x — Mozilla Firefox Privat surfning',
  ])('protects the private window "%s"', (title) => {
    expect(ask({ source: 'window', app: 'firefox', title })).toEqual({
      allow: 'counts',
      reason: 'private window',
    });
    expect(ask({ source: 'clipboard', app: 'firefox', title, targets: [] }).allow).toBe('nothing');
  });

  it.each([
    ['code', 'login.py - shop - Visual Studio Code'],
    ['chromium', 'python password hashing - Google Search - Chromium'],
    ['chromium', 'Private methods in Ruby - Stack Overflow - Chromium'],
    ['chromium', 'Incognito (band) - Wikipedia - Chromium'],
    ['evince', 'bank-account-api.pdf'],
  ])('leaves %s "%s" alone', (app, title) => {
    expect(ask({ source: 'window', app, title, private: false }).allow).toBe('content');
  });

  it('obeys what the user excluded, at once', () => {
    let settings = Settings.parse({});
    const guard = createGuard({ settings: () => settings, person });
    const context: Context = { source: 'window', app: 'Gimp', title: 'Birthday card' };
    expect(guard.before(context).allow).toBe('content');
    settings = Settings.parse({ excludedApps: ['gim'] });
    expect(guard.before(context).allow).toBe('counts');
    settings = Settings.parse({ excludedTitles: ['BIRTHDAY'] });
    expect(guard.before(context).allow).toBe('counts');
    expect(guard.before({ source: 'file', path: '/home/ada/birthday.txt' }).allow).toBe('nothing');
  });

  it.each([
    'x-kde-passwordManagerHint',
    'org.nspasteboard.ConcealedType',
    'org.nspasteboard.TransientType',
    'org.nspasteboard.AutoGeneratedType',
    'com.agilebits.onepassword',
    'de.petermaurer.TransientPasteboardType',
    'com.typeit4me.clipping',
    'Pasteboard generator type',
    'ExcludeClipboardContentFromMonitorProcessing',
    'CanIncludeInClipboardHistory',
    'CanUploadToCloudClipboard',
    'Clipboard Viewer Ignore',
  ])('drops a clipboard entry marked %s, whoever has the focus', (mark) => {
    const targets = ['TARGETS', 'UTF8_STRING', mark.toUpperCase()];
    expect(ask({ source: 'clipboard', app: 'code', title: 'x', targets }).allow).toBe('nothing');
    expect(ask({ source: 'clipboard', targets: [mark] }).allow).toBe('nothing');
  });

  it('reads an unmarked clipboard entry, but not one of an unknown kind', () => {
    expect(ask({ source: 'clipboard', app: 'code', title: 'x', targets: ['UTF8_STRING'] }).allow).toBe(
      'content',
    );
    expect(ask({ source: 'clipboard', app: 'code', title: 'x' }).allow).toBe('counts');
    expect(ask({ source: 'clipboard', app: 'chromium', targets: ['UTF8_STRING'] }).allow).toBe('counts');
  });

  it('never gives typed content unless the app was chosen', () => {
    for (const app of [undefined, 'code', 'KeePassXC', 'chromium'])
      for (const title of [undefined, 'x', 'Sign in'])
        expect(ask({ source: 'keyboard', app, title, field: 'text', private: false }).allow).not.toBe(
          'content',
        );
  });

  it.each([
    '/home/ada/.ssh/config',
    '/home/ada/.gnupg/pubring.kbx',
    '/home/ada/Documents/all.kdbx',
    '/home/ada/id_rsa',
    '/home/ada/id_rsa_work',
    '/home/ada/credentials-prod.json',
    '/home/ada/id_ed25519.pub',
    '/srv/app/.env',
    '/srv/app/.env.local',
    '/srv/app/prod.env',
    '/Users/ada/Library/Keychains/login.keychain-db',
    'C:\\Users\\ada\\Documents\\passwords.xlsx',
    '/home/ada/Documents/my passwords.txt',
    '/home/ada/server.pem',
    '/home/ada/Documents/../.bashrc',
    '/home/ada/client_secret_12.json',
    '/home/ada/Recovery-Codes.txt',
    '/home/ada/Passwörter.odt',
  ])('never names the file %s', (path) => {
    expect(ask({ source: 'file', path }).allow).toBe('nothing');
  });

  it.each([
    '/home/ada/Documents/report.odt',
    '/home/ada/Photos/beach 1.jpg',
    '/home/ada/compass.md',
    'C:\\Users\\ada\\a.docx',
  ])('lets the file %s through', (path) => {
    expect(ask({ source: 'file', path })).toEqual({ allow: 'content' });
  });

  it('counts by source and reason, and nothing else', () => {
    const guard = createGuard({ settings: () => Settings.parse({}), person });
    guard.before({ source: 'window', app: 'code', title: 'a' });
    guard.before({ source: 'clipboard', app: 'KeePassXC', title: 'b', targets: [] });
    guard.before({ source: 'window' });
    guard.redact('mail bob@example.org', 'window');
    guard.redact('plain', 'window');
    expect(guard.counts()).toMatchObject({
      sources: { window: { kept: 2, redacted: 1, dropped: 0 }, clipboard: { kept: 0, dropped: 1 } },
      kept: 2,
      redacted: 1,
      dropped: 1,
      reasons: { 'clipboard: password manager': 1, 'window: unknown focus': 1, 'redacted: EMAIL': 1 },
    });
  });

  it('keeps nothing when its rules fail', () => {
    const guard = createGuard({
      settings: () => {
        throw new Error('unreadable');
      },
      person,
    });
    expect(guard.before({ source: 'window', app: 'code', title: 'x' }).allow).toBe('nothing');
  });

  it('ships marks of private windows, and refuses to run without its rules', () => {
    expect(loadExclusions().privateMarks.length).toBeGreaterThan(40);
    expect(() => loadExclusions('/nonexistent/exclusions.json')).toThrowError(/\[privacy\]/);
  });
});
