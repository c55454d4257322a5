import type Electron from 'electron';
import type { AppState } from '../../src/contract.ts';
import { captureLine } from '../../src/model/captureLine.ts';
import { spokenLanguage } from '../../src/model/language.ts';
import { SPOKEN } from '../../src/model/spoken.ts';
import { studyLine } from '../../src/model/studyLine.ts';
import { drawIcon, type Capture } from '../icons.ts';
import type { Context, Module } from '../context.ts';

/** What the tray says in words, for who cannot or does not see the shape: the line that every surface shows. */
export function trayWords(state: AppState | null): { readonly capture: Capture; readonly words: string } {
  const language = languageIn(state);
  if (!state) return { capture: 'wrong', words: `Beforehand: ${SPOKEN[language].tray.starting}` };
  return { capture: state.capture, words: `Beforehand: ${captureLine(state, language)}` };
}

/** The core knows the choice; without it the system's language is as good a guess as any. */
const languageIn = (state: AppState | null) => state?.language ?? spokenLanguage('system');

/** A core that is down just now cannot be asked: the tray shows that it is. */
async function tryIt(job: () => unknown): Promise<void> {
  try {
    await job();
  } catch {}
}

const PAUSES = [
  { length: 'quarter', how: { minutes: 15 } },
  { length: 'hour', how: { minutes: 60 } },
  { length: 'tomorrow', how: { until: 'tomorrow' } },
  { length: 'open', how: { minutes: null } },
] as const;

/** Menu of the tray in a state. */
export function trayMenu(context: Context, state: AppState | null): Electron.MenuItemConstructorOptions[] {
  const { handlers } = context.core();
  const paused = state?.capture === 'paused';
  const language = languageIn(state);
  const words = SPOKEN[language].tray;
  return [
    { label: trayWords(state).words, enabled: false },
    ...(state?.study
      ? [
          { label: studyLine(state.study, language), enabled: false },
          { label: words.endStudy, click: () => void tryIt(() => handlers['study.end']({})) },
        ]
      : []),
    { type: 'separator' },
    { label: words.open, click: () => context.window().show() },
    paused
      ? { label: words.resume, click: () => void tryIt(() => handlers['capture.resume']({})) }
      : {
          label: words.pause,
          enabled: state !== null,
          submenu: PAUSES.map(({ length, how }) => ({
            label: words.pauses[length],
            click: () => void tryIt(() => handlers['capture.pause'](how)),
          })),
        },
    { type: 'separator' },
    { label: words.quit, click: () => context.api.app.quit() },
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
