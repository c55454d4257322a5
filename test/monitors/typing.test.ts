import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HOLD_MS } from '../../src/monitors/typing.ts';
import { createTypist } from './typist.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What is kept of keys pressed in a fresh field, after Enter and a rest. */
function written(act: (typist: ReturnType<typeof createTypist>) => void): string {
  const typist = createTypist();
  act(typist);
  typist.key('Return');
  typist.wait(6000);
  return typist.texts().join(' | ');
}

describe('typed text', () => {
  it('keeps a finished line, and nothing before the focus has settled behind it', () => {
    const typist = createTypist();
    typist.type('Dear Bob, thank you for the letter\n');
    typist.wait(800);
    expect(typist.texts()).toEqual([]);
    typist.wait(400);
    expect(typist.texts()).toEqual(['Dear Bob, thank you for the letter']);
    expect(typist.typing.held.length()).toBe(0);
  });

  it('lets an unfinished word wait and drops it after the longest time, short plain words excepted', () => {
    const typist = createTypist();
    typist.type('we meet in the afternoon');
    typist.wait(5500);
    expect(typist.texts()).toEqual(['we meet in the']);
    typist.type(' there ');
    typist.wait(5500);
    expect(typist.texts()).toEqual(['we meet in the', 'afternoon there']);
    typist.type('unfinished');
    typist.wait(HOLD_MS);
    expect(typist.texts()).toHaveLength(2);
    expect(typist.lost).toContain('unfinished typing');
    expect(typist.typing.held.length()).toBe(0);
  });

  it('redacts before anything leaves', () => {
    expect(written(({ type }) => type('write to jane.doe@example.com today'))).toBe(
      'write to [EMAIL_1] today',
    );
  });

  it('drops a sentence that talks of a password, and what comes after it', () => {
    expect(written(({ type }) => type('hello bob. my password: hunter2 ok'))).toBe('hello bob.');
    expect(written(({ type }) => type('the wifi password is\ncorrect horse battery\nsee you'))).toBe(
      'see you',
    );
    expect(written(({ type }) => type('seed phrase: abandon ability able about above absent'))).toBe('');
  });

  it('leaves out words that nobody writes, and what looks like a key in a sentence about keys', () => {
    expect(written(({ type }) => type('open item-8812x77-aa93-k2 for me'))).toBe('open … for me');
    expect(written(({ type }) => type('the code is blue42 now'))).toBe('the code is … now');
    expect(written(({ type }) => type('meet at gate 22 on monday'))).toBe('meet at gate 22 on monday');
  });

  it('drops a line that is one odd word', () => {
    expect(written(({ type }) => type('hunter2!'))).toBe('');
    expect(written(({ type }) => type('Tr0ub4dor'))).toBe('');
  });

  it.each<[string, string, (typist: ReturnType<typeof createTypist>) => void]>([
    ['backspace', 'hello world', ({ type, key }) => (type('helo'), key('BackSpace'), type('lo world'))],
    [
      'ctrl+backspace',
      'hello there',
      ({ type, key }) => (type('hello world'), key('ctrl+BackSpace'), type('there')),
    ],
    [
      'left and right',
      'hello world',
      ({ type, key }) => (type('helo world'), key(...Array(7).fill('Left')), type('l'), key('End')),
    ],
    [
      'delete',
      'hello world',
      ({ type, key }) => (type('hello woorld'), key('Left', 'Left', 'Left', 'Left', 'Delete', 'End')),
    ],
    [
      'home and end',
      'hello world again',
      ({ type, key }) => (type('world'), key('Home'), type('hello '), key('End'), type(' again')),
    ],
    [
      'word left',
      'hello big world',
      ({ type, key }) => (type('hello world'), key('ctrl+Left'), type('big '), key('End')),
    ],
    [
      'selection',
      'hello there',
      ({ type, key }) => (type('hello world'), key('ctrl+shift+Left'), type('there')),
    ],
    ['select all', 'new text', ({ type, key }) => (type('old text'), key('ctrl+a'), type('new text'))],
    ['cut', 'hello ', ({ type, key }) => (type('hello world'), key('shift+ctrl+Left', 'ctrl+x'))],
    [
      'shift, a lock and the volume',
      'hello',
      ({ type, key }) => (type('hel'), key('Shift_L', 'XF86AudioMute'), type('lo')),
    ],
  ])('respects %s', (_, expected, act) => {
    expect(written(act)).toBe(expected.trim());
  });

  it('begins anew rather than inventing where the caret is unknown', () => {
    expect(written(({ type, typing }) => (type('one two '), typing.strayed(), type('three four')))).toBe(
      'one two three four',
    );
    // The word that was cut may have gone on, so the rest of that sentence goes too.
    expect(written(({ type, typing }) => (type('one tw'), typing.strayed(), type('o three')))).toBe('one');
    expect(written(({ type, key }) => (type('one two'), key('ctrl+z'), type('three\nfour')))).toBe('four');
    expect(written(({ type, key }) => (type('see '), key('ctrl+v'), type(' for more')))).toBe('see for more');
  });

  it('composes dead keys, Compose, the number pad and other alphabets', () => {
    expect(written(({ type, key }) => (type('caf'), key('dead_acute', 'e')))).toBe('café');
    expect(
      written(
        ({ type, key }) => (type('gr'), key('Multi_key', '"', 'u'), type('n'), key('Multi_key', 's', 's')),
      ),
    ).toBe('grünß');
    expect(written(({ type, key }) => (type('about '), key('KP_7', 'KP_Decimal', 'KP_7')))).toBe('about 7.7');
    expect(written(({ type, key }) => (key('Cyrillic_zhe'), type('ук')))).toBe('жук');
    // Nobody knows what a toolkit makes of it.
    expect(written(({ type, key }) => (type('a word '), key('dead_acute', 'x'), type('yz more')))).toBe(
      'a word yz more',
    );
  });

  it('drops what was typed since the last certain moment when the focus moves', () => {
    const typist = createTypist();
    typist.type('first line\n');
    typist.wait(1500);
    // Tab, and a password field of which the bus tells late.
    typist.type('bob');
    typist.key('Tab');
    typist.type('hunter');
    typist.typing.moved();
    typist.wait(60_000);
    expect(typist.texts()).toEqual(['first line']);
    expect(typist.typing.held.length()).toBe(0);
  });

  it('keeps what was settled before the key that moved the focus', () => {
    const typist = createTypist();
    typist.type('see you at the station tomorrow ');
    typist.wait(1500);
    typist.key('alt+Tab');
    typist.typing.moved();
    expect(typist.texts()).toEqual(['see you at the station tomorrow']);
  });

  it('drops everything that was typed into a field that lost the focus by itself', () => {
    const typist = createTypist();
    typist.type('typed where nobody knows ');
    typist.wait(2000);
    typist.typing.moved();
    typist.wait(60_000);
    expect(typist.texts()).toEqual([]);
  });

  it('drops what continues a word of which nobody saw the beginning', () => {
    const typist = createTypist();
    typist.typing.unseen({ kind: 'letter' });
    typist.type('rest of it\nnext line\n');
    typist.wait(6000);
    expect(typist.texts()).toEqual(['next line']);
    typist.typing.unseen({ kind: 'letter' });
    typist.typing.unseen({ kind: 'boundary' });
    typist.type('a third line\n');
    typist.wait(6000);
    expect(typist.texts()).toEqual(['next line', 'a third line']);
  });

  it('takes back a first half that was kept when the second one makes it a secret', () => {
    // A rule of the test: two plain words that are one secret only together.
    const guard = {
      redact: (text: string) => ({ text: text.replace(/open\s+sesame/g, '[PASSWORD_1]'), found: {} }),
    };
    const typist = createTypist(guard);
    typist.type('an ordinary line\n');
    typist.wait(6000);
    typist.type('say open and ');
    typist.wait(6000);
    typist.type('open ');
    typist.wait(6000);
    expect(typist.texts()).toEqual(['an ordinary line', 'say open and', 'open']);
    typist.type('sesame ');
    typist.wait(6000);
    expect(typist.texts()).toEqual(['an ordinary line', 'say open and']);
    expect(typist.lost).toContain('part of a secret');
  });

  it('holds nothing longer than thirty seconds, and leaves zeros', () => {
    const typist = createTypist();
    const { memory } = typist.typing.held;
    for (let at = 0; at < 60; at += 1) {
      typist.type('word after word ', 'Mousepad', 60);
      expect(Date.now() - typist.typing.held.oldest()).toBeLessThanOrEqual(30_000);
    }
    typist.typing.drop();
    expect(memory.codes.every((code) => code === 0)).toBe(true);
    expect(memory.times.every((time) => time === 0)).toBe(true);
    typist.type('my password is what it is and ');
    typist.wait(30_000);
    expect(memory.codes.every((code) => code === 0)).toBe(true);
    expect(typist.texts().join(' ')).not.toContain('password');
  });

  it('drops everything when the clock goes back or the machine slept', () => {
    const typist = createTypist();
    typist.type('some words here ');
    vi.setSystemTime(Date.now() - 60_000);
    typist.type('and more');
    expect(typist.texts()).toEqual([]);
    typist.typing.drop();
    typist.type('\nother words here ');
    vi.setSystemTime(Date.now() + 3_600_000);
    typist.wait(6000);
    expect(typist.texts()).toEqual([]);
    expect(typist.typing.held.length()).toBe(0);
  });

  it('drops everything rather than holding more than it may', () => {
    const typist = createTypist();
    typist.type('a'.repeat(5000), 'Mousepad', 1);
    expect(typist.lost).toContain('too much at once');
    typist.wait(60_000);
    expect(typist.texts()).toEqual([]);
  });

  it('cuts a long text into events of two thousand characters', () => {
    const typist = createTypist({ redact: (text) => ({ text, found: {} }) });
    typist.type('word '.repeat(700), 'Mousepad', 2);
    typist.wait(6000);
    expect(typist.texts().map((text) => text.length)).toEqual([1999, 1499]);
  });
});
