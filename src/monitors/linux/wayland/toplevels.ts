import { saysShared } from '../../holds/meeting.ts';
import { isOwn, NO_FOCUS, type Focus, type FocusListener } from '../../focus.ts';
import { lacking } from './lacking.ts';
import { answers, connectWayland } from './wire.ts';

/** wlr-foreign-toplevel-management: a manager that tells of windows, and a handle for each. */
const MANAGER = 'zwlr_foreign_toplevel_manager_v1';
const TOPLEVEL = 0;
const FINISHED = 1;
/** Events of a handle. */
const TITLE = 0;
const APP_ID = 1;
const STATE = 4;
const DONE = 5;
const CLOSED = 6;
const DESTROY = 7;
/** Value in a handle's state: it has the focus. */
const ACTIVATED = 2;
/** The same: it fills the screen (since version 2). */
const FULL_SCREEN = 3;

interface Toplevel {
  title: string;
  app: string;
  active: boolean;
  full: boolean;
}

/**
 * The focused window of a wlroots compositor other than sway (Hyprland, river, Wayfire, labwc), by the list of windows
 * that it keeps for taskbars. Rejects where the compositor has none.
 */
export async function watchToplevels(
  env: NodeJS.ProcessEnv,
  listener: FocusListener,
): Promise<() => Promise<void>> {
  const display = await connectWayland('monitor:window', env, listener.died);
  if (display.offers(MANAGER) === 0) {
    await display.close();
    throw lacking('window', env, 'tells no program which window is in front');
  }
  const windows = new Map<number, Toplevel>();
  let told = '';
  let ready = false;
  const tell = () => {
    const focus = focusOf(windows);
    const now = JSON.stringify(focus);
    if (!ready || now === told) return;
    told = now;
    listener.changed(focus);
  };
  const manager = display.bind(MANAGER, Math.min(2, display.offers(MANAGER)));
  display.on(manager, (opcode, args) => {
    if (opcode === FINISHED) {
      void display.close();
      listener.died(lacking('window', env, 'ended its list of windows'));
    }
    if (opcode !== TOPLEVEL) return;
    const handle = args.uint();
    const window = { title: '', app: '', active: false, full: false };
    windows.set(handle, window);
    display.on(handle, (event, about) => {
      if (event === TITLE) window.title = about.string();
      else if (event === APP_ID) window.app = about.string();
      else if (event === STATE) {
        const states = about.array();
        window.active = states.includes(ACTIVATED);
        window.full = states.includes(FULL_SCREEN);
      } else if (event === DONE) tell();
      else if (event === CLOSED) {
        windows.delete(handle);
        display.off(handle);
        display.send(handle, DESTROY);
        tell();
      }
    });
  });
  try {
    // The first round trip brings the handles, the second what is told of them.
    await display.sync();
    await display.sync();
  } catch (thrown) {
    await display.close();
    throw thrown;
  }
  ready = true;
  tell();
  listener.proves?.(answers(display));
  return () => display.close();
}

function focusOf(windows: ReadonlyMap<number, Readonly<Toplevel>>): Focus {
  const shared = [...windows.values()].some(({ title }) => saysShared(title));
  const sharing = shared && { sharing: true as const };
  for (const [window, { title, app, active, full }] of windows) {
    if (!active) continue;
    return {
      window,
      own: isOwn(app),
      ...(app.trim() && { app: app.trim() }),
      ...(title && { title }),
      ...(full && { fullScreen: true as const }),
      ...sharing,
    };
  }
  return { ...NO_FOCUS, ...sharing };
}
