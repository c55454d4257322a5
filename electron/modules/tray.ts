import type Electron from 'electron';
import type { AppState } from '../../src/contract.ts';
import { captureLine } from '../../src/model/captureLine.ts';
import { studyLine } from '../../src/model/studyLine.ts';
import { drawIcon, type Capture } from '../icons.ts';
import type { Context, Module } from '../context.ts';

/** What the tray says in words, for who cannot or does not see the shape: the line that every surface shows. */
export function trayWords(state: AppState | null): { readonly capture: Capture; readonly words: string } {
  if (!state) return { capture: 'wrong', words: 'Beforehand: starting again' };
  return { capture: state.capture, words: `Beforehand: ${captureLine(state)}` };
}

/** A core that is down just now cannot be asked: the tray shows that it is. */
async function tryIt(job: () => unknown): Promise<void> {
  try {
    await job();
  } catch {}
}

const PAUSES = [
  { label: 'For 15 minutes', how: { minutes: 15 } },
  { label: 'For an hour', how: { minutes: 60 } },
  { label: 'Until tomorrow', how: { until: 'tomorrow' } },
  { label: 'Until I resume', how: { minutes: null } },
] as const;

/** Menu of the tray in a state. */
export function trayMenu(context: Context, state: AppState | null): Electron.MenuItemConstructorOptions[] {
  const { handlers } = context.core();
  const paused = state?.capture === 'paused';
  return [
    { label: trayWords(state).words, enabled: false },
    ...(state?.study
      ? [
          { label: studyLine(state.study), enabled: false },
          { label: 'End the study', click: () => void tryIt(() => handlers['study.end']({})) },
        ]
      : []),
    { type: 'separator' },
    { label: 'Open', click: () => context.window().show() },
    paused
      ? { label: 'Resume', click: () => void tryIt(() => handlers['capture.resume']({})) }
      : {
          label: 'Pause',
          enabled: state !== null,
          submenu: PAUSES.map(({ label, how }) => ({
            label,
            click: () => void tryIt(() => handlers['capture.pause'](how)),
          })),
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
