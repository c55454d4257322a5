import { describe, expect, it } from 'vitest';
import { Settings } from '../../src/model/settings.ts';
import { siteOf } from '../../src/model/site.ts';
import { parseTimestamp } from '../../src/monitors/beat.ts';
import { appOfBucket, readBeat } from '../../src/monitors/beatReading.ts';
import { pageOf } from '../../src/monitors/page.ts';
import { createPulses } from '../../src/monitors/pulse.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { recordingGuard } from '../suites/monitor.ts';

const guard = (settings: object = {}) =>
  createGuard({ settings: () => Settings.parse(settings), region: 'US', person: { home: '/home/nobody' } });
const web = (data: object) => ({
  bucket: 'aw-watcher-web-firefox_host',
  type: 'web.tab.current',
  data: {
    url: 'https://www.example.org/a',
    title: 'A page',
    audible: false,
    incognito: false,
    tabCount: 3,
    ...data,
  },
});
const editor = (data: object) => ({
  bucket: 'aw-watcher-vscode_host',
  type: 'app.editor.activity',
  data: {
    language: 'typescript',
    project: '/home/x/work/shop',
    file: '/home/x/work/shop/src/cart.ts',
    branch: 'main',
    ...data,
  },
});

describe('timestamps', () => {
  it.each([
    ['2024-06-03T01:26:37Z', Date.UTC(2024, 5, 3, 1, 26, 37)],
    ['2024-06-03T01:26:37.123456+00:00', Date.UTC(2024, 5, 3, 1, 26, 37, 123)],
    ['2024-06-03T03:26:37.1+0200', Date.UTC(2024, 5, 3, 1, 26, 37, 100)],
    ['2024-06-03T01:26:37.123', Date.UTC(2024, 5, 3, 1, 26, 37, 123)],
    ['2024-06-03 01:26:37', Date.UTC(2024, 5, 3, 1, 26, 37)],
  ])('%s is read as aw-core reads it', (text, at) => expect(parseTimestamp(text)).toBe(at));
  it.each([
    '',
    'now',
    '2024-06-03',
    '2024-6-3T1:2:3Z',
    '2024-13-03T01:26:37Z',
    '1900-01-01T00:00:00Z',
    '2024-06-03T01:26:37Zx',
  ])('%j is none', (text) => expect(parseTimestamp(text)).toBe(null));
});

describe('pulses', () => {
  const beat = { bucket: 'b', type: 't', at: 1000, duration: 0, data: { a: 1, b: { c: 2 } }, pulsetime: 500 };
  it('join at the very end of the pulsetime and not one millisecond later', () => {
    const pulses = createPulses();
    expect(pulses.take(beat)).toMatchObject({ at: 1000, duration: 0, isNew: true });
    expect(pulses.take({ ...beat, at: 1500 })).toMatchObject({ at: 1000, duration: 500, isNew: false });
    expect(pulses.take({ ...beat, at: 2001 })).toMatchObject({ at: 2001, duration: 0, isNew: true });
  });
  it('compare data by value, whatever the order of its names', () => {
    const pulses = createPulses();
    pulses.take(beat);
    expect(pulses.take({ ...beat, data: { b: { c: 2 }, a: 1 } }).isNew).toBe(false);
    expect(pulses.take({ ...beat, data: { a: 1, b: { c: 3 } } }).isNew).toBe(true);
    expect(pulses.take({ ...beat, data: { a: '1', b: { c: 3 } } }).isNew).toBe(true);
  });
  it('join what the client has merged already', () => {
    const pulses = createPulses();
    pulses.take({ ...beat, duration: 10_000 });
    expect(pulses.take({ ...beat, at: 5000, duration: 1000 })).toMatchObject({ at: 1000, duration: 10_000 });
    expect(pulses.take({ ...beat, at: 11_400, duration: 1000 })).toMatchObject({
      at: 1000,
      duration: 11_400,
    });
  });
});

describe('what is kept of an address', () => {
  const plain = (text: string) => text;
  it.each([
    ['https://user:pass@Example.org:8443/docs/guide?token=abc#part', 'https://example.org:8443/docs/guide'],
    ['http://example.org', 'http://example.org/'],
    [
      'https://www.google.com/search?q=two%20words&ei=xyz&sca=1',
      'https://www.google.com/search?q=two%20words',
    ],
    ['https://example.org/search?q=two%20words', 'https://example.org/search'],
    ['https://docs.example.org/d/1a2B3c4D5e6F7g8H9i0JkLmN/edit', 'https://docs.example.org/d/%E2%80%A6/edit'],
    ['https://example.org/share/9f8e7d6c5b4a39281706f5e4d3c2b1a0', 'https://example.org/share/%E2%80%A6'],
    ['https://example.org/x/3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'https://example.org/x/%E2%80%A6'],
    [
      'https://example.org/2024/11/a-long-title-about-2-things',
      'https://example.org/2024/11/a-long-title-about-2-things',
    ],
    ['https://example.org/%E0%A4%A', 'https://example.org/%25E0%25A4%25A'],
  ])('%s', (address, kept) => expect(pageOf(address, plain)).toBe(kept));
  it.each([
    '',
    'no address',
    'about:blank',
    'file:///home/x/secret.txt',
    'chrome://settings/passwords',
    'moz-extension://0a1b2c3d/page.html',
    'view-source:https://example.org/',
    'data:text/html,x',
    'javascript:alert(1)',
    'blob:https://example.org/x',
    'ftp://example.org/',
    'https://',
  ])('nothing of %j', (address) => expect(pageOf(address, plain)).toBe(undefined));
  it('redacts path and search words as text, not as they are encoded', () => {
    const { redact } = guard();
    const hide = (text: string) => redact(text, 'web').text;
    const page = pageOf('https://example.org/u/jane%2Edoe%40example.org/profile', hide);
    expect(page).not.toContain('jane');
    const search = pageOf('https://duckduckgo.com/?q=mail+of+jane.doe%40example.org', hide);
    expect(search).toContain('q=mail%20of%20');
    expect(search).not.toContain('jane');
  });
  it('a site is the host without www', () => {
    expect(siteOf('https://www.Example.org:8443/x')).toBe('example.org');
    expect(siteOf('https://docs.example.org/')).toBe('docs.example.org');
    expect(siteOf('file:///x')).toBe(undefined);
  });
});

describe('a heartbeat through the guard', () => {
  it('a page is a window with title and page', () => {
    expect(readBeat(web({}), guard())).toEqual({
      monitor: 'web',
      kind: 'window',
      app: 'firefox',
      data: { title: 'A page', page: 'https://www.example.org/a' },
    });
  });
  it('of a private page nothing is looked at, not even by the guard', () => {
    const { guard: asked, ...seen } = recordingGuard();
    expect(readBeat(web({ incognito: true }), asked)).toEqual({ dropped: 'private window', source: 'web' });
    expect(readBeat(web({}), asked, { private: true })).toEqual({ dropped: 'private window', source: 'web' });
    expect([seen.asked, seen.redacted]).toEqual([[], []]);
  });
  it('a browser that does not say whether the window is private is not believed', () => {
    expect(readBeat(web({ incognito: undefined }), guard())).toMatchObject({ dropped: expect.any(String) });
    expect(readBeat(web({ incognito: 'no' }), guard())).toMatchObject({ dropped: expect.any(String) });
  });
  it('the guard is asked with app, title, address and privacy before anything is redacted', () => {
    const { guard: asked, ...seen } = recordingGuard({ allow: 'nothing', reason: 'site you excluded' });
    expect(readBeat(web({}), asked)).toEqual({ dropped: 'site you excluded', source: 'web' });
    expect(seen.redacted).toEqual([]);
    expect(seen.asked).toEqual([
      { source: 'web', app: 'firefox', title: 'A page', page: 'https://www.example.org/a', private: false },
    ]);
  });
  it.each([
    [{ excludedSites: ['example.org'] }, {}],
    [{ excludedTitles: ['a page'] }, {}],
    [{ excludedApps: ['fire'] }, {}],
    [{}, { url: 'https://accounts.example.org/login', title: 'Anything' }],
    [{}, { title: '' }],
    [{}, { url: 'about:logins', title: 'Logins' }],
  ])('is dropped by what the person excluded and by the shipped lists: %j %j', (settings, data) => {
    expect(readBeat(web(data), guard(settings))).toMatchObject({
      dropped: expect.any(String),
      source: 'web',
    });
  });
  it('keeps no text of the page, which one fork of the extension sends along', () => {
    const canary = 'orange-zebra-battery';
    const read = readBeat(web({ innerText: `text ${canary}`, diffText: canary }), guard());
    expect(JSON.stringify(read)).not.toContain(canary);
    expect(read).toMatchObject({ data: { title: 'A page' } });
  });
  it('redacts the title', () => {
    const read = readBeat(web({ title: 'Mail from jane.doe@example.org' }), guard());
    expect(JSON.stringify(read)).not.toContain('jane');
  });
  it('a file in an editor is its name and its project, without paths and branch', () => {
    expect(readBeat(editor({}), guard())).toEqual({
      monitor: 'editor',
      kind: 'editor',
      app: 'code',
      data: { file: 'cart.ts', project: 'shop', language: 'typescript' },
    });
    expect(
      readBeat(editor({ file: 'C:\\Users\\x\\work\\cart.ts', project: 'unknown' }), guard()),
    ).toMatchObject({
      data: { file: 'cart.ts' },
    });
  });
  it.each([
    '/home/x/.ssh/config',
    '/home/x/.env',
    '/home/x/keys/id_ed25519',
    '/home/x/work/secrets/a.txt',
    '/home/x/passwords.txt',
  ])('hidden and credential files of an editor are dropped: %s', (file) => {
    expect(readBeat(editor({ file }), guard())).toEqual({
      dropped: 'hidden or credential file',
      source: 'editor',
    });
  });
  it.each([
    [{ file: 'unknown', project: 'unknown', language: 'unknown' }, {}],
    [{}, { excludedApps: ['code'] }],
    [{}, { excludedTitles: ['cart'] }],
    [{ file: 3, project: {}, language: [] }, {}],
  ])('what an editor does not know or the person excluded: %j %j', (data, settings) => {
    expect(readBeat(editor(data), guard(settings))).toMatchObject({
      dropped: expect.any(String),
      source: 'editor',
    });
  });
  it.each([
    [
      { type: 'afkstatus', data: { status: 'afk' } },
      { kind: 'afk', data: { status: 'afk' } },
    ],
    [
      { type: 'afkstatus', data: { status: 'asleep' } },
      { dropped: 'unreadable', source: 'idle' },
    ],
    [
      { type: 'currentwindow', data: { app: 'mousepad', title: 'a.txt - Mousepad' } },
      { kind: 'window', data: { title: 'a.txt - Mousepad' } },
    ],
    [
      { type: 'currentwindow', data: { app: 'KeePassXC', title: 'my.kdbx' } },
      { kind: 'window', app: 'KeePassXC', data: {} },
    ],
    [
      { type: 'currentwindow', data: {} },
      { kind: 'window', data: {} },
    ],
    [{ type: 'made.up', data: {} }, { dropped: 'unknown kind of bucket' }],
  ])('other kinds: %j', (beat, expected) => {
    expect(readBeat({ bucket: 'b', ...beat }, guard())).toMatchObject(expected);
  });
  it.each([
    ['aw-watcher-web-firefox_host', 'web.tab.current', 'firefox'],
    ['aw-watcher-web-chrome', 'web.tab.current', 'google-chrome'],
    ['aw-watcher-web-edge_my host', 'web.tab.current', 'microsoft-edge'],
    ['something', 'web.tab.current', 'browser'],
    ['aw-watcher-vscode_host', 'app.editor.activity', 'code'],
    ['aw-watcher-sublime_host', 'app.editor.activity', 'sublime'],
    ['x', 'app.editor.activity', 'code'],
  ])('%s is %s of %s', (bucket, type, app) => expect(appOfBucket(bucket, type)).toBe(app));
});
