import { useCallback, useEffect, useLayoutEffect, useReducer, useRef, useState, type RefObject } from 'react';
import { createScale, type Scale } from './scale.ts';

/** After this pause, ms, a scroll has ended and scroller and list are brought together. */
const PAUSE = 140;

/** What a list of `height` px shows in its scroller. */
export interface Scroll {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Height of what is seen, px; 0 before it was measured. */
  readonly view: number;
  readonly offset: number;
  /** The last move was upwards. */
  readonly up: boolean;
  readonly scale: Scale;
  readonly onScroll: () => void;
  /** Puts the list at `offset` px. */
  readonly jump: (offset: number) => void;
}

/** A scroller over a list of any height, in which nothing moves but what is drawn. */
export function useScroll(height: number): Scroll {
  const scroller = useRef<HTMLDivElement>(null);
  const [scale] = useState(createScale);
  const [view, setView] = useState(0);
  const [up, setUp] = useState(false);
  const [, draw] = useReducer((n: number) => n + 1, 0);
  const settling = useRef<ReturnType<typeof setTimeout>>(undefined);
  scale.resize(height, view);

  const settle = useCallback(() => {
    clearTimeout(settling.current);
    settling.current = undefined;
    const box = scroller.current;
    if (!box) return;
    const to = scale.settle();
    if (Math.abs(box.scrollTop - to) >= 1) box.scrollTop = to;
  }, [scale]);

  const later = useCallback(() => {
    clearTimeout(settling.current);
    settling.current = setTimeout(settle, PAUSE);
  }, [settle]);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    const measure = () => setView(box.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);
  useEffect(() => () => clearTimeout(settling.current), []);
  // A list that grew above the screen has its scroller follow, once it rests.
  // oxlint-disable-next-line react/exhaustive-effect-dependencies
  useEffect(() => later(), [height, later]);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const before = scale.offset();
    if (scale.scrolled(box.scrollTop)) {
      setUp(scale.offset() < before);
      draw();
    }
    later();
  }, [scale, later]);

  const jump = useCallback(
    (offset: number) => {
      scale.jump(offset);
      settle();
      draw();
    },
    [scale, settle],
  );
  return { scroller, view, offset: scale.offset(), up, scale, onScroll, jump };
}
