import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Event } from '../../src/model/event.ts';
import { systemClock } from '../../src/model/ports.ts';
import { Settings } from '../../src/model/settings.ts';
import type { BeatListener } from '../../src/monitors/beat.ts';
import { createFocusTracker, type Focus, type FocusListener } from '../../src/monitors/focus.ts';
import { createIngestMonitor } from '../../src/monitors/ingest.ts';
import { createPulses } from '../../src/monitors/pulse.ts';
import { createWindowMonitor } from '../../src/monitors/window.ts';
import { createGuard } from '../../src/privacy/privacy.ts';

const front = (title: string, more: Partial<Focus> = {}): Focus => ({
  app: 'firefox',
  title: `${title} — Mozilla Firefox`,
  own: false,
  window: 7,
  ...more,
});

describe('a window that is found to be protected after its title was told', () => {
  beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 0, 5, 9) }));
  afterEach(() => void vi.useRealTimers());

  const watch = async () => {
    let settings = Settings.parse({ excludedSites: ['hidden.example'], trustedBrowsers: ['chromium'] });
    const guard = createGuard({ settings: () => settings, person: {} });
    let window!: FocusListener;
    let client!: BeatListener;
    const focus = createFocusTracker({
      async open(listener) {
        window = listener;
        return async () => {};
      },
    });
    const feed = {
      async open(listener: BeatListener) {
        client = listener;
        return async () => {};
      },
    };
    const events: Event[] = [];
    const no = () => false;
    const foreign = { window: no, idle: no };
    const monitors = [
      createWindowMonitor({ adapter: focus, guard, clock: systemClock }),
      createIngestMonitor({ feed, focus, guard, clock: systemClock, foreign }),
    ];
    for (const monitor of monitors) await monitor.start((event) => events.push(event));
    const pulses = createPulses();
    const beat = (url: string, title: string, incognito = false, bucket = 'aw-watcher-web-firefox') => {
      const data = { url, title, incognito };
      client.pulse(
        pulses.take({
          bucket,
          type: 'web.tab.current',
          at: Date.now(),
          duration: 0,
          data,
          pulsetime: 80_000,
        }),
      );
      vi.advanceTimersByTime(2000);
    };
    const changed = (now: Focus) => {
      window.changed(now);
      vi.advanceTimersByTime(2000);
    };
    /** What is left once everything that was taken back is gone. */
    const left = () => {
      const gone = events.flatMap((each) => (each.kind === 'retracted' ? [each.data.event] : []));
      return events.flatMap((each) =>
        each.kind === 'window' && !gone.includes(each.id) ? (each.data.title ?? []) : [],
      );
    };
    const exclude = (title: string) => void (settings = { ...settings, excludedTitles: [title] });
    return { beat, changed, left, events, focus, exclude };
  };

  it('is taken back once the browser says that the page is of an excluded site', async () => {
    const { beat, changed, left, focus } = await watch();
    changed(front('violet rivers'));
    expect(left()).toHaveLength(1);
    beat('https://www.hidden.example/violet', 'violet rivers');
    expect(left()).toEqual([]);
    // For the clipboard and the keys too; and the next page is another.
    expect(focus.current().page).toBe('https://www.hidden.example/violet');
    changed(front('a recipe'));
    expect(focus.current().page).toBeUndefined();
    beat('https://cooking.example/recipe', 'a recipe');
    expect(new Set(left())).toEqual(new Set(['a recipe — Mozilla Firefox', 'a recipe']));
  });

  it('is not told at all where the browser is first, and taken back where it says that it is private', async () => {
    const { beat, changed, left } = await watch();
    changed(front('another'));
    beat('https://hidden.example/violet', 'violet rivers');
    changed(front('violet rivers'));
    expect(left().join()).not.toContain('violet');
    const chromium = { app: 'chromium', title: 'green hills - Chromium', window: 8 };
    changed(front('', chromium));
    expect(left().join()).toContain('green hills');
    beat('https://fine.example/', 'green hills', true, 'aw-watcher-web-chrome');
    expect(left().join()).not.toContain('green hills');
  });

  it('is not told again once its title is excluded', async () => {
    const { changed, events, exclude } = await watch();
    changed(front('violet rivers'));
    const told = () => events.filter((each) => JSON.stringify(each).includes('violet')).length;
    expect(told()).toBe(1);
    exclude('violet');
    changed(front('a recipe'));
    expect(told()).toBe(1);
  });

  it('stays where nobody knows for a moment', async () => {
    const { changed, left } = await watch();
    changed(front('', { app: 'google-chrome', title: 'a page - Google Chrome', private: false }));
    changed(front('', { app: 'google-chrome', title: 'a page - Google Chrome' }));
    expect(left()).toEqual(['a page - Google Chrome', 'a page - Google Chrome']);
    changed(front('', { app: 'google-chrome', title: 'a page - Google Chrome', private: true }));
    expect(left()).toHaveLength(2);
  });
});
