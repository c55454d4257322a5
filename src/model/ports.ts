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

/** Opens a web search in the user's browser. The address is built here from a fixed engine; callers give words only. */
export interface OpenPort {
  search(query: string): Promise<void>;
}

/** What a host lends the core. */
export interface Ports {
  readonly clock: Clock;
  readonly spawn: Spawn;
  readonly notify: NotifyPort;
  readonly open: OpenPort;
}

/** The system clock. */
export const systemClock: Clock = { now: () => Date.now() };
