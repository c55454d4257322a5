import type { Module } from '../context.ts';
import { placeOfArgs } from './links.ts';

/** One instance a user: a second start shows the first one's window, at its link if it has one, and ends. */
export const single: Module = {
  name: 'single',
  early(context) {
    const { app } = context.api;
    if (!app.requestSingleInstanceLock()) return false;
    app.on('second-instance', (_event, args) => {
      if (app.isReady()) context.show(placeOfArgs(args ?? []) ?? undefined);
    });
    return true;
  },
};
