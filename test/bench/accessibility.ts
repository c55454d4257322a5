/**
 * What it costs Chromium and this program that Chromium says which windows are private.
 *
 *     node test/bench/accessibility.ts [pairs]      7 unless told; a table, then one JSON line
 *
 * Chromium starts, lays out a page of 2,000 rows, changes 200 of them in each of 120 frames while it scrolls, and says in its
 * title that it is done. Without accessibility nobody listens; with it the desktop was told and the window source listens, as
 * `settings.accessibility` makes it. One run of each in turn; processor seconds of all processes of the browser.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Focus } from '../../src/monitors/focus.ts';
import { withAccessibility } from '../../src/monitors/accessible.ts';
import { createAtspi } from '../../src/monitors/linux/accessibility.ts';
import { createX11Window } from '../../src/monitors/linux/window.ts';
import { startAccessible, type AccessibleSession } from '../desktop/accessible.ts';
import { startDisplay } from '../desktop/display.ts';
import { ended } from '../ports/bus.ts';
import { until } from '../until.ts';
import { treeOf, usageOf } from './processes.ts';

/** One run: processor seconds of the browser and of our listening, and the browser's memory in bytes at its end. */
export interface AccessibilityRun {
  readonly cpu: number;
  readonly own: number;
  readonly pss: number;
  /** Whether Chromium said that its window is not private. */
  readonly told: boolean;
}

const PAGE = `<!doctype html><title>busy</title><table id=t></table><input autofocus><script>
const rows = Array.from({ length: 2000 }, (_, n) => {
  const row = t.insertRow();
  for (let at = 0; at < 4; at++) row.insertCell().textContent = 'row ' + n + ' cell ' + at;
  return row;
});
let frame = 0;
function step() {
  for (let n = 0; n < 200; n++) rows[(frame * 31 + n * 7) % 2000].cells[n % 4].textContent = 'frame ' + frame + ' ' + n;
  scrollBy(0, 40);
  if (++frame < 120) requestAnimationFrame(step);
  else document.title = 'done';
}
requestAnimationFrame(step);
</script>`;

async function runOnce(session: AccessibleSession, address: string, on: boolean): Promise<AccessibilityRun> {
  await session.enabled(on);
  const source = on
    ? withAccessibility(
        createX11Window(session.env),
        createAtspi({ env: session.env, enable: true, typed: () => false }),
      )
    : createX11Window(session.env);
  let focus: Focus | null = null;
  const usedBefore = process.cpuUsage();
  const close = await source.open({ changed: (now) => (focus = now), died() {} });
  const profile = mkdtempSync(join(session.folder, 'profile-'));
  const flags =
    '--no-sandbox --disable-gpu --no-first-run --no-default-browser-check --disable-sync --password-store=basic ' +
    '--disable-background-networking --disable-component-update --window-size=900,700';
  const browser = spawn('chromium', [...flags.split(' '), `--user-data-dir=${profile}`, address], {
    env: session.env,
    stdio: 'ignore',
  });
  try {
    await until('the page', () => focus?.title?.startsWith('done') && !focus.pending, 120_000, 50);
    const own = process.cpuUsage(usedBefore);
    const usages = treeOf(browser.pid!)
      .map(usageOf)
      .filter((each) => each !== null);
    return {
      cpu: usages.reduce((sum, each) => sum + each.cpu, 0),
      own: (own.user + own.system) / 1e6,
      pss: usages.reduce((sum, each) => sum + each.pss, 0),
      told: (focus as Focus | null)?.private === false,
    };
  } finally {
    await close();
    await ended(browser);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Runs `pairs` of both, one after the other in turn. */
export async function accessibilityBench(
  pairs: number,
): Promise<{ off: AccessibilityRun[]; on: AccessibilityRun[] }> {
  const site = createServer((_, response) => void response.setHeader('content-type', 'text/html').end(PAGE));
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`;
  const found: { off: AccessibilityRun[]; on: AccessibilityRun[] } = { off: [], on: [] };
  try {
    for (let pair = 0; pair < pairs; pair++) {
      const order = pair % 2 === 0 ? [false, true] : [true, false];
      for (const on of order) found[on ? 'on' : 'off'].push(await inSession(address, on));
    }
    return found;
  } finally {
    site.closeAllConnections();
    site.close();
  }
}

/** A desktop of its own for each run, so that none finds what another left. */
async function inSession(address: string, on: boolean): Promise<AccessibilityRun> {
  const display = await startDisplay();
  const session = await startAccessible(display);
  try {
    const up = () =>
      session.enabled().then(
        () => true,
        () => false,
      );
    await until('the service', up);
    return await runOnce(session, address, on);
  } finally {
    await session.stop();
    await display.stop();
  }
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { off, on } = await accessibilityBench(Number(process.argv[2] ?? 7));
  const pick = (runs: readonly AccessibilityRun[], key: 'cpu' | 'own' | 'pss') =>
    median(runs.map((each) => each[key]));
  const row = (name: string, runs: readonly AccessibilityRun[]) =>
    `${name.padEnd(8)} ${pick(runs, 'cpu').toFixed(2)} s  ${(pick(runs, 'pss') / 1e6).toFixed(0)} MB  own ${pick(runs, 'own').toFixed(3)} s  told ${runs.filter((each) => each.told).length}/${runs.length}`;
  process.stderr.write(`${row('off', off)}\n${row('on', on)}\n`);
  const ratios = off.map((each, at) => on[at]!.cpu / each.cpu);
  const report = {
    pairs: off.length,
    cpuRatio: median(ratios),
    cpuRatios: ratios.map((each) => Number(each.toFixed(3))),
    pssRatio: pick(on, 'pss') / pick(off, 'pss'),
    ownSeconds: pick(on, 'own') - pick(off, 'own'),
    told: on.filter((each) => each.told).length,
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
