import type { Module } from '../context.ts';

/** One instance a user: a second start shows the first one's window and ends. */
export const single: Module = {
  name: 'single',
  early({ api, show }) {
    if (!api.app.requestSingleInstanceLock()) return false;
    api.app.on('second-instance', () => {
      if (api.app.isReady()) show();
    });
    return true;
  },
};
