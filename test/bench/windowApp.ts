/**
 * The assistant of the window bench, in a process of its own: the real core over a real log, served to a browser, with
 * one source more that brings what the bench asks for over IPC.
 *
 *     node test/bench/windowApp.ts HOME      sends { url } when it is ready; answers { flood, rate, seconds } when done
 */
import { createApp } from '../../src/app.ts';
import type { Event } from '../../src/model/event.ts';
import { newId } from '../../src/model/id.ts';
import type { Emit, Monitor } from '../../src/model/monitor.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import { createPaths } from '../../src/paths.ts';
import { createGuard } from '../../src/privacy/privacy.ts';
import { startServer } from '../../src/server/server.ts';
import { through } from './burstApp.ts';

/**
 * `mixed`: windows, files and copies as monitors bring them, which the observer joins to few observations. `distinct`: each
 * event becomes an observation of its own, the worst that a page can be told.
 */
export type Flood = 'mixed' | 'distinct';

/** What the bench asks of the process. */
export type Ask =
  | { readonly flood: Flood; readonly rate: number; readonly seconds: number }
  | { readonly link: true };

const TICK_MS = 5;
const APPS = ['Code', 'Firefox', 'Writer'];

function distinct(n: number): Event {
  const sentence = `The user looks at figure ${n} of the long report.`;
  const base = { id: newId(), at: Date.now(), duration: 0, app: APPS[n % APPS.length]! };
  return { ...base, monitor: 'import', kind: 'described', data: { sentence } };
}

async function serveWindow(home: string): Promise<void> {
  let emit: Emit = () => {};
  const monitor: Monitor = {
    name: 'burst',
    start: async (to) => {
      emit = to;
      return async () => {};
    },
    health: () => ({ name: 'burst', state: 'healthy', events: 0, restarts: 0 }),
  };
  const unused = () => {
    throw new Error('not in this bench');
  };
  const paths = createPaths({ env: { BEFOREHAND_HOME: home, XDG_RUNTIME_DIR: home } });
  const settings = Settings.parse({});
  const guard = createGuard({ settings: () => settings });
  const app = await createApp({
    paths,
    ports: {
      clock: systemClock,
      spawn: unused,
      notify: { available: async () => false, show: unused, close: async () => {} },
      open: { search: async () => {}, open: async () => {} },
    },
    host: 'browser',
    demo: false,
    version: '0.0.0',
    sense: () => ({ monitors: [monitor], focus: () => ({ source: 'window' }) }),
  });
  const server = await startServer({ paths, handlers: app.handlers, subscribe: app.subscribe });

  process.on('message', (ask: Ask) => {
    if ('link' in ask) process.send!({ url: server.freshUrl() });
    else void flood(ask).then((sent) => process.send!({ sent }));
  });
  async function flood(ask: Extract<Ask, { flood: Flood }>): Promise<number> {
    const total = ask.rate * ask.seconds;
    const began = performance.now();
    for (let n = 0; n < total;) {
      const due = Math.min(total, Math.round(((performance.now() - began) / 1000) * ask.rate));
      for (; n < due; n++) {
        const event = ask.flood === 'mixed' ? through(guard, n) : distinct(n);
        if (event) emit(event);
      }
      await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    }
    return total;
  }
  process.on(
    'disconnect',
    () =>
      void server
        .close()
        .then(app.close)
        .finally(() => process.exit(0)),
  );
  process.send!({ url: server.url });
}

if (process.argv[1] === import.meta.filename) await serveWindow(process.argv[2] ?? '');
