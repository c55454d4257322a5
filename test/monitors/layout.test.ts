import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { characterOf, isMachineKey, isModifier } from '../../src/monitors/keysyms.ts';
import { namedInputMethod } from '../../src/monitors/linux/inputMethod.ts';
import { mapRequest, parseMap } from '../../src/monitors/linux/layout.ts';
import { editOf } from '../../src/monitors/press.ts';
import { pressOf } from './typist.ts';

/** Replies of XkbGetMap of an Xvfb after `setxkbmap us`, `de`, `fr` and `us,ru`; gzip, base64. */
const maps = JSON.parse(readFileSync(new URL('fixtures/layouts.json', import.meta.url), 'utf8')) as Readonly<
  Record<'us' | 'de' | 'fr' | 'ru', string>
>;
const bytes = (name: keyof typeof maps) => gunzipSync(Buffer.from(maps[name], 'base64'));

/** Bits of an event's state. */
const SHIFT = 1;
const LOCK = 2;
const NUM = 16;
const ALT_GR = 128;
const SECOND = 1 << 13;

/** Codes by the place on the board (evdev): the letter row begins at 24, the number row at 10. */
const read = (name: keyof typeof maps, ...keys: readonly (readonly [code: number, state?: number])[]) => {
  const layout = parseMap(bytes(name));
  return keys.map(([code, state = 0]) => characterOf(layout.keysym(code, state)) ?? '?').join('');
};

describe('keyboard layouts', () => {
  it('asks as the protocol says', () => {
    expect(mapRequest(135).toString('hex')).toBe(`87080700000103${'00'.repeat(21)}`);
  });

  it('reads letters, capitals and Caps Lock', () => {
    expect(read('us', [24], [25], [26], [29], [52])).toBe('qweyz');
    expect(read('us', [24, SHIFT], [24, LOCK], [24, LOCK | SHIFT])).toBe('QQq');
    // Caps Lock leaves digits and signs alone; only Shift changes them.
    expect(read('us', [10], [10, LOCK], [10, SHIFT])).toBe('11!');
  });

  it('reads another order, umlauts and the third level', () => {
    expect(read('de', [29], [52], [47], [47, SHIFT], [47, LOCK], [20])).toBe('zyöÖÖß');
    expect(read('de', [24, ALT_GR], [26, ALT_GR], [16, ALT_GR], [11, SHIFT])).toBe('@€{"');
    expect(parseMap(bytes('de')).keysym(21, 0)).toBe(0xfe51);
  });

  it('reads digits that need Shift, and accents of their own keys', () => {
    expect(read('fr', [24], [38], [10], [10, SHIFT], [11], [16])).toBe('aq&1éè');
  });

  it('reads the group that is switched to', () => {
    expect(read('ru', [24], [24, SECOND], [38, SECOND], [38, SECOND | SHIFT], [38, SECOND | LOCK])).toBe(
      'qйфФФ',
    );
  });

  it('reads the number pad with Num Lock, and as moves without', () => {
    expect(read('us', [79, NUM], [87, NUM], [86], [91, NUM])).toBe('71+.');
    expect(characterOf(parseMap(bytes('us')).keysym(79, 0))).toBeNull();
  });

  it('knows no key that is not there, and no map that is cut', () => {
    expect(parseMap(bytes('us')).keysym(300, 0)).toBe(0);
    expect(parseMap(bytes('us')).keysym(1, 0)).toBe(0);
    for (const length of [0, 20, 33, 400, 2000])
      expect(() => parseMap(bytes('us').subarray(0, length))).toThrow(RangeError);
  });
});

describe('keysyms', () => {
  it('are characters of Latin 1, Unicode, and the older tables', () => {
    expect([0x61, 0xe9, 0x10020ac, 0x6d6, 0x7e1, 0x1b1, 0x20ac].map(characterOf).join('')).toBe('aé€жαą€');
    expect([0, 0x7f, 0xff08, 0xffe1, 0xfe51, 0xff20].map(characterOf)).toEqual(Array(6).fill(null));
    expect(isModifier(0xffe5)).toBe(true);
    expect(isMachineKey(0x1008ff13)).toBe(true);
  });

  it('edit as programs agree, and lose the caret where they do not', () => {
    expect(editOf(pressOf('ctrl+v'))).toEqual({ kind: 'paste' });
    expect(editOf(pressOf('ctrl+s'))).toEqual({ kind: 'nothing' });
    expect(editOf(pressOf('Up'))).toEqual({ kind: 'lost', leaving: true });
    expect(editOf(pressOf('shift+Down'))).toMatchObject({ kind: 'revoked' });
    expect(editOf(pressOf('ctrl+k'))).toEqual({ kind: 'revoked', leaving: true });
    expect(editOf(pressOf('ctrl+shift+u'))).toMatchObject({ kind: 'revoked' });
    expect(editOf(pressOf('super+l'))).toEqual({ kind: 'lost', leaving: true });
    expect(editOf(pressOf('F5'))).toEqual({ kind: 'lost', leaving: true });
    expect(editOf(pressOf('Tab'))).toEqual({ kind: 'newline', leaving: true });
  });
});

describe('input methods', () => {
  it('are told by the environment', () => {
    expect(namedInputMethod({})).toBeNull();
    expect(namedInputMethod({ XMODIFIERS: '@im=none', GTK_IM_MODULE: 'xim' })).toBeNull();
    expect(namedInputMethod({ XMODIFIERS: '@im=ibus' })).toBe('ibus');
    expect(namedInputMethod({ QT_IM_MODULE: 'fcitx' })).toBe('fcitx');
  });
});
