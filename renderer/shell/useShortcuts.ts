import { useEffect } from 'react';
import { flushSync } from 'react-dom';
import { typing, withMod } from '../keys.ts';
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
      if (key === '/' && !typing(event.target)) does(focusSearch);
    }
    function focusSearch() {
      // Drawn before this returns: what is typed right behind the slash belongs into the field.
      flushSync(() => actions.go({ name: 'timeline' }));
      document.getElementById('search')?.focus();
    }
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [view, actions]);
}
