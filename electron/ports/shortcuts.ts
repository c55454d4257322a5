import type Electron from 'electron';
import { chordWords, readChord } from '../../src/model/chord.ts';
import type { Refusals } from '../../src/model/ports.ts';
import type { ToCore } from '../messages.ts';

/** Keys that work in every app, taken by the main process for the core. */
export interface ElectronShortcuts {
  /** Takes exactly these and gives earlier ones back; the answer names those that could not be taken and why. */
  take(accelerators: readonly string[]): Refusals;
  /** Gives all back, as when the core is gone: a key that does nothing must not be kept from others. */
  clear(): void;
}

/** Registers what the core wants with Electron and tells it each press. */
export function createElectronShortcuts(
  globalShortcut: Electron.GlobalShortcut,
  tell: (message: ToCore) => void,
): ElectronShortcuts {
  const register = (accelerator: string): boolean => {
    try {
      return (
        readChord(accelerator) !== null &&
        globalShortcut.register(accelerator, () => tell({ kind: 'pressed', accelerator }))
      );
    } catch {
      // Electron throws for a key that this platform has no name for.
      return false;
    }
  };
  return {
    take(accelerators) {
      globalShortcut.unregisterAll();
      const refused = accelerators.filter((each) => !register(each));
      return Object.fromEntries(refused.map((each) => [each, `another program holds ${chordWords(each)}`]));
    },
    clear: () => globalShortcut.unregisterAll(),
  };
}
