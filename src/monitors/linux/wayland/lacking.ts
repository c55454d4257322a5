import { AppError } from '../../../errors.ts';
import { sessionOf } from '../session.ts';

/** What each source can be had by where a compositor offers nothing for it. */
const MENDS = {
  window:
    'log in to an X11 session, or switch on “Listen to ActivityWatch’s extensions” in Settings: those of browsers and editors tell pages and files, a watcher for this desktop (awatcher) tells windows',
  idle: 'log in to an X11 session, use a compositor with ext-idle-notify (sway, Hyprland, KDE Plasma), or let an ActivityWatch watcher for this desktop (awatcher) tell it',
  clipboard: 'log in to an X11 session, or use a compositor with data-control (sway, Hyprland, KDE Plasma)',
  keyboard: 'log in to an X11 session if typing shall be counted, or switch the source off',
} as const;

/**
 * The error of a source that this Wayland session does not have: one sentence with what is missing, and the mend.
 * `why` goes on after the compositor's name.
 */
export function lacking(source: keyof typeof MENDS, env: NodeJS.ProcessEnv, why: string): AppError {
  const session = sessionOf(env);
  const who = session.kind === 'wayland' ? session.desktop : 'this compositor';
  const trap = env['DISPLAY'] ? ' (XWayland would show X11 programs alone, so it is not asked)' : '';
  const message = `[monitor:${source}] under Wayland ${who} ${why}${trap}`;
  return new AppError('missing-program', message, undefined, MENDS[source]);
}
