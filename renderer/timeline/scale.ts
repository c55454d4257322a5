/** Chromium draws nothing below 33,554,431 px; far less keeps every position exact. */
const MOST = 8_000_000;
/** So much at either end scrolls pixel by pixel, so that an end is reached by the wheel as well. */
const EXACT = 100_000;
/** A step of more screens than this is a jump: the thumb of the scroll bar was dragged, or the page sent it somewhere. */
const JUMP = 4;

/** Where a scroller stands, in the list's own pixels. */
export interface Scale {
  /** Height that the scroller is to have. */
  physical(): number;
  /** Pixels of the list above the screen. */
  offset(): number;
  /** The sizes now: the whole list and what is seen of it, px. Keeps the offset. */
  resize(height: number, view: number): void;
  /** The scroller was scrolled to `top`; true where that moved the list. */
  scrolled(top: number): boolean;
  /** The list grew or shrank above the screen: what is seen stays. */
  shift(by: number): void;
  /** Puts the list at `offset`. */
  jump(offset: number): void;
  /** Where the scroller must stand for what is shown; pass it on, then nothing moves. */
  settle(): number;
}

/**
 * A list of any height in a scroller of a height that a browser can draw.
 *
 *     scroller  0 ──────────────────────────── MOST     small steps move the list by as much
 *     list      0 ─────────────── … ─────────── n × row  a jump goes to the same share of it
 *
 * The two drift apart while small steps follow each other; `settle` brings them together when scrolling has paused.
 */
export function createScale(): Scale {
  let height = 0;
  let view = 0;
  let top = 0;
  let offset = 0;

  const physical = () => Math.min(height, MOST);
  const room = () => Math.max(0, physical() - view);
  const range = () => Math.max(0, height - view);
  const clamp = (value: number) => Math.min(Math.max(0, value), range());

  /** The list's offset for a scroller's position, when it was jumped to. */
  function toList(at: number): number {
    if (range() === room()) return at;
    if (at <= EXACT) return at;
    if (at >= room() - EXACT) return range() - (room() - at);
    return EXACT + ((at - EXACT) / (room() - 2 * EXACT)) * (range() - 2 * EXACT);
  }

  function toScroller(of: number): number {
    if (range() === room()) return of;
    if (of <= EXACT) return of;
    if (of >= range() - EXACT) return room() - (range() - of);
    return EXACT + ((of - EXACT) / (range() - 2 * EXACT)) * (room() - 2 * EXACT);
  }

  return {
    physical,
    offset: () => offset,
    resize(nextHeight, nextView) {
      height = nextHeight;
      view = nextView;
      offset = clamp(offset);
    },
    scrolled(to) {
      const by = to - top;
      top = to;
      if (by === 0) return false;
      const before = offset;
      const ended = to <= 0 || to >= room();
      offset = clamp(ended || Math.abs(by) > JUMP * view ? toList(Math.min(to, room())) : offset + by);
      return offset !== before;
    },
    shift(by) {
      offset = Math.max(0, offset + by);
    },
    jump(to) {
      offset = clamp(to);
    },
    settle() {
      top = Math.round(toScroller(offset));
      return top;
    },
  };
}
