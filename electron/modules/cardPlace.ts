import type { Rectangle } from 'electron';

/** Width of the card's window, device-independent pixels. */
export const CARD_WIDTH = 360;

/** Pixels between the card and the edges of the work area. */
const MARGIN = 16;

/**
 * Where a card of `height` stands in a work area: bottom right, as high as what it shows and no higher than the area. All
 * in device-independent pixels, so that the display's scale makes no difference; an area narrower than the card is filled.
 */
export function cornerOf(area: Rectangle, height: number): Rectangle {
  const wide = Math.min(CARD_WIDTH, area.width);
  const high = Math.max(1, Math.min(Math.ceil(height), area.height - 2 * MARGIN));
  return {
    x: area.x + Math.max(0, area.width - wide - MARGIN),
    y: area.y + area.height - high - MARGIN,
    width: wide,
    height: high,
  };
}
