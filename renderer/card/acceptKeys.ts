import type { AppState } from '../../src/contract.ts';

/** The keys that accept from any app, as an accelerator, where the host holds them; null where none do. */
export function acceptKeys(state: AppState | null): string | null {
  const accept = state?.shortcuts?.find(({ name }) => name === 'accept');
  return accept?.state === 'works' ? accept.keys : null;
}
