import type { Refusal } from './chord.ts';
import type { LoginPort, UpdatesPort } from './program.ts';
import type { Place } from './place.ts';

/** Milliseconds since the epoch. Injected, so that a recorded day can be replayed and tests can wait for nothing. */
export interface Clock {
  now(): number;
}

/** A child process as the core sees it, whether Node or Electron made it. */
export interface Child {
  readonly pid: number | undefined;
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** `code` is null when a signal ended it. */
  onExit(listener: (code: number | null, signal: string | null) => void): void;
  kill(): void;
}

/** Starts one of the program's own entry files in a child process. The core never forks by itself. */
export type Spawn = (entry: 'llm' | 'keys', args?: readonly string[]) => Child;

/** A desktop notification that can be answered. `closed` without an action is a time-out or the user's ×. */
export interface NotifyPort {
  /** False where the desktop has no notifications; then nothing is shown and nobody is told. */
  available(): Promise<boolean>;
  show(note: {
    readonly title: string;
    readonly body: string;
    readonly actions: readonly { readonly key: string; readonly label: string }[];
    readonly onAction: (key: string) => void;
    readonly onClosed: (byUser: boolean) => void;
  }): Promise<{ close(): Promise<void> }>;
  close(): Promise<void>;
}

/** Keys that work in every app, as a host can take them. */
export interface ShortcutsPort {
  /**
   * Takes exactly these accelerators (Electron's spelling) and gives earlier ones back. Resolves with those that could
   * not be taken and why; never rejects.
   */
  take(accelerators: readonly string[]): Promise<Refusals>;
  /** Hears each press once, however long the keys are held. */
  onPressed(listener: (accelerator: string) => void): void;
  /** Hears what is refused now where that changed by itself: another keyboard layout, a display that came back. */
  onChanged(listener: (refusals: Refusals) => void): void;
  close(): Promise<void>;
}

/** Accelerators that could not be taken, and why. */
export type Refusals = Readonly<Record<string, Refusal>>;

/** The screen as the desktop tells of it. */
export interface ScreenPort {
  /** Whether it is locked; null where nobody tells. Never rejects. */
  locked(): Promise<boolean | null>;
}

/** The program's own window, where the host has one. */
export interface WindowPort {
  /** Brings it to the front, at a place where one is named. */
  show(place?: Place): void;
}

/** Opens things with the user's own programs. */
export interface OpenPort {
  /** A web search in the browser. The address is built behind the port from a fixed engine; callers give words only. */
  search(query: string): Promise<void>;
  /** A file, by its absolute path, with the program that the desktop has for it. The caller has seen to what it is. */
  open(path: string): Promise<void>;
}

/**
 * The clipboard as a host lends it where the core cannot read it by itself (Electron's `clipboard` in the main
 * process; Windows and macOS).
 */
export interface ClipboardPort {
  /** Grows with each copy: the change count of NSPasteboard, GetClipboardSequenceNumber on Windows. */
  changes(): Promise<number>;
  /** Names of the formats on offer; nothing else is read. */
  formats(): Promise<readonly string[]>;
  text(): Promise<string>;
  /** Bytes of a format; 0 where unknown. */
  bytes(format: string): Promise<number>;
  /**
   * The four bytes of a format that is a flag, e.g. Windows' CanIncludeInClipboardHistory, and nothing of any other
   * format; null where it cannot be read. Absent where the host reads no flags: then their presence means exclusion.
   */
  flag?(format: string): Promise<number | null>;
}

/** Idle time as a host lends it (Electron's `powerMonitor.getSystemIdleTime`). */
export interface IdlePort {
  /** Milliseconds since the last input. */
  idle(): Promise<number>;
}

/** The machine's power as a host lends it (Electron's `powerMonitor.isOnBatteryPower`); Linux is asked by the core itself. */
export interface PowerPort {
  /** Null where the host cannot tell. */
  onBattery(): Promise<boolean | null>;
}

/** What a host may lend the monitors. */
export interface MonitorPorts {
  readonly power?: PowerPort;
  readonly clipboard?: ClipboardPort;
  readonly idle?: IdlePort;
}

/** What a host lends the core; the monitors' part where the platform's monitors cannot read it by themselves. */
export interface Ports extends MonitorPorts {
  readonly clock: Clock;
  /** The system's own unless told. */
  readonly steady?: Steady;
  readonly spawn: Spawn;
  readonly notify: NotifyPort;
  readonly open: OpenPort;
  /** Absent where the program cannot be started with the session. */
  readonly login?: LoginPort;
  /** Absent where a newer version is had in another way. */
  readonly updates?: UpdatesPort;
  readonly shortcuts?: ShortcutsPort;
  readonly screen?: ScreenPort;
  readonly window?: WindowPort;
}

/** The system clock. */
export const systemClock: Clock = { now: () => Date.now() };

/**
 * Milliseconds that only ever grow, at the rate of real time, also while the machine is suspended: no change of the
 * wall clock touches them (CLOCK_BOOTTIME on Linux). Their zero means nothing.
 */
export type Steady = () => number;
