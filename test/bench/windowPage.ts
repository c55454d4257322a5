import type { Browser, Page } from 'playwright-core';

/** What one stretch of frames was like. Milliseconds between animation frames. */
export interface Frames {
  readonly frames: number;
  /** Frames a second over the whole stretch. */
  readonly perSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  /** Share of frames that came later than one and a half times 1/60 s. */
  readonly late: number;
  /** Animation frames at which some height of the list held no row, and those at which a row still waited for its text. */
  readonly blank: number;
  readonly waiting: number;
  /** Tasks of the page's main thread over 50 ms, and the longest. */
  readonly long: number;
  readonly longest: number;
}

/** Runs in the page: watches every animation frame until `stop`. */
function watch(): void {
  const list = () => document.querySelector('[role=list][aria-label]')?.parentElement ?? null;
  const times: number[] = [];
  let blank = 0;
  let waiting = 0;
  let going = true;
  const tasks: number[] = [];
  const observer = new PerformanceObserver((all) => {
    for (const each of all.getEntries()) tasks.push(each.duration);
  });
  observer.observe({ type: 'longtask' });
  const look = (at: number) => {
    if (!going) return;
    times.push(at);
    const scroller = location.hash.includes('timeline') ? list() : null;
    if (scroller) {
      const box = scroller.getBoundingClientRect();
      let empty = false;
      // The last rows of a list may end above the lower edge.
      const end = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 300;
      for (let y = box.top + 8; y < box.bottom - (end ? 300 : 4); y += 16) {
        const hit = document.elementFromPoint(box.left + box.width / 3, y)?.closest('[role=listitem]');
        empty ||= !hit;
      }
      if (empty) blank++;
      if (scroller.querySelector('[data-waiting]')) waiting++;
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  (globalThis as { stopWatch?: () => unknown }).stopWatch = () => {
    going = false;
    observer.disconnect();
    return { times, blank, waiting, tasks };
  };
}

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** Frames of the page while `work` goes on. */
export async function framesWhile(page: Page, work: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(watch);
  await work();
  const seen = await page.evaluate(
    () =>
      (globalThis as unknown as { stopWatch: () => unknown }).stopWatch() as {
        times: number[];
        blank: number;
        waiting: number;
        tasks: number[];
      },
  );
  const { times, tasks, blank, waiting } = seen;
  const gaps = times.slice(1).map((each, n) => each - times[n]!);
  const sorted = gaps.toSorted((a, b) => a - b);
  return {
    frames: gaps.length,
    perSecond: gaps.length / ((times.at(-1)! - times[0]!) / 1000),
    p50: at(sorted, 0.5),
    p95: at(sorted, 0.95),
    p99: at(sorted, 0.99),
    max: sorted.at(-1) ?? 0,
    late: gaps.filter((gap) => gap > 25).length / Math.max(1, gaps.length),
    blank,
    waiting,
    long: tasks.length,
    longest: Math.max(0, ...tasks),
  };
}

/** How a page came up, ms after navigation began; `tasks` are its main thread's longest, ms. */
export interface Start {
  readonly paint: number;
  /** Until the screen's own content was there. */
  readonly content: number;
  readonly long: number;
  readonly longest: number;
  /** Sum of layout shifts that no input caused. */
  readonly shift: number;
}

/** Opens `url` in a fresh context of the browser, and gives the page with how it came up. */
export async function startPage(
  browser: Browser,
  url: string,
  headed: boolean,
): Promise<{ page: Page; start: Start }> {
  const context = await browser.newContext(
    headed ? { viewport: null } : { viewport: { width: 1120, height: 760 } },
  );
  const page = await context.newPage();
  await page.addInitScript(() => {
    const kept = { tasks: [] as number[], shift: 0, content: 0 };
    (globalThis as { started?: typeof kept }).started = kept;
    new PerformanceObserver((all) => {
      for (const each of all.getEntries()) kept.tasks.push(each.duration);
    }).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver((all) => {
      for (const each of all.getEntries()) {
        const shift = each as PerformanceEntry & { value: number; hadRecentInput: boolean };
        if (!shift.hadRecentInput) kept.shift += shift.value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
    const look = () => {
      if (document.querySelector('main h1, main figure')) kept.content = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(url);
  await page.waitForFunction(() => (globalThis as { started?: { content: number } }).started!.content > 0);
  await page.waitForTimeout(2000);
  const start = await page.evaluate(() => {
    const kept = (globalThis as unknown as { started: { tasks: number[]; shift: number; content: number } })
      .started;
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1;
    return { paint, content: kept.content, shift: kept.shift, tasks: kept.tasks };
  });
  const { tasks, ...rest } = start;
  return { page, start: { ...rest, long: tasks.length, longest: Math.max(0, ...tasks) } };
}

/** Milliseconds from the key that opens the timeline to the frame after its rows are in the page. */
export async function openTimeline(page: Page): Promise<number> {
  await page.keyboard.press('Control+1');
  await page.waitForFunction(() => !document.querySelector('[data-row]'));
  await page.waitForTimeout(400);
  await page.evaluate(() => {
    const kept = { took: 0 };
    (globalThis as { opened?: typeof kept }).opened = kept;
    addEventListener(
      'keydown',
      function pressed(event) {
        if (event.key !== '2') return;
        removeEventListener('keydown', pressed, true);
        const began = event.timeStamp;
        const look = () => {
          if (!document.querySelector('[data-row]')) {
            requestAnimationFrame(look);
            return;
          }
          // The task after this frame's own work comes when it was painted.
          const after = new MessageChannel();
          after.port1.addEventListener('message', () => (kept.took = performance.now() - began));
          after.port1.start();
          after.port2.postMessage(0);
        };
        requestAnimationFrame(look);
      },
      true,
    );
  });
  await page.keyboard.press('Control+2');
  await page.waitForFunction(() => (globalThis as { opened?: { took: number } }).opened!.took > 0);
  return page.evaluate(() => (globalThis as unknown as { opened: { took: number } }).opened.took);
}
