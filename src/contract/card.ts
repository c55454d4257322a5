import { z } from 'zod';
import { Place } from '../model/place.ts';
import { nothing } from './parts.ts';
import type { Contract } from '../rpc.ts';

/** The suggestion card, wherever it is shown. */
export const cardChannels = {
  /** A person can see the card of this suggestion now, so no notification says it too. */
  'card.painted': { input: z.strictObject({ suggestion: z.uuid() }), output: nothing },
  /** Someone reads or rewords it: from now on it stays for `left` milliseconds, said again while that lasts. */
  'card.stay': {
    input: z.strictObject({ suggestion: z.uuid(), left: z.number().int().min(0).max(600_000) }),
    output: nothing,
  },
  /** What the card's own window shows is so many pixels high; 0 for nothing. Only the desktop app has one. */
  'card.size': { input: z.strictObject({ height: z.number().int().min(0).max(10_000) }), output: nothing },
  /** The card of the desktop app has no focus: it takes it to be typed in and gives it back. Nothing elsewhere. */
  'card.typing': { input: z.strictObject({ typing: z.boolean() }), output: nothing },
  /** Copies for a page that has no focus and so no clipboard; false where the host cannot. */
  'card.copy': {
    input: z.strictObject({ text: z.string().max(24_000), html: z.string().max(32_000) }),
    output: z.object({ copied: z.boolean() }),
  },
  /** Brings the program's window to the front, at a place where one is named. */
  'window.show': { input: z.strictObject({ place: Place.optional() }), output: nothing },
} satisfies Contract['channels'];
