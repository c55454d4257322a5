import type Electron from 'electron';
import { chordWords, readChord, type Refusal } from '../../src/model/chord.ts';
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
  const register = (accelerator: string): Refusal | null => {
    const words = chordWords(accelerator);
    const unknown: Refusal = { code: 'noKey', reason: `this keyboard has no key for ${words}` };
    if (readChord(accelerator) === null) return unknown;
    try {
      if (globalShortcut.register(accelerator, () => tell({ kind: 'pressed', accelerator }))) return null;
    } catch {
      // Electron throws for a key that this platform has no name for.
      return unknown;
    }
    // Electron does not say why.
    return {
      code: 'notLent',
      reason: `the system did not lend ${words}: another program may hold it`,
    };
  };
  return {
    take(accelerators) {
      globalShortcut.unregisterAll();
      return Object.fromEntries(
        accelerators.flatMap((each) => {
          const refusal = register(each);
          return refusal ? [[each, refusal]] : [];
        }),
      );
    },
    clear: () => globalShortcut.unregisterAll(),
  };
}
