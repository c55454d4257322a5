import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

interface Axe {
  run(
    context: unknown,
    options: unknown,
  ): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }>;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe is asked: `wcag` is A and AA of WCAG 2.0 and 2.1; `all` adds 2.2 and good practice (one h1, landmarks, headings
 * in order); `colours` is contrast alone, at AA, and `enhanced` at AAA: between two looks of one page nothing else differs.
 */
const ASKS = {
  wcag: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'],
  all: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  colours: { type: 'rule', values: ['color-contrast'] },
  enhanced: { type: 'rule', values: ['color-contrast-enhanced'] },
} as const;

/** What axe finds, one line a rule. */
export async function violations(page: Page, ask: keyof typeof ASKS = 'wcag'): Promise<string[]> {
  // Evaluated by the debugger, which the page's CSP does not bind.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(AXE);
  return page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(document, { runOnly, resultTypes: ['violations'] });
    return violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.failureSummary}`).join(' | ')}`,
    );
  }, ASKS[ask] as unknown);
}
