/** The moment at which every state stands still, epoch ms: a Tuesday afternoon, 15:42 UTC. */
export const NOW = Date.UTC(2026, 10, 24, 15, 42);

// Imported before anything that reads the clock or the zone while it loads: the canned day is laid out from now.
process.env['TZ'] = 'UTC';
const Real = Date;

/** A clock that does not go: pictures of two runs are the same. */
class Frozen extends Real {
  constructor(...parts: unknown[]) {
    super(...((parts.length === 0 ? [NOW] : parts) as [number]));
  }
  static override now(): number {
    return NOW;
  }
}
globalThis.Date = Frozen as DateConstructor;
