import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A private message bus that can start nothing by itself. */
export interface PrivateBus {
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts dbus-daemon; `address` takes the place of a bus that was stopped. */
export async function startBus(
  options: { readonly env?: NodeJS.ProcessEnv; readonly address?: string } = {},
): Promise<PrivateBus> {
  const place = options.address?.match(/path=([^,]*)/)?.[1];
  const folder = place ? dirname(place) : mkdtempSync(join(tmpdir(), 'bus-'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const config = join(folder, 'bus.conf');
  writeFileSync(
    config,
    `<busconfig><type>session</type>
    <listen>unix:path=${join(folder, 'socket')}</listen>
    <policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
    <allow own="*"/></policy></busconfig>`,
  );
  const child = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: options.env ?? process.env,
  });
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk) => resolve(String(chunk).trim()));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`dbus-daemon ended with ${code}`)));
  });
  return {
    address,
    async stop() {
      await ended(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Ends a process that the test started, and waits for it. */
export async function ended(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), 2000);
  await gone;
  clearTimeout(timer);
}
