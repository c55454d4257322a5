import type Electron from 'electron';
import type { AppState } from '../../src/contract.ts';
import { drawIcon, type Capture } from '../icons.ts';
import type { Context, Module } from '../context.ts';

/** What the tray says in words, for who cannot or does not see the shape. */
export function trayWords(state: AppState | null): { readonly capture: Capture; readonly words: string } {
  if (!state) return { capture: 'wrong', words: 'Beforehand: starting again' };
  const stalled = state.sources.find((source) => source.state === 'unhealthy');
  const why = state.reason ?? (stalled ? `${stalled.name} has stopped` : '');
  switch (state.capture) {
    case 'watching':
      return { capture: 'watching', words: 'Beforehand: watching' };
    case 'paused':
      return { capture: 'paused', words: `Beforehand: paused${until(state.pausedUntil)}` };
    case 'wrong':
      return { capture: 'wrong', words: `Beforehand: ${why || 'something is wrong'}` };
  }
}

function until(at: number | null): string {
  if (!at) return '';
  return ` until ${new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}`;
}

/** A core that is down just now cannot be asked: the tray shows that it is. */
async function tryIt(job: () => unknown): Promise<void> {
  try {
    await job();
  } catch {}
}

/** Menu of the tray in a state. */
export function trayMenu(context: Context, state: AppState | null): Electron.MenuItemConstructorOptions[] {
  const { handlers } = context.core();
  const paused = state?.capture === 'paused';
  return [
    { label: trayWords(state).words, enabled: false },
    { type: 'separator' },
    { label: 'Open', click: () => context.window().show() },
    paused
      ? { label: 'Resume', click: () => void tryIt(() => handlers['capture.resume']({})) }
      : {
          label: 'Pause',
          enabled: state !== null,
          submenu: [
            {
              label: 'For 15 minutes',
              click: () => void tryIt(() => handlers['capture.pause']({ minutes: 15 })),
            },
            {
              label: 'For an hour',
              click: () => void tryIt(() => handlers['capture.pause']({ minutes: 60 })),
            },
            {
              label: 'Until I resume',
              click: () => void tryIt(() => handlers['capture.pause']({ minutes: null })),
            },
          ],
        },
    { type: 'separator' },
    { label: 'Quit', click: () => context.api.app.quit() },
  ];
}

/** Shows whether the assistant watches: three states told apart by shape, and in words. */
export const tray: Module = {
  name: 'tray',
  enable(context) {
    const { api } = context;
    const images = Object.fromEntries(
      (['watching', 'paused', 'wrong'] as const).map((capture) => {
        const image = api.nativeImage.createFromBuffer(drawIcon(capture, 22));
        image.addRepresentation({ scaleFactor: 2, buffer: drawIcon(capture, 44) });
        return [capture, image];
      }),
    ) as Record<Capture, Electron.NativeImage>;
    const item = new api.Tray(images.wrong);
    const show = (state: AppState | null) => {
      const { capture, words } = trayWords(state);
      item.setImage(images[capture]);
      item.setToolTip(words.slice(0, 120));
      item.setContextMenu(api.Menu.buildFromTemplate(trayMenu(context, state)));
    };
    item.on('click', () => context.window().show());
    context.core().onState(show);
    show(context.core().state());
  },
};
