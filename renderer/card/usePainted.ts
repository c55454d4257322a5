import { useEffect } from 'react';
import { useAssistant } from '../store.ts';

/**
 * Tells the core once that a person can see the card: after it was painted, in a page that is in front, or at once where
 * the card is a window of its own above all others. A page that comes to the front later tells it then.
 */
export function usePainted(id: string | null, alone: boolean): void {
  const { bridge } = useAssistant();
  useEffect(() => {
    if (id === null) return undefined;
    let told = false;
    const tell = () => {
      const seen = alone || (document.visibilityState === 'visible' && document.hasFocus());
      if (told || !seen) return;
      told = true;
      void bridge.call('card.painted', { suggestion: id }).catch(() => {});
    };
    const frame = requestAnimationFrame(() => setTimeout(tell));
    // A window that is hidden until it knows its size has no frames yet.
    if (alone) tell();
    addEventListener('focus', tell);
    document.addEventListener('visibilitychange', tell);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener('focus', tell);
      document.removeEventListener('visibilitychange', tell);
    };
  }, [bridge, id, alone]);
}
