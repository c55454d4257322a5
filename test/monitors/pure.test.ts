import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentOf } from '../../src/monitors/copied.ts';
import { isOwn } from '../../src/monitors/focus.ts';
import { strokeOfHook } from '../../src/monitors/keysChild.ts';
import { roleOf } from '../../src/monitors/linux/keys.ts';
import { createTextMeter } from '../../src/monitors/linux/textMeter.ts';
import { strokeOf } from '../../src/monitors/strokes.ts';
import { withoutMarks } from '../../src/monitors/titleMarks.ts';

describe('titles', () => {
  it.each([
    ['(3) Inbox - Mail', 'Inbox - Mail'],
    ['● main.py - shop', 'main.py - shop'],
    ['*letter.txt - Mousepad', 'letter.txt - Mousepad'],
    ['⠋ building', 'building'],
    ['✳ ⠙ building', 'building'],
    ['notes.md ●', 'notes.md'],
    ['(2024) annual report', '(2024) annual report'],
    ['**bold** words', '**bold** words'],
    ['a=b&c=d', 'a=b&c=d'],
    ['  line\nbreak\u200B ', 'line break'],
    ['●', ''],
  ])('%j becomes %j', (title, clean) => expect(withoutMarks(title)).toBe(clean));

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string(), (title) => {
        const once = withoutMarks(title);
        // Marks may hide under marks of another kind; what is left is never longer.
        expect(withoutMarks(once).length).toBeLessThanOrEqual(once.length);
      }),
    );
  });

  it('knows its own windows by class or file in any case', () => {
    expect([isOwn('beforehand'), isOwn('Beforehand.exe'), isOwn('BEFOREHAND', undefined)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([isOwn('Beforehand notes'), isOwn(undefined)]).toEqual([false, false]);
  });
});

describe('copied targets', () => {
  it.each([
    [['TARGETS', 'UTF8_STRING'], 'text'],
    [['text/plain;charset=utf-8', 'text/html', 'image/png'], 'text'],
    [['image/png', 'text/html'], 'image'],
    [['x-special/gnome-copied-files', 'UTF8_STRING', 'text/uri-list'], 'files'],
    [['application/x-opaque'], 'other'],
    [[], 'other'],
  ])('%j are %s', (targets, content) => expect(contentOf(targets)).toBe(content));
});

describe('strokes', () => {
  const plain = { command: false, other: false };
  it('names chords and word ends, and nothing of the key', () => {
    expect(strokeOf({ role: 'letter', latin: 's', ...plain })).toEqual({ kind: 'letter' });
    expect(strokeOf({ role: 'letter', latin: 's', command: true, other: false })).toEqual({
      kind: 'other',
      chord: 'save',
    });
    expect(strokeOf({ role: 'letter', latin: 's', command: true, other: true })).toEqual({ kind: 'other' });
    expect(strokeOf({ role: 'enter', ...plain })).toEqual({ kind: 'boundary', chord: 'enter' });
    expect(strokeOf({ role: 'modifier', ...plain })).toBeNull();
  });

  it('gives the same stroke for every letter', () => {
    const all = [...'abcdefghijklmnopqrtuwy'].map((latin) => strokeOf({ role: 'letter', latin, ...plain }));
    expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(1);
  });

  it('reads keysyms: Latin, Cyrillic with a Latin group, dead keys, number pad, modifiers', () => {
    expect(roleOf([0x73, 0x53])).toEqual({ role: 'letter', latin: 's' });
    expect(roleOf([0x6d3, 0x6f3, 0x73, 0x53])).toEqual({ role: 'letter', latin: 's' });
    expect(roleOf([0xff0d])).toEqual({ role: 'enter' });
    expect(roleOf([0xff08]).role).toBe('correction');
    expect(roleOf([0xffe3]).role).toBe('modifier');
    expect(roleOf([0xff51]).role).toBe('other');
    expect(roleOf([0xffb1]).role).toBe('letter');
    expect(roleOf([0x10020ac]).role).toBe('letter');
    expect(roleOf([0, 0]).role).toBe('other');
  });

  it('reads key-down events of libuiohook; macOS by its documentation (not run on this platform)', () => {
    const event = { keycode: 31, ctrlKey: false, altKey: false, metaKey: false };
    expect(strokeOfHook({ ...event, ctrlKey: true }, 'linux')).toEqual({ kind: 'other', chord: 'save' });
    expect(strokeOfHook({ ...event, metaKey: true }, 'darwin')).toEqual({ kind: 'other', chord: 'save' });
    expect(strokeOfHook({ ...event, ctrlKey: true }, 'darwin')).toEqual({ kind: 'other' });
    expect(strokeOfHook({ ...event, altKey: true }, 'darwin')).toEqual({ kind: 'letter' });
    expect(strokeOfHook({ ...event, ctrlKey: true, altKey: true }, 'win32')).toEqual({ kind: 'letter' });
    expect(strokeOfHook({ ...event, keycode: 42 }, 'win32')).toBeNull();
    expect(strokeOfHook({ ...event, keycode: 57419 }, 'linux')).toEqual({ kind: 'other' });
  });
});

describe('text that comes in pieces', () => {
  it('is counted like the whole text, wherever it is cut', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).map((text) => text.toWellFormed()),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 20 }),
        (text, piece, most) => {
          fc.pre(!text.startsWith('\uFEFF'));
          const bytes = Buffer.from(text);
          const meter = createTextMeter(most, 'utf-8');
          for (let at = 0; at < bytes.length; at += piece) meter.take(bytes.subarray(at, at + piece));
          const words = text.match(/\S+/g)?.length ?? 0;
          expect(meter.end()).toEqual({ front: text.slice(0, most), size: text.length, words });
        },
      ),
    );
  });
});
