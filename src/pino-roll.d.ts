declare module 'pino-roll' {
  import type { EventEmitter } from 'node:events';

  /** Opens a stream whose file turns over at `size`; the package brings no types (its README, 4.0.0). */
  export default function roll(options: {
    readonly file: string;
    readonly extension: string;
    readonly size: string;
    readonly limit: { readonly count: number; readonly removeOtherLogFiles: boolean };
    readonly mode: number;
    readonly sync: boolean;
  }): Promise<EventEmitter & { write(line: string): boolean; end(): void }>;
}
