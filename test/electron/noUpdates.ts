import type { UpdatesPort } from '../../src/model/program.ts';

/** Newer versions that never come. */
export const noUpdates: UpdatesPort = {
  state: () => ({ state: 'newest', checkedAt: null }),
  onState: () => {},
  check: () => {},
  download: () => {},
  install: () => {},
};
