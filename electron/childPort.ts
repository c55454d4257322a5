/* oxlint-disable unicorn/require-post-message-target-origin -- these are Electron's ports: they have no origin */
/** A child's end of the channel to the core. */
export interface ChildPort {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** Waits for the port that the main process hands over first; when the core is gone, so is this process. */
export function childPort(): Promise<ChildPort> {
  process.on('unhandledRejection', () => process.exit(70));
  return new Promise((resolve) => {
    process.parentPort.once('message', ({ ports: [port] }) => {
      if (!port) process.exit(64);
      port.on('close', () => process.exit(0));
      resolve({
        send: (message) => port.postMessage(message),
        onMessage(listener) {
          port.on('message', ({ data }) => listener(data));
          port.start();
        },
      });
    });
  });
}
