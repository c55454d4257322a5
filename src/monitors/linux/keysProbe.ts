import type { Sync } from 'x11';
import type { Probe } from '../../model/monitor.ts';
import type { Connection } from './connection.ts';

/** X11 protocol: code of the request that does nothing. */
export const NO_OPERATION = 127;

/** Milliseconds in which the server records a request, and by which a key may be known earlier to it than to us. */
const ECHO_MS = 1_000;
const LATE_MS = 1_500;
/** The master keyboard is always device 3 (X Input Extension 2, reserved devices); each device has a counter. */
const KEYBOARD_IDLE = 'DEVICEIDLETIME 3';

/** What a recording has heard so far. */
export interface Recording {
  readonly echoes: number;
  /** Of the last key pressed or let go, on the steady clock (milliseconds); no key itself. */
  readonly lastKey: number;
}

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/**
 * Whether keys are still recorded. End to end: a request that does nothing is sent on the other connection and must
 * come back through the recording, the same way as keys do. And by the display's own count: when its keyboard was used
 * last, a key must have been recorded. Neither makes up a key, which would wake a screen and count as input.
 */
export async function createKeysProbe(control: Connection, recording: Recording): Promise<Probe> {
  const { X } = control;
  const sync = await control.ask<Sync>((reply) => X.require('sync', reply));
  const counters =
    sync && (await control.ask<readonly { counter: number; name: string }[]>(sync.ListSystemCounters));
  const keyboard = counters?.find(({ name }) => name === KEYBOARD_IDLE);
  const opened = performance.now();

  const send = () => {
    X.seq_num++;
    X.pack_stream.put(Buffer.from([NO_OPERATION, 0, 1, 0]));
    X.pack_stream.submit();
  };

  const echoed = async (before: number): Promise<boolean> => {
    for (const end = performance.now() + ECHO_MS; performance.now() < end; await after(20)) {
      if (recording.echoes !== before) return true;
    }
    return recording.echoes !== before;
  };

  /** Whether the display knows of a key that was not recorded. */
  const unheard = async (): Promise<boolean> => {
    if (!sync || !keyboard) return false;
    const idle = await control.ask<number>((reply) => sync.QueryCounter(keyboard.counter, reply));
    if (idle === null) return false;
    const used = performance.now() - idle;
    return used > opened + LATE_MS && used > recording.lastKey + LATE_MS;
  };

  return {
    proof:
      'a request that does nothing comes back through the recording, and no key is known to the display alone',
    async run() {
      const before = recording.echoes;
      send();
      // A round trip behind the request: the echo is here by then, as a rule.
      const lost = await unheard();
      if (!(await echoed(before))) return { ok: false, restart: true, reason: UNHOOKED };
      if (lost && (await after(500).then(unheard))) return { ok: false, restart: true, reason: DEAF };
      return { ok: true };
    },
  };
}

const UNHOOKED = 'key presses are not recorded any more: another program ended the recording';
const DEAF = 'the display has seen keys that were not recorded';
