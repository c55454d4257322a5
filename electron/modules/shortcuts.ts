import type { Context, Module } from '../context.ts';

/** Keys that work in every app, and what they do. */
export const SHORTCUTS: Readonly<Record<string, (context: Context) => unknown>> = {
  'CommandOrControl+Alt+P': (context) => {
    const { handlers, state } = context.core();
    return state()?.capture === 'paused'
      ? handlers['capture.resume']({})
      : handlers['capture.pause']({ minutes: null });
  },
  /** "I needed help here": a missed need, with the last minutes of observations. */
  'CommandOrControl+Alt+H': (context) => context.core().handlers['need.record']({}),
  'CommandOrControl+Alt+Y': (context) => {
    const current = context.core().state()?.current;
    if (current?.state !== 'shown') return null;
    return context.core().handlers['suggestions.answer']({
      id: current.id,
      answer: 'accept',
      via: 'hotkey',
    });
  },
};

/** Registers the global shortcuts; one that another app holds is left to it. */
export const shortcuts: Module = {
  name: 'shortcuts',
  enable(context) {
    const { api } = context;
    for (const [keys, job] of Object.entries(SHORTCUTS)) {
      api.globalShortcut.register(keys, () => {
        // A core that is down just now cannot be asked: the tray shows that it is.
        void (async () => job(context))().catch(() => null);
      });
    }
    api.app.on('will-quit', () => api.globalShortcut.unregisterAll());
  },
};
