import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort, startClients } from '../server/activityWatch.ts';
import { until } from '../until.ts';
import { needsActivityWatch, python, startServer } from './python.ts';

/** Sends heartbeats by the real client: straight, or through its queue, which merges by itself first. */
const CLIENT = `
import sys
from datetime import datetime, timedelta, timezone
from aw_client import ActivityWatchClient
from aw_core.models import Event
port, queued = int(sys.argv[1]), sys.argv[2] == "queued"
client = ActivityWatchClient(sys.argv[3], host="127.0.0.1", port=port)
bucket, kind = client.client_name + "_" + client.client_hostname, sys.argv[4]
print(client.get_info()["version"])
client.create_bucket(bucket, event_type=kind, queued=queued)
client.create_bucket(bucket, event_type=kind, queued=queued)
with client:
    start = datetime.now(timezone.utc) - timedelta(seconds=float(sys.argv[5]))
    titles = ["one"] * 5 + ["two"] * 5 + ["three"]
    for n, title in enumerate(titles):
        at = start + timedelta(milliseconds=20 * n)
        data = {"url": "https://example.org/" + title, "title": title, "audible": False, "incognito": False, "tabCount": 2}
        client.heartbeat(bucket, Event(timestamp=at, duration=0, data=data), pulsetime=10, queued=queued, commit_interval=0.001)
    # Its queue is sent by a thread of its own, so it stays until the test has seen enough.
    sys.stdin.read()
print("sent")
`;

await needsActivityWatch('ActivityWatch itself', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'aw-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it.each(['direct', 'queued'])(
    'its Python client sends heartbeats to our port: %s',
    { timeout: 60_000 },
    async (way) => {
      const clients = await startClients();
      try {
        const begun = () => clients.pulses.filter((each) => each.isNew).map((each) => each.data['title']);
        // The queue holds back what may still grow.
        const titles = way === 'queued' ? ['one', 'two'] : ['one', 'two', 'three'];
        const seen = () => until('the heartbeats', () => begun().length >= titles.length, 30_000);
        const args = [String(clients.port), way, 'aw-watcher-web-firefox', 'web.tab.current', '0.5'];
        expect(await python(home, CLIENT, args, seen)).toMatch(/^v\d[\s\S]*sent/);
        expect(begun()).toEqual(titles);
        const one = clients.pulses.findLast((each) => each.data['title'] === 'one');
        expect(one?.duration).toBe(80);
      } finally {
        await clients.stop();
      }
    },
  );

  it(
    'its server has the port: it is read, through the same merge; when it ends the port is ours',
    { timeout: 90_000 },
    async () => {
      const port = await freePort();
      const server = startServer(home, port);
      const get = () =>
        fetch(`http://127.0.0.1:${port}/api/0/info`).then(
          (answer) => answer.ok,
          () => false,
        );
      await until('the server', get, 30_000, 100);
      const clients = await startClients({ port, pollMs: 200 });
      try {
        expect(clients.notes.at(-1)).toContain(`has port ${port}`);
        // Nothing from before the first look is read, so these begin now.
        const send = (client: string, type: string) =>
          python(home, CLIENT, [String(port), 'direct', client, type, '0']);
        await send('aw-watcher-web-firefox', 'web.tab.current');
        await send('aw-watcher-input', 'os.hid.input');
        const begun = () => clients.pulses.filter((each) => each.isNew).map((each) => each.data['title']);
        await until('the pages', () => begun().length >= 3, 20_000, 100);
        expect(begun()).toEqual(['one', 'two', 'three']);
        expect(new Set(clients.pulses.map((each) => each.type))).toEqual(new Set(['web.tab.current']));
        expect(clients.pulses.findLast((each) => each.data['title'] === 'one')?.duration).toBe(80);
        // Read again and again, it stays the same events.
        const before = clients.pulses.length;
        await until('more readings', () => clients.pulses.length > before + 2, 20_000, 100);
        expect(begun()).toHaveLength(3);
        expect(clients.deaths).toEqual([]);
        await server.stop();
        await until('the end to be noticed', () => clients.deaths.length > 0, 20_000, 100);
        expect(String(clients.deaths[0])).toContain('does not answer any more');
        await clients.detach();
        await clients.open();
        expect((await clients.post('buckets/b', { client: 'c', type: 't', hostname: 'h' })).status).toBe(200);
      } finally {
        await server.stop();
        await clients.stop();
      }
    },
  );
});
