import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Proof } from '../../src/model/monitor.ts';
import { systemClock } from '../../src/model/ports.ts';
import { createProving } from '../../src/monitors/proving.ts';
import { createSupervised, type Life } from '../../src/monitors/supervised.ts';
import { until } from '../until.ts';

const OK: Proof = { ok: true };
const ILL: Proof = { ok: false, restart: false, reason: 'it hears nothing', mend: 'speak up' };
const DEAF: Proof = { ok: false, restart: true, reason: 'it is deaf' };

/** A source whose self-test answers what it is told to. */
function source() {
  const lives: Life[] = [];
  let answer: () => Promise<Proof> = async () => OK;
  const monitor = createSupervised({
    name: 'test',
    clock: systemClock,
    backOff: { first: 20, limit: 40 },
    async open(life) {
      lives.push(life);
      life.proves({ proof: 'it answers', run: () => answer() });
      return () => {};
    },
  });
  return { monitor, lives, answers: (next: () => Promise<Proof>) => (answer = next) };
}

describe('a source that proves itself', () => {
  it('is healthy by proof from its start, and says when and how', async () => {
    const { monitor } = source();
    const stop = await monitor.start(() => {});
    const first = monitor.health();
    expect(first).toMatchObject({ state: 'healthy', proof: 'it answers', provenAt: first.checkedAt });
    await stop();
    await monitor.check?.();
    expect(monitor.health()).toMatchObject({ state: 'off' });
    expect(monitor.health().provenAt).toBeUndefined();
  });

  it('names what its test found, keeps the last proof, and is well when the next one passes', async () => {
    const { monitor, answers } = source();
    const stop = await monitor.start(() => {});
    const proven = monitor.health().provenAt!;
    answers(async () => ILL);
    await until('another millisecond', () => Date.now() > proven);
    await monitor.check?.();
    const ill = monitor.health();
    expect(ill).toMatchObject({
      state: 'unhealthy',
      reason: '[monitor:test] it hears nothing',
      mend: 'speak up',
    });
    expect([ill.provenAt, ill.restarts]).toEqual([proven, 0]);
    expect(ill.checkedAt).toBeGreaterThan(proven);
    answers(async () => OK);
    await monitor.check?.();
    expect(monitor.health().state).toBe('healthy');
    expect(monitor.health().reason).toBeUndefined();
    await stop();
  });

  it('is opened anew when it is deaf, but not over and over when it is deaf from the start', async () => {
    const { monitor, answers, lives } = source();
    const stop = await monitor.start(() => {});
    answers(async () => DEAF);
    await monitor.check?.();
    await until('another life', () => lives.length === 2);
    await until('its test', () => monitor.health().state === 'unhealthy');
    await new Promise((resolve) => setTimeout(resolve, 120));
    expect(lives.length).toBe(2);
    answers(async () => OK);
    await monitor.check?.();
    expect(monitor.health()).toMatchObject({ state: 'healthy', restarts: 1 });
    await stop();
  });

  it('what the source says of itself comes back when the test passes again', async () => {
    const { monitor, answers, lives } = source();
    const stop = await monitor.start(() => {});
    lives[0]!.note({ state: 'healthy', reason: 'only half of it' });
    answers(async () => ILL);
    await monitor.check?.();
    expect(monitor.health().reason).toContain('it hears nothing');
    answers(async () => OK);
    await monitor.check?.();
    expect(monitor.health()).toMatchObject({ state: 'healthy', reason: 'only half of it' });
    await stop();
  });

  it('a test that can not be made is no proof, and twice in a row it is a fault', async () => {
    const { monitor, answers } = source();
    const stop = await monitor.start(() => {});
    const proven = monitor.health().provenAt!;
    await until('another millisecond', () => Date.now() > proven);
    answers(() => Promise.reject(new Error('the connection is gone')));
    await monitor.check?.();
    expect(monitor.health()).toMatchObject({ state: 'healthy', provenAt: proven });
    answers(() => {
      throw new Error('the connection is gone');
    });
    await monitor.check?.();
    expect(monitor.health()).toMatchObject({
      state: 'unhealthy',
      reason: '[monitor:test] its self-test could not be made: the connection is gone',
      provenAt: proven,
    });
    answers(async () => OK);
    await monitor.check?.();
    expect(monitor.health()).toMatchObject({ state: 'healthy' });
    expect(monitor.health().provenAt).toBeGreaterThan(proven);
    await stop();
  });

  it('a stop waits for no self-test', async () => {
    const { monitor, answers } = source();
    answers(() => new Promise(() => {}));
    const starting = monitor.start(() => {});
    const stop = await Promise.race([starting, until('a moment', () => false, 50).catch(() => null)]);
    expect(stop).toBeNull();
    await (
      await starting
    )();
    expect(monitor.health().state).toBe('off');
  });
});

it('a test that hangs is named after three seconds, not asked twice, given up after thirty, and heard late', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const answers: PromiseWithResolvers<Proof>[] = [];
  const deaf: string[] = [];
  const proving = createProving({ settled: () => {}, deaf: (error) => deaf.push(error.message) });
  proving.add({
    proof: 'it answers',
    run() {
      answers.push(Promise.withResolvers<Proof>());
      return answers.at(-1)!.promise;
    },
  });
  const first = proving.run();
  // Asked from elsewhere while the answer is due in time: nothing is wrong with that.
  await proving.run();
  expect([proving.fault(), answers.length]).toEqual([null, 1]);
  await vi.advanceTimersByTimeAsync(3000);
  await first;
  expect(proving.fault()?.reason).toMatch(/not answered its self-test for 3 s/);
  await vi.advanceTimersByTimeAsync(4000);
  await proving.run();
  expect([answers.length, deaf]).toEqual([1, []]);
  expect(proving.fault()?.reason).toMatch(/for 7 s/);
  answers[0]!.resolve(OK);
  await vi.advanceTimersByTimeAsync(0);
  expect(proving.fault()).toBeNull();
  void proving.run();
  await vi.advanceTimersByTimeAsync(31_000);
  await proving.run();
  expect(deaf).toEqual(['the system has not answered its self-test for 31 s']);
});
