import { holding, type Holds } from '../model/hold.ts';

/** How often the holds are looked at while a card is on screen, in milliseconds. */
const LOOK_MS = 1000;

/** Takes the card down when a hold begins while it is on screen: over a presentation it would stand for all to read. */
export interface HoldWatch {
  /** A card is on screen, or none. */
  follow(shown: boolean): void;
  close(): void;
}

/** Looks only while a card is on screen: at any other time the next boundary asks. */
export function createHoldWatch(options: {
  readonly holds: Holds;
  readonly putAside: (note: string) => Promise<void>;
}): HoldWatch {
  let timer: NodeJS.Timeout | undefined;

  const look = () => {
    const hold = holding(options.holds());
    // What could not be written now is tried again at the next look.
    if (hold) options.putAside(`taken down: ${hold.why}`).catch(() => {});
  };
  const close = () => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    follow(shown) {
      if (!shown) close();
      else timer ??= setInterval(look, LOOK_MS).unref();
    },
    close,
  };
}
