import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { typing, withMod } from '../keys.ts';
import { Timeline } from '../parts.tsx';
import { useAssistant } from '../store.ts';
import { SCREENS } from '../view.ts';

/** The keys that work on every screen. Single keys keep out of text fields, dialogs and menus. */
export function useShortcuts(): void {
  const { view, actions } = useAssistant();
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      const { settings, palette } = view.getState();
      if (!settings?.welcomed) return;
      const key = event.key.toLowerCase();
      const does = (act: () => void) => {
        event.preventDefault();
        act();
      };
      if (withMod(event)) {
        if (event.shiftKey) {
          if (key === 'p') does(actions.togglePause);
          if (key === 'h') does(actions.recordNeed);
          return;
        }
        if (key === 'k') does(() => actions.setPalette(!palette));
        const name = /^\d$/.test(key) ? SCREENS[Number(key) - 1] : undefined;
        if (name) does(() => actions.go({ name }));
        return;
      }
      if (typing(event.target) || event.altKey) return;
      if (key === '/') does(() => void focusSearch());
      if (key === '?') does(() => actions.setKeys(true));
    }
    async function focusSearch() {
      // What is typed right behind the slash belongs into the field, also while the timeline is still being fetched.
      let typed = '';
      const hold = (event: KeyboardEvent) => {
        if (event.key.length !== 1 || withMod(event)) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        typed += event.key;
      };
      addEventListener('keydown', hold, true);
      await Timeline.fetch().catch(() => null);
      removeEventListener('keydown', hold, true);
      flushSync(() => actions.go({ name: 'timeline' }));
      document.getElementById('search')?.focus();
      if (typed !== '') document.execCommand('insertText', false, typed);
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [view, actions]);
}
