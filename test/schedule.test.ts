import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Hours } from '../src/model/settings.ts';
import { clockWords } from '../src/model/clockWords.ts';
import { nextChange, tomorrow, within } from '../src/schedule.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Cairo',
];

/** Runs the rest of a test as if this machine stood there. */
function in_(zone: string): void {
  const before = process.env['TZ'];
  process.env['TZ'] = zone;
  onTestFinished(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAILY = [0, 1, 2, 3, 4, 5, 6];
const office: Hours[] = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:30' }];
const night: Hours[] = [{ days: DAILY, from: '22:00', to: '06:00' }];
/** Local time of this process. */
const local = (year: number, month: number, day: number, hour = 0, minute = 0) =>
  new Date(year, month - 1, day, hour, minute).getTime();
const wall = (at: number) => new Date(at).toTimeString().slice(0, 5);

describe.each(ZONES)('a plan of the week in %s', (zone) => {
  it('holds from its first to before its last moment, on its days', () => {
    in_(zone);
    // A Wednesday and a Saturday.
    expect(within(office, local(2026, 3, 11, 8, 59))).toBe(false);
    expect(within(office, local(2026, 3, 11, 9, 0))).toBe(true);
    expect(within(office, local(2026, 3, 11, 17, 29))).toBe(true);
    expect(within(office, local(2026, 3, 11, 17, 30))).toBe(false);
    expect(within(office, local(2026, 3, 14, 12))).toBe(false);
    expect(nextChange(office, local(2026, 3, 13, 18))).toBe(local(2026, 3, 16, 9));
    expect(nextChange(office, local(2026, 3, 11, 10))).toBe(local(2026, 3, 11, 17, 30));
  });

  it('goes over midnight with the day that it began on', () => {
    in_(zone);
    expect(within(night, local(2026, 7, 1, 23))).toBe(true);
    expect(within(night, local(2026, 7, 2, 5, 59))).toBe(true);
    expect(within(night, local(2026, 7, 2, 6))).toBe(false);
    const friday: Hours[] = [{ days: [5], from: '22:00', to: '02:00' }];
    expect(within(friday, local(2026, 7, 4, 1))).toBe(true);
    expect(within(friday, local(2026, 7, 3, 1))).toBe(false);
  });

  it('09:00 stays 09:00 of the wall clock on every day of the year', () => {
    in_(zone);
    const daily: Hours[] = [{ days: DAILY, from: '09:00', to: '17:00' }];
    for (let at = local(2026, 1, 1, 12), n = 0; n < 366; n++) {
      const end = nextChange(daily, at)!;
      const start = nextChange(daily, end)!;
      expect([wall(end), wall(start)]).toEqual(['17:00', '09:00']);
      at = start + HOUR;
    }
  });

  it('every change is one, and nothing changes between two (any plan, any time)', () => {
    in_(zone);
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
    const plan = fc.array(
      fc.record({
        days: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }),
        from: time,
        to: time,
      }),
      { minLength: 1, maxLength: 4 },
    );
    const at = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    fc.assert(
      fc.property(plan, at, fc.double({ min: 0, max: 1, noNaN: true }), (hours, now, part) => {
        const next = nextChange(hours, now);
        if (next === null) return;
        expect(next).toBeGreaterThan(now);
        expect(within(hours, next)).toBe(!within(hours, now));
        expect(within(hours, next - 1)).toBe(within(hours, now));
        expect(within(hours, Math.floor(now + (next - 1 - now) * part))).toBe(within(hours, now));
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  it('tomorrow is six in the morning of the next day of the calendar, every day of the year', () => {
    in_(zone);
    for (let day = 0; day < 366; day++) {
      for (const [hour, minute] of [
        [0, 5],
        [12, 0],
        [23, 59],
      ] as const) {
        const now = new Date(2026, 0, 1 + day, hour, minute);
        const then = new Date(tomorrow(now.getTime()));
        expect(then.getTime()).toBeGreaterThan(now.getTime());
        expect([then.getHours(), then.getMinutes()]).toEqual([6, 0]);
        // Samoa has no 30 December 2011 any more, but 2026 is whole everywhere.
        expect(then.toDateString()).toBe(new Date(2026, 0, 2 + day, 12).toDateString());
      }
    }
  });
});

describe('where the clocks change', () => {
  it('spring: an hour that a night skips is not watched for, and what begins in it begins after it', () => {
    in_('Europe/Berlin');
    const early: Hours[] = [{ days: [0], from: '02:30', to: '04:00' }];
    // 29 March 2026: 02:00 becomes 03:00.
    const start = nextChange(early, local(2026, 3, 29, 0))!;
    expect([wall(start), start]).toEqual(['03:30', local(2026, 3, 29, 3, 30)]);
    const wholeNight = nextChange(night, local(2026, 3, 28, 22))! - local(2026, 3, 28, 22);
    expect(wholeNight / HOUR).toBe(7);
  });

  it('autumn: an hour that comes twice does not make it begin and end twice', () => {
    in_('Europe/Berlin');
    // 25 October 2026: 03:00 becomes 02:00.
    const early: Hours[] = [{ days: [0], from: '02:15', to: '02:45' }];
    const from = nextChange(early, local(2026, 10, 25, 0))!;
    const to = nextChange(early, from)!;
    expect(to - from).toBe(30 * MINUTE);
    expect(nextChange(early, to)).toBe(local(2026, 11, 1, 2, 15));
    expect((nextChange(night, local(2026, 10, 24, 22))! - local(2026, 10, 24, 22)) / HOUR).toBe(9);
  });

  it('a half hour of daylight saving is one too', () => {
    in_('Australia/Lord_Howe');
    // 5 April 2026: 02:00 becomes 01:30.
    expect((nextChange(night, local(2026, 4, 4, 22))! - local(2026, 4, 4, 22)) / HOUR).toBe(8.5);
  });
});

it('a whole day, a whole week and nothing at all', () => {
  const whole: Hours[] = [{ days: [3], from: '08:00', to: '08:00' }];
  expect(nextChange(whole, local(2026, 3, 11, 9))).toBe(local(2026, 3, 12, 8));
  const always: Hours[] = [{ days: DAILY, from: '00:00', to: '00:00' }];
  expect([within(always, local(2026, 3, 11)), nextChange(always, local(2026, 3, 11))]).toEqual([true, null]);
  expect([within([], 0), nextChange([], 0)]).toEqual([false, null]);
});

it('says a time as a person would', () => {
  const now = local(2026, 3, 11, 12);
  expect(clockWords(local(2026, 3, 11, 14, 30), now)).toBe('14:30');
  expect(clockWords(local(2026, 3, 12, 6), now)).toBe('Thu 06:00');
  expect(clockWords(local(2026, 3, 30, 6), now)).toBe('30 Mar 06:00');
});
