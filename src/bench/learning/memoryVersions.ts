import { type Learned, SHIPPED, type Versions } from '../../reward/versions.ts';

/** Versions that no disk holds, for many simulated lives. */
export function memoryVersions(): Versions {
  const nothing: Learned = { inUse: SHIPPED, byHand: false, triedOn: 0, next: 1, versions: [] };
  let learned = nothing;
  return {
    get: () => learned,
    nextId: () => `v${learned.next}`,
    change: async (to) => (learned = to(learned)),
    clear: async () => void (learned = nothing),
    tidy: async () => {},
  };
}
