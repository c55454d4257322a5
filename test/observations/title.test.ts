import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appFacts } from '../../src/model/app.ts';
import { bareTitle, titleFacts } from '../../src/model/title.ts';

describe('appFacts', () => {
  it.each([
    ['code', 'Visual Studio Code', 'editor'],
    ['Code', 'Visual Studio Code', 'editor'],
    ['chromium-browser', 'Chromium', 'browser'],
    ['Google-chrome', 'Google Chrome', 'browser'],
    ['firefox-esr', 'Firefox', 'browser'],
    ['org.gnome.Nautilus', 'Files', 'files'],
    ['Xfce4-terminal', 'Xfce Terminal', 'terminal'],
    ['XTerm', 'XTerm', 'terminal'],
    ['libreoffice-writer', 'LibreOffice Writer', 'office'],
    ['org.gnome.Evince', 'Document Viewer', 'reader'],
    ['thunderbird', 'Thunderbird', 'mail'],
    ['Mousepad', 'Mousepad', 'editor'],
    ['msedge.exe', 'Microsoft Edge', 'browser'],
    ['Mail', 'Mail', 'mail'],
    ['Files', 'Files', 'files'],
    ['Chat', 'Chat', 'chat'],
    ['Balsamiq', 'Balsamiq', 'other'],
  ])('names %s', (app, name, kind) => {
    expect(appFacts(app)).toEqual({ name, kind });
  });

  it('says so when nobody knows', () => {
    expect(appFacts(undefined)).toEqual({ name: 'an unknown application', kind: 'other' });
  });
});

describe('titleFacts', () => {
  it.each([
    ['python csv utf-8 - Google Search - Chromium', 'Chromium', 'Google', 'python csv utf-8'],
    ['python csv utf-8 - Google Search — Chromium', 'chromium', 'Google', 'python csv utf-8'],
    ['a - b - c - Google Search - Google Chrome', 'google-chrome', 'Google', 'a - b - c'],
    ['wetter köln - Google-Suche — Mozilla Firefox', 'firefox', 'Google', 'wetter köln'],
    ['météo - Recherche Google — Mozilla Firefox', 'firefox', 'Google', 'météo'],
    ['погода - Поиск в Google — Mozilla Firefox', 'firefox', 'Google', 'погода'],
    ['天気 東京 - Google 検索 - Chromium', 'chromium', 'Google', '天気 東京'],
    ['go 语言 - Google 搜索 - Google Chrome', 'Google-chrome', 'Google', 'go 语言'],
    ['节拍器_百度搜索 - Chromium', 'chromium', 'Baidu', '节拍器'],
    ['oauth scope error at DuckDuckGo - Chromium', 'chromium', 'DuckDuckGo', 'oauth scope error'],
    ['oauth scope bei DuckDuckGo — Mozilla Firefox', 'firefox', 'DuckDuckGo', 'oauth scope'],
    ['html 引用js - Bing - Personal - Microsoft\u200B Edge', 'msedge', 'Bing', 'html 引用js'],
    [
      'html 引用js - Search and 3 more pages - Personal - Microsoft\u200B Edge',
      'msedge.exe',
      'Bing',
      'html 引用js',
    ],
    ['trees - Ecosia - Web - Chromium', 'chromium', 'Ecosia', 'trees'],
    ['rust lifetimes - Kagi Search - Chromium', 'chromium', 'Kagi', 'rust lifetimes'],
    ['rust lifetimes - Brave Search - Brave', 'brave-browser', 'Brave', 'rust lifetimes'],
    ['attention - Google Scholar - Chromium', 'chromium', 'Google Scholar', 'attention'],
  ])('finds the query in "%s"', (title, app, site, query) => {
    expect(titleFacts(title, app)).toMatchObject({ kind: 'search', site, query });
  });

  it.each([
    ['lofi beats to work to - YouTube — Mozilla Firefox', 'YouTube', 'lofi beats to work to'],
    ["Newest 'pandas' Questions - Stack Overflow - Chromium", 'Stack Overflow', 'pandas'],
    ["Posts containing 'keyerror merge' - Stack Overflow - Chromium", 'Stack Overflow', 'keyerror merge'],
    ['Repository search results · GitHub - Chromium', 'GitHub', undefined],
    ['left pad - npm search - Chromium', 'npm', 'left pad'],
  ])('finds the search inside a site in "%s"', (title, site, query) => {
    const facts = titleFacts(title, 'chromium');
    expect(facts).toMatchObject({ kind: 'results', site });
    expect(facts.query).toBe(query);
  });

  it('prefers the address to the title', () => {
    const page = 'https://www.youtube.com/results?search_query=Fix+a+Bike';
    expect(titleFacts('Fix a Bike - YouTube - Chromium', 'chromium', page)).toEqual({
      kind: 'results',
      site: 'YouTube',
      query: 'Fix a Bike',
    });
    expect(titleFacts('x', 'chromium', 'https://notgoogle.evil/?q=1').kind).toBe('page');
  });

  it.each([
    ['How To Fix A Bike (2024) - YouTube - Chromium', 'page'],
    ['arrays - What is KeyError? - Stack Overflow - Chromium', 'page'],
    ['Google - Chromium', 'page'],
    ['New Tab - Chromium', 'page'],
    ['ChatGPT - Chromium', 'chat'],
    ['Inbox (3) - a@example.org - Gmail - Chromium', 'mail'],
  ])('does not see a search in "%s"', (title, kind) => {
    const facts = titleFacts(title, 'chromium');
    expect(facts.kind).toBe(kind);
    expect(facts.query).toBeUndefined();
  });

  it('marks an AI chat', () => {
    expect(titleFacts('Fix my loop - ChatGPT - Chromium', 'chromium')).toMatchObject({
      kind: 'chat',
      assistant: true,
    });
    expect(titleFacts('team | general - Slack', 'slack').assistant).toBeUndefined();
  });

  it.each([
    ['parser.py - shop - Visual Studio Code', 'code', 'parser.py', 'shop'],
    ['● parser.py - shop - Visual Studio Code', 'code', 'parser.py', 'shop'],
    ['shop – src/parser.py', 'jetbrains-pycharm', 'parser.py', 'shop'],
    ['report.odt — LibreOffice Writer', 'libreoffice-writer', 'report.odt', undefined],
    ['Annual report 2026.odt - LibreOffice Writer 7.4', 'soffice', 'Annual report 2026.odt', undefined],
    ['*~/notes/todo.md - Mousepad', 'Mousepad', 'todo.md', undefined],
    ['todo.txt (~/notes) - gedit', 'gedit', 'todo.txt', undefined],
  ])('finds the file in "%s"', (title, app, file, project) => {
    const facts = titleFacts(title, app);
    expect(facts.kind).toBe('editor');
    expect(facts.file).toBe(file);
    expect(facts.project).toBe(project);
  });

  it('reads readers, terminals, chats and folders', () => {
    expect(titleFacts('survey.pdf — A Survey of Things', 'evince')).toMatchObject({
      kind: 'page',
      file: 'survey.pdf',
    });
    expect(titleFacts('survey.pdf - Chromium', 'chromium')).toMatchObject({
      kind: 'page',
      file: 'survey.pdf',
    });
    expect(titleFacts('vim main.c', 'xterm')).toMatchObject({ kind: 'terminal', file: 'main.c' });
    expect(titleFacts('ada@desk: ~/shop', 'xfce4-terminal')).toEqual({
      kind: 'terminal',
      page: 'ada@desk: ~/shop',
    });
    expect(titleFacts('#general - Element', 'element')).toMatchObject({ kind: 'chat', page: '#general' });
    expect(titleFacts('photos', 'nautilus')).toEqual({ kind: 'files', page: 'photos' });
  });

  it('uses the suffix of the title when the app is unknown', () => {
    expect(titleFacts('a b - Google Search - Chromium').kind).toBe('search');
    expect(titleFacts('notes.md - Obscure Writer', 'obscure').file).toBe('notes.md');
    expect(titleFacts('Settings', 'obscure')).toEqual({ kind: 'other', page: 'Settings' });
  });

  it('never throws, is fast on hostile titles, and bareTitle never grows', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 3000, unit: 'grapheme' }),
        fc.option(fc.string(), { nil: undefined }),
        (title, app) => {
          titleFacts(title, app, title);
          return bareTitle(title).length <= title.length;
        },
      ),
    );
    const start = performance.now();
    for (const piece of [' - ', ' — Google Search', "Newest '", '(', 'a ', ' (~'])
      titleFacts(piece.repeat(5000), 'chromium');
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
