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
}

/** Idle time as a host lends it (Electron's `powerMonitor.getSystemIdleTime`). */
export interface IdlePort {
  /** Milliseconds since the last input. */
  idle(): Promise<number>;
}

/** What a host may lend the monitors. */
export interface MonitorPorts {
  readonly clipboard?: ClipboardPort;
  readonly idle?: IdlePort;
}
