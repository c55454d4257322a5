import type Electron from 'electron';
import type { Api } from './api.ts';
import type { Place } from '../src/model/place.ts';
import type { Mishap } from '../src/model/program.ts';
import type { Core } from './core.ts';

/** What modules share. Created before the app is ready; `core` and the window are there once it is. */
export interface Context {
  readonly api: Api;
  /** Folder of the built page. */
  readonly page: string;
  /** The preload script. */
  readonly preload: string;
  /** What the program was started with. */
  readonly args: readonly string[];
  core(): Core;
  /** The window, made when there is none. */
  window(): Electron.BrowserWindow;
  /** Brings the window to the front, at a place where one is named. */
  show(place?: Place): void;
  /** True once the user asked to quit: closing the window then ends the program. */
  quitting(): boolean;
  /** Has the page say what happened: once it was made again, or `now`. */
  mishap(part: Mishap['part'], now?: boolean): void;
  /** What the page is still to say; asked when it listens. */
  takeMishaps(): readonly Mishap['part'][];
}

/** One concern of the main process. `early` runs before the app is ready, and returns false to end the program. */
export interface Module {
  readonly name: string;
  early?(context: Context): boolean | void;
  enable?(context: Context): void;
}
