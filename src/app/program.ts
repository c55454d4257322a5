import type { Assistant } from '../contract.ts';
import { AppError } from '../errors.ts';
import type { Clock, Ports } from '../model/ports.ts';
import type { ProgramState, UpdateState } from '../model/program.ts';
import type { Settings } from '../model/settings.ts';
import type { Handlers, Publish } from '../rpc.ts';

/** The feed is asked this often, ms: a release is no news that a day would spoil. */
const DAY_MS = 86_400_000;
/** And not while the program starts, ms. */
const FIRST_MS = 120_000;

type Channels = Pick<
  Handlers<Assistant>,
  'program.get' | 'program.startAtLogin' | 'updates.check' | 'updates.download' | 'updates.install'
>;

/** The program as the system has it: its start with the session, its newer versions, its log files. */
export interface Program {
  readonly channels: Channels;
  /** Takes up a change of the settings. */
  follow(settings: Settings): void;
  close(): void;
}

/** `timer` is the system's unless told; it returns how to cancel it. */
export function createProgram(options: {
  readonly ports: Pick<Ports, 'login' | 'updates'>;
  readonly clock: Clock;
  readonly settings: () => Settings;
  readonly host: 'desktop' | 'browser' | 'headless';
  readonly demo: boolean;
  readonly logs: string;
  readonly publish: Publish<Assistant>;
  readonly after?: (ms: number, job: () => void) => () => void;
}): Program {
  const { settings, host, demo, clock } = options;
  const login = demo ? undefined : options.ports.login;
  const updates = demo ? undefined : options.ports.updates;
  const after = options.after ?? systemAfter;
  let asked: number | null = null;
  let cancel: (() => void) | null = null;

  const newer = (): UpdateState => {
    const known = updates?.state() ?? { state: 'unavailable', why: demo ? 'demo' : 'browser' };
    return known.state === 'unavailable' || settings().updates ? known : { state: 'off' };
  };
  const read = async (): Promise<ProgramState> => {
    const on = (await login?.read()) ?? null;
    const why = demo ? 'demo' : host === 'headless' ? 'headless' : 'system';
    return {
      startAtLogin: on === null ? { can: false, on: false, why } : { can: true, on },
      updates: newer(),
      logs: options.logs,
    };
  };
  const tell = () => void read().then((state) => options.publish('program', state));
  const chosen = () => {
    if (updates && newer().state !== 'unavailable' && settings().updates) return updates;
    throw new AppError(
      'refused',
      '[updates] newer versions are not asked for: choose it in Settings, Program, first.',
    );
  };
  const check = () => {
    asked = clock.now();
    updates?.check();
  };
  const plan = (wait: number) => {
    cancel?.();
    cancel = null;
    if (!updates || newer().state === 'unavailable' || !settings().updates) return;
    cancel = after(wait, () => {
      const busy = ['found', 'downloading', 'ready', 'checking'].includes(newer().state);
      if (!busy) check();
      plan(DAY_MS);
    });
  };
  let followed = settings().updates;
  updates?.onState(tell);
  plan(FIRST_MS);

  return {
    channels: {
      'program.get': read,
      async 'program.startAtLogin'({ on }) {
        if (!login || (await login.read()) === null) {
          throw new AppError(
            'refused',
            '[login] this system does not let Beforehand start with the session: start it yourself.',
          );
        }
        await login.write(on);
        tell();
        return read();
      },
      'updates.check'() {
        chosen();
        // A page that asks in a loop must not become a beacon.
        if (asked === null || clock.now() - asked >= 10_000 || clock.now() < asked) check();
        return read();
      },
      'updates.download'() {
        const port = chosen();
        if (port.state().state === 'found') port.download();
        return read();
      },
      'updates.install'() {
        const port = chosen();
        if (port.state().state === 'ready') port.install();
        return read();
      },
    },
    follow(now) {
      if (now.updates === followed) return;
      followed = now.updates;
      plan(FIRST_MS);
      tell();
    },
    close() {
      cancel?.();
      cancel = null;
    },
  };
}

function systemAfter(ms: number, job: () => void): () => void {
  const timer = setTimeout(job, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
