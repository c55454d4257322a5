import type { Module } from '../context.ts';

/** Lets the core close its log before the program ends; within 2 s it ends anyway, and the log is durable. */
export const quit: Module = {
  name: 'quit',
  enable(context) {
    let state: 'running' | 'closing' | 'closed' = 'running';
    context.api.app.on('will-quit', (event) => {
      if (state === 'closed') return;
      event.preventDefault();
      if (state === 'closing') return;
      state = 'closing';
      void context
        .core()
        .quit()
        .finally(() => {
          state = 'closed';
          context.api.app.exit(0);
        });
    });
  },
};
