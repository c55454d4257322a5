import { expect, it, onTestFinished, vi } from 'vitest';
import { createRetracting } from '../../src/app/retracting.ts';

function make() {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let full = false;
  const gone: string[][] = [];
  const errors: unknown[] = [];
  const onForgotten = vi.fn();
  const retracting = createRetracting({
    forget: async (events) => {
      if (full) throw new Error('the disk is full');
      gone.push(events);
    },
    onForgotten,
    onError: (thrown) => void errors.push(thrown),
    againMs: 1000,
  });
  return { retracting, gone, errors, onForgotten, fill: (now: boolean) => (full = now) };
}

it('forgets at once; what comes while it works goes together', async () => {
  const { retracting, gone, onForgotten } = make();
  for (const each of ['a', 'b', 'c']) retracting.take(each);
  await vi.advanceTimersByTimeAsync(0);
  expect(gone).toEqual([['a'], ['b', 'c']]);
  expect(onForgotten).toHaveBeenCalledTimes(2);
});

it('what the log refuses is tried until it is gone, and told of once', async () => {
  const { retracting, gone, errors, fill } = make();
  fill(true);
  retracting.take('a');
  await vi.advanceTimersByTimeAsync(3500);
  retracting.take('b');
  await vi.advanceTimersByTimeAsync(10);
  expect([gone, errors.length]).toEqual([[], 1]);
  fill(false);
  await vi.advanceTimersByTimeAsync(1000);
  expect(gone).toEqual([['a', 'b']]);
  fill(true);
  retracting.take('c');
  await vi.advanceTimersByTimeAsync(10);
  expect(errors.length).toBe(2);
  fill(false);
  await retracting.close();
  expect(gone.flat()).toEqual(['a', 'b', 'c']);
  await vi.advanceTimersByTimeAsync(5000);
  expect(gone.flat()).toEqual(['a', 'b', 'c']);
});
