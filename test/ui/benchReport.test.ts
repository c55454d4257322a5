import { createRequire } from 'node:module';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { renderPage } from '../../src/bench/report/page.ts';
import { reportOf } from '../../src/bench/report/runs.ts';
import { everyKind } from '../bench/resultRows.ts';
import { openBrowser } from './browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-report-'));
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
  writeFileSync(join(folder, 'report.html'), renderPage(reportOf(everyKind())));
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

it.each(['light', 'dark'] as const)(
  'the report opens from the disk, %s: axe AA clean, nothing fetched, no script runs',
  async (colorScheme) => {
    const page = await browser.newPage({ colorScheme, viewport: { width: 1060, height: 900 } });
    const asked: string[] = [];
    const said: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => said.push(message.text()));
    page.on('dialog', (dialog) => said.push(dialog.message()));
    await page.goto(`file://${folder}/report.html`);
    expect(asked).toEqual([`file://${folder}/report.html`]);
    // The style sheet passes its own policy: a page without it has another background.
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(colour).toBe(colorScheme === 'light' ? 'rgb(247, 247, 245)' : 'rgb(23, 23, 26)');
    expect(await page.locator('figure svg').count()).toBeGreaterThan(12);
    await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)));
    const found = await page.evaluate<{ id: string; nodes: number; first: string }[]>(
      `${axe};axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })
      .then((r) => r.violations.map((v) => ({ id: v.id, nodes: v.nodes.length, first: v.nodes[0].html.slice(0, 200) })))`,
    );
    expect(found).toEqual([]);
    expect(said).toEqual([]);
    await page.close();
  },
);
