import { describe, expect, it, vi } from 'vitest';
import type { FocusDetails } from '../../src/monitors/accessible.ts';
import { type AccessibilityListener, withAccessibility } from '../../src/monitors/accessible.ts';
import type { Focus, FocusListener } from '../../src/monitors/focus.ts';
import { contextOf, NO_FOCUS } from '../../src/monitors/focus.ts';
import { fieldOf, ROLE } from '../../src/monitors/linux/accessibleTree.ts';
import { NAMES } from './fixtures/chromiumNames.ts';
import { privacyOfName } from '../../src/monitors/linux/chromiumPrivacy.ts';

const base: Focus = { window: 1, own: false, app: 'mousepad', title: 'notes.txt', pid: 7 };

/** A window source and a service that answer when the test says so. */
async function setup() {
  const told: Focus[] = [];
  let source!: FocusListener;
  let service!: AccessibilityListener;
  let up = true;
  const asked: { readonly focus: Focus; answer(details: FocusDetails): Promise<void> }[] = [];
  const adapter = withAccessibility(
    {
      async open(listener) {
        source = listener;
        return async () => {};
      },
    },
    {
      open(listener) {
        service = listener;
        return {
          ready: () => up,
          describe: (focus) =>
            new Promise((resolve) =>
              asked.push({
                focus,
                async answer(details) {
                  resolve(details);
                  await new Promise((done) => setImmediate(done));
                },
              }),
            ),
          close: async () => {},
        };
      },
    },
  );
  const close = await adapter.open({ changed: (focus) => told.push(focus), died() {} });
  return { told, asked, source, service, close, down: () => (up = false), last: () => told.at(-1)! };
}

describe('a focus with what accessibility knows', () => {
  it('is told as pending at once, without anything that could be kept, and then whole', async () => {
    const { told, asked, source, last } = await setup();
    source.changed(base);
    expect(told).toEqual([{ ...base, pending: true }]);
    expect(contextOf(last(), 'keyboard')).toEqual({ source: 'keyboard', app: 'mousepad' });
    await asked[0]!.answer({ field: 'text', private: false });
    expect(last()).toEqual({ ...base, field: 'text', private: false });
  });

  it('never carries a field over to another window or another control', async () => {
    const { asked, source, service, last } = await setup();
    source.changed(base);
    await asked[0]!.answer({ field: 'text' });
    source.changed({ ...base, window: 2 });
    expect(last()).toMatchObject({ window: 2, pending: true });
    expect(last().field).toBe(undefined);
    await asked[1]!.answer({ field: 'text' });
    service.moved(7);
    expect(last()).toMatchObject({ pending: true });
    expect(last().field).toBe(undefined);
    await asked[2]!.answer({ field: 'password' });
    expect(last().field).toBe('password');
  });

  it('does not tell what was asked for an earlier control', async () => {
    const { asked, source, service, last } = await setup();
    source.changed(base);
    service.moved(7);
    await asked[0]!.answer({ field: 'text' });
    expect(last().pending).toBe(true);
    await asked[1]!.answer({ field: 'password' });
    expect(last().field).toBe('password');
  });

  it('leaves the details unknown where the service is slow, and takes them when they come', async () => {
    const { asked, source, last, close } = await setup();
    source.changed(base);
    await vi.waitFor(() => expect(last()).toEqual(base), { timeout: 2000 });
    await asked[0]!.answer({ field: 'text' });
    expect(last().field).toBe('text');
    await close();
  });

  it('keeps the field while only the title of a window changes, unless that may be another page', async () => {
    const { asked, source, last } = await setup();
    source.changed(base);
    await asked[0]!.answer({ field: 'text' });
    source.changed({ ...base, title: '*notes.txt' });
    expect(last()).toEqual({ ...base, title: '*notes.txt', field: 'text' });
    source.changed({ ...base, window: 3, title: 'a page' });
    await asked[1]!.answer({ field: 'text', page: 'https://a.test', private: false });
    source.changed({ ...base, window: 3, title: 'another page' });
    expect(last()).toEqual({ ...base, window: 3, title: 'another page', pending: true });
  });

  it('hears of other processes without asking, and of none at all when the service is gone', async () => {
    const { asked, source, service, last, down } = await setup();
    source.changed(base);
    await asked[0]!.answer({ field: 'text' });
    service.moved(8);
    expect(last().field).toBe('text');
    down();
    service.moved(null);
    expect(last()).toEqual(base);
    source.changed(NO_FOCUS);
    expect(last()).toEqual(NO_FOCUS);
  });

  it('asks nothing about a window that names no process, and about its own', async () => {
    const { asked, source, last } = await setup();
    const { pid: _pid, ...nameless } = base;
    source.changed(nameless);
    expect(last()).toEqual(nameless);
    source.changed({ ...base, own: true });
    expect(last()).toEqual({ ...base, own: true });
    expect(asked).toEqual([]);
  });

  it('tells nothing after its end', async () => {
    const { told, asked, source, close } = await setup();
    source.changed(base);
    await close();
    const before = told.length;
    await asked[0]!.answer({ field: 'text' });
    source.changed({ ...base, window: 9 });
    expect(told.length).toBe(before);
  });
});

describe('the field of a control', () => {
  const editable = 1 << 7;
  const at = (role: number, states: number, attributes: Record<string, string> = {}, name = '') =>
    fieldOf(role, states, [name], attributes);
  it('is known by its role and states', () => {
    expect(at(ROLE.passwordText, editable)).toBe('password');
    expect(at(ROLE.terminal, editable)).toBe('terminal');
    expect(at(61, editable)).toBe('text');
    expect(at(61, 0)).toBe('other');
    expect(at(43, 0)).toBe('other');
  });
  it('is a password line by the label beside it, although what is typed shows', () => {
    expect(fieldOf(61, editable, ['', 'Passphrase:'], {})).toBe('password');
    expect(fieldOf(61, editable, ['', 'First name:'], {})).toBe('text');
  });
  it('is a terminal inside an editor', () => {
    expect(at(79, editable, { class: 'xterm-helper-textarea' })).toBe('terminal');
  });
  it.each([
    [{ id: 'user_password' }, ''],
    [{ autocomplete: 'one-time-code' }, ''],
    [{ autocomplete: 'cc-number' }, ''],
    [{ placeholder: 'PIN' }, ''],
    [{}, 'Passwort'],
    [{}, '密码'],
    [{}, 'CVV'],
  ])('holds a secret where its label says so: %j %s', (attributes, name) => {
    expect(at(79, editable, attributes, name)).toBe('password');
  });
  it.each(['Opinion', 'Spinning', 'Compass', 'Titan', 'Message'])(
    'is plain text when it is called %s',
    (name) => {
      expect(at(79, editable, {}, name)).toBe('text');
    },
  );
});

describe('the name of an accessible Chromium window', () => {
  const title = 'Bread - Wikipedia - Chromium';
  it.each([
    [title, false],
    [`${title} (Incognito)`, true],
    [`${title} (Navigation privée)`, true],
    [`${title}（无痕模式）`, true],
    [`${title} - Work`, undefined],
    [`${title} Inkognito`, undefined],
    ['Bread - Wikipedia - Audio playing - Chromium', false],
    ['Bread - Wikipedia - Audio playing - Chromium (Incognito)', undefined],
    ['', null],
    ['Cheese - Chromium', null],
    [`\u202B${title}\u202C`, false],
    [`„${title}“ (Inkognito)`, true],
    [`More ${title} (Incognito)`, null],
  ])('%j', (name, told) => {
    expect(privacyOfName(name, title)).toBe(told);
  });

  it('is told private in every language of Chromium', () => {
    expect(NAMES.length).toBeGreaterThan(80);
    for (const format of NAMES)
      expect([format, privacyOfName(format.replace('$1', title), title)]).toEqual([format, true]);
  });
});
