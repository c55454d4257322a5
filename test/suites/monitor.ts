import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { Event } from '../../src/model/event.ts';
import type { Guard, Verdict, Context } from '../../src/model/guard.ts';
import { Health, type Monitor } from '../../src/model/monitor.ts';
import { until } from '../until.ts';

/** What the suite needs of one monitor. */
export interface MonitorUnderTest {
  readonly monitor: Monitor;
  /** Makes the source do something that must be emitted; called again until an event came. */
  provoke(): Promise<void> | void;
  /** Kills the source, as roughly as it can die, and brings it back. Absent: it has nothing that could die. */
  readonly source?: { kill(): Promise<void> | void; revive(): Promise<void> | void };
  close?(): Promise<void> | void;
}

/** A Guard that gives one verdict, takes note of what it was asked, and marks what it redacted. */
export function recordingGuard(verdict: Verdict | ((context: Context) => Verdict) = { allow: 'content' }) {
  const asked: Context[] = [];
  const redacted: string[] = [];
  const guard: Guard = {
    before(context) {
      asked.push(context);
      return typeof verdict === 'function' ? verdict(context) : verdict;
    },
    redact(text) {
      redacted.push(text);
      return { text: text.replaceAll(/sk-[a-z0-9]+/g, '<TOKEN>'), found: {} };
    },
    counts: () => ({ kept: 0, redacted: 0, dropped: 0, reasons: {}, sources: {} }),
  };
  return { guard, asked, redacted };
}

/** Milliseconds in which nothing more may come after a stop. */
const QUIET = 400;

/** Stirs the source until `more` events came. Rarely: a burst of typing ends only when nobody types. */
const provoke = (under: MonitorUnderTest, events: Event[], more = 1) => {
  const wanted = events.length + more;
  let next = 0;
  return until(
    `an event of ${under.monitor.name}`,
    async () => {
      if (performance.now() > next) {
        await under.provoke();
        next = performance.now() + 3500;
      }
      return events.length >= wanted;
    },
    20_000,
  );
};

/** What every monitor must do, whatever it watches. */
export function testMonitor(name: string, setup: () => Promise<MonitorUnderTest>): void {
  const using = (body: (under: MonitorUnderTest, events: Event[]) => Promise<void>) => async () => {
    const under = await setup();
    try {
      await body(under, []);
    } finally {
      await under.close?.();
    }
  };

  describe(`monitor ${name}`, () => {
    it(
      'is off before it starts, healthy while it watches, and counts what it emits',
      using(async (under, events) => {
        const { monitor } = under;
        expect(monitor.health()).toMatchObject({ name: monitor.name, state: 'off', events: 0 });
        const stop = await monitor.start((event) => events.push(event));
        expect(monitor.health().state).toBe('healthy');
        await provoke(under, events);
        const health = Health.parse(monitor.health());
        expect(health.events).toBe(events.length);
        expect(health.lastEventAt).toBeGreaterThan(0);
        await stop();
        expect(monitor.health().state).toBe('off');
        for (const event of events) expect(Event.parse(event)).toEqual(event);
      }),
    );

    it(
      'emits nothing after its stop, which may be called twice, and starts again',
      using(async (under, events) => {
        const { monitor } = under;
        const stop = await monitor.start((event) => events.push(event));
        await provoke(under, events);
        await Promise.all([stop(), stop()]);
        const before = events.length;
        await under.provoke();
        await new Promise((resolve) => setTimeout(resolve, QUIET));
        expect(events.length).toBe(before);

        const again = await monitor.start((event) => events.push(event));
        await provoke(under, events);
        await again();
        await stop();
        expect(events.length).toBeGreaterThan(before);
      }),
    );

    it(
      'refuses to be started twice',
      using(async ({ monitor }) => {
        const stop = await monitor.start(() => {});
        await expect(monitor.start(() => {})).rejects.toMatchObject({ code: 'already-running' });
        await stop();
      }),
    );

    it(
      'survives its source dying: unhealthy within a second, well again when it is back',
      using(async (under, events) => {
        if (!under.source) return;
        const { monitor } = under;
        const stop = await monitor.start((event) => events.push(event));
        await provoke(under, events);
        await under.source.kill();
        // Generous against a busy machine; the contract says a second, and the desktop test measures it.
        await until(`${name} to be unhealthy`, () => monitor.health().state === 'unhealthy', 5000);
        expect(monitor.health().reason).toMatch(/^\[/);
        expect(monitor.health().mend).toBeTruthy();
        await under.source.revive();
        await until(
          `${name} to be healthy again`,
          async () => {
            // As its host does: a window manager comes a little later than its display.
            await monitor.check?.();
            return monitor.health().state === 'healthy';
          },
          20_000,
          200,
        );
        await provoke(under, events);
        await stop();
      }),
    );
  });
}

/** A monitor whose platform lacks what it needs: it rejects with an AppError, and its health says why. */
export async function expectMissing(monitor: Monitor, code: AppError['code']): Promise<void> {
  const error = await monitor
    .start(() => {})
    .then(
      () => null,
      (thrown: unknown) => thrown,
    );
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code });
  const health = Health.parse(monitor.health());
  expect(health.state).toBe('missing');
  expect(health.reason).toContain(`[monitor:${monitor.name}]`);
  expect(health.mend).toBeTruthy();
}
