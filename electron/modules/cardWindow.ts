import type Electron from 'electron';
import { servePage } from '../ipc.ts';
import type { Context, Module } from '../context.ts';
import { cornerOf, CARD_WIDTH } from './cardPlace.ts';
import { ORIGIN } from './page.ts';
import { webPreferences } from './window.ts';

/** The card's own entry of the page; `#edit` opens the offer as a text field. */
const PAGE = `${ORIGIN}/card.html`;

/** Milliseconds until a card whose page crashed is made again. */
const AGAIN = 1000;

/** Whether a window that stands can be given the focus later; on Linux that is fixed when it is made. */
const changesFocus = (platform: NodeJS.Platform) => platform !== 'linux';

/**
 * Options of the card's window: no frame, no task bar, above all others, and never the focus; a click acts on it at once.
 * On Linux `focusable: false` leaves the window manager out of it, so that nobody can hand it the focus.
 */
export function cardOptions(preload: string, focusable: boolean): Electron.BrowserWindowConstructorOptions {
  return {
    width: CARD_WIDTH,
    height: 160,
    useContentSize: true,
    show: false,
    frame: false,
    transparent: false,
    hasShadow: true,
    resizable: false,
    movable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    focusable,
    acceptFirstMouse: true,
    title: 'Beforehand: suggestion',
    // Hidden it must lay out what it will show; what is hidden long holds nothing that moves.
    webPreferences: { ...webPreferences(preload), backgroundThrottling: false },
  };
}

/** The suggestion card as a window of its own: made once, hidden while there is nothing to show. */
export function createCardWindow(
  context: Context,
  platform: NodeJS.Platform = process.platform,
): { readonly window: () => Electron.BrowserWindow } {
  const { api } = context;
  let current: Electron.BrowserWindow;
  let height = 0;
  let typing = false;
  let display: number | null = null;

  const visible = () => current.isVisible();

  /** Bottom right of the display where the pointer was when it came; it stays on that one while it is there. */
  function place(): void {
    const { screen } = api;
    const kept = screen.getAllDisplays().find((each) => each.id === display);
    const here = visible() && kept ? kept : screen.getDisplayNearestPoint(screen.getCursorScreenPoint());
    display = here.id;
    current.setBounds(cornerOf(here.workArea, height));
  }

  async function overFullScreen(): Promise<boolean> {
    try {
      return !(await context.core().handlers['settings.get']({})).holds.fullScreen;
    } catch {
      return false;
    }
  }

  async function show(): Promise<void> {
    const over = await overFullScreen();
    // By now it may have been answered, or made anew.
    if (height === 0 || current.isDestroyed()) return;
    place();
    if (visible()) return;
    current.setVisibleOnAllWorkspaces(true, { visibleOnFullScreen: over, skipTransformProcessType: true });
    current.setAlwaysOnTop(true, over ? 'screen-saver' : 'floating');
    if (typing) current.show();
    else current.showInactive();
  }

  function hide(): void {
    height = 0;
    if (typing) type(false);
    current.hide();
    // A window that had to be made for typing gives way to one that cannot take the focus.
    if (current.isFocusable() && !changesFocus(platform)) remake(false);
  }

  function size(next: number): void {
    height = next;
    if (height === 0) hide();
    else if (visible()) place();
    else void show();
  }

  function type(now: boolean): void {
    if (now === typing) return;
    typing = now;
    if (!changesFocus(platform)) {
      if (now) remake(true);
      else current.blur();
      return;
    }
    current.setFocusable(now);
    if (now) current.focus();
    else current.blur();
  }

  function remake(focusable: boolean): void {
    const before = current;
    make(focusable);
    before.destroy();
  }

  function make(focusable: boolean): void {
    const window = new api.BrowserWindow(cardOptions(context.preload, focusable));
    current = window;
    const core = context.core();
    const ours = () => current === window;
    servePage(
      window.webContents,
      {
        ...core.handlers,
        'card.size': ({ height: next }) => {
          if (ours()) size(next);
          return {};
        },
        'card.typing': ({ typing: now }) => {
          if (ours()) type(now);
          return {};
        },
        'card.copy': async ({ text, html }) => {
          await api.clipboard.write([new api.ClipboardItem({ 'text/plain': text, 'text/html': html })]);
          return { copied: true };
        },
      },
      (publish) => core.subscribe(publish),
    );
    window.on('close', (event) => {
      if (context.quitting()) return;
      event.preventDefault();
      if (ours()) hide();
    });
    window.webContents.on('render-process-gone', () => {
      if (!ours() || context.quitting()) return;
      height = 0;
      window.hide();
      setTimeout(() => ours() && !context.quitting() && remake(false), AGAIN).unref();
    });
    void window.loadURL(focusable ? `${PAGE}#edit` : PAGE);
  }

  make(false);
  for (const event of ['display-added', 'display-removed', 'display-metrics-changed'] as const) {
    api.screen.on(event as 'display-added', () => height > 0 && visible() && place());
  }
  // What a core that is gone had offered cannot be answered.
  context.core().onState((state) => {
    if (state === null && height > 0) hide();
  });
  return { window: () => current };
}

/** Keeps the card ready from the start: it must be there at once when it is needed. */
export const cardWindow: Module = {
  name: 'cardWindow',
  enable: (context) => void createCardWindow(context),
};
