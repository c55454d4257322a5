import { z } from 'zod';

/**
 * All that is ever known of a key: part of a word, end of a word, correction, or anything else; and which editing
 * chord it completed. Which key it was is not in it.
 */
export const Stroke = z.object({
  kind: z.enum(['letter', 'boundary', 'correction', 'other']),
  chord: z.enum(['save', 'copy', 'paste', 'undo', 'find', 'enter']).optional(),
});
export type Stroke = z.infer<typeof Stroke>;

/** A key as both back ends can name it, before it becomes a Stroke. It lives for one call only. */
export interface Pressed {
  readonly role: 'letter' | 'space' | 'enter' | 'tab' | 'correction' | 'modifier' | 'other';
  /** The Latin letter on the key, lower case, where it has one: chords are named by it. */
  readonly latin?: string;
  /** Control on Linux and Windows, Command on macOS. */
  readonly command: boolean;
  /** Alt, Super, or Control on macOS: with one of these it is none of the known chords. */
  readonly other: boolean;
}

const CHORDS: Readonly<Record<string, Stroke['chord']>> = {
  s: 'save',
  c: 'copy',
  x: 'copy',
  v: 'paste',
  z: 'undo',
  f: 'find',
};

/** The category of a key; null for a modifier alone, which types nothing. */
export function strokeOf(pressed: Pressed): Stroke | null {
  if (pressed.role === 'modifier') return null;
  if (pressed.command || pressed.other) {
    const chord = pressed.command && !pressed.other && pressed.latin ? CHORDS[pressed.latin] : undefined;
    return chord ? { kind: 'other', chord } : { kind: 'other' };
  }
  if (pressed.role === 'enter') return { kind: 'boundary', chord: 'enter' };
  if (pressed.role === 'space' || pressed.role === 'tab') return { kind: 'boundary' };
  if (pressed.role === 'correction') return { kind: 'correction' };
  return { kind: pressed.role === 'letter' ? 'letter' : 'other' };
}
