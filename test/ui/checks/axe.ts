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

/** A and AA of WCAG 2.0 to 2.2, and what axe counts as good practice: one h1, landmarks, headings in order. */
const ALL = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What axe finds, one line a rule. `colours` asks for contrast alone, at AA; `enhanced` for that of AAA: between two looks
 * of one page nothing else differs.
 */
export async function findings(page: Page, ask: 'all' | 'colours' | 'enhanced'): Promise<string[]> {
  const options =
    ask === 'all'
      ? { runOnly: ALL, resultTypes: ['violations'] }
      : { runOnly: { type: 'rule', values: [ask === 'colours' ? 'color-contrast' : 'color-contrast-enhanced'] } };
  // Evaluated by the debugger, which the page's CSP does not bind.
  await page.evaluate(`globalThis.axe ?? (() => { ${AXE} })()`);
  return page.evaluate(async (how) => {
    const { axe } = globalThis as unknown as { axe: Axe };
    const { violations } = await axe.run(document, how);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
    );
  }, options);
}
