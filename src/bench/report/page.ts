import { createHash } from 'node:crypto';
import { assertNever } from '../../errors.ts';
import { drawBars, drawConfusion, drawPairs } from './bars.ts';
import type { Block, Cell, Column, Figure, Report, Table } from './blocks.ts';
import { drawScatter } from './scatter.ts';
import { STYLE } from './style.ts';
import type { Drawing } from './svg.ts';
import { amount, cell, html } from './words.ts';

/**
 * A report as one HTML page that opens offline: no script, no other file, a policy that allows its own style sheet by hash
 * and nothing else. All text of the report is escaped here, so that a results file of a stranger can be shown.
 */
export function renderPage(report: Report): string {
  const hash = createHash('sha256').update(STYLE).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  const ids = counter();
  const sections = report.sections.map((section, at) => ({ ...section, id: `s${at + 1}` }));
  const links = sections
    .filter((section) => section.level === 2)
    .map((section) => `<li><a href="#${section.id}">${html(section.title)}</a></li>`);
  const body = sections.map(
    ({ id, level, title, blocks }) =>
      `<h${level} id="${id}">${html(title)}</h${level}>\n${blocks.map((block) => renderBlock(block, ids)).join('\n')}`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${html(report.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${html(report.title)}</h1>
<p>${html(report.lead)}</p>
${links.length > 1 ? `<nav aria-label="Sections"><ul>${links.join('')}</ul></nav>` : ''}
${body.join('\n')}
</main>
</body>
</html>
`;
}

/** One block as HTML; `id` gives a new identifier each time. */
function renderBlock(block: Block, id: () => string): string {
  switch (block.kind) {
    case 'text':
      return `<p>${html(block.text)}</p>`;
    case 'folded':
      return `<details><summary>${html(block.title)}</summary>\n${block.blocks.map((each) => renderBlock(each, id)).join('\n')}</details>`;
    case 'table':
      return renderTable(block, id());
    case 'scatter':
    case 'bars':
    case 'confusion':
    case 'pairs':
      return renderFigure(block, id());
    default:
      return assertNever(block, 'report');
  }
}

function renderTable(table: Table, id: string): string {
  const head = table.columns.map(
    (column) => `<th scope="col"${column.kind === 'text' ? ' class="text"' : ''}>${html(column.name)}</th>`,
  );
  const rows = table.rows.map((row) => {
    const cells = row.map((value, at) => renderCell(value, table.columns[at], at === 0));
    return `<tr>${cells.join('')}</tr>`;
  });
  // A wide table scrolls by itself, and the keyboard must reach it.
  return `<div class="scroll" role="region" tabindex="0" aria-labelledby="${id}"><table><caption id="${id}">${html(table.caption)}</caption><thead><tr>${head.join('')}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table></div>`;
}

function renderCell(value: Cell, column: Column | undefined, first: boolean): string {
  const kind = column?.kind ?? 'text';
  if (first) return `<th scope="row">${html(cell(value, kind))}</th>`;
  if (value !== null && typeof value === 'object') {
    const range = `[${amount(value.low, kind)}, ${amount(value.high, kind)}]`;
    return `<td>${html(amount(value.value, kind))} <span class="range">${html(range)}</span></td>`;
  }
  return `<td${kind === 'text' ? ' class="text"' : ''}>${html(cell(value, kind))}</td>`;
}

function draw(figure: Figure): Drawing {
  switch (figure.kind) {
    case 'scatter':
      return drawScatter(figure);
    case 'bars':
      return drawBars(figure);
    case 'confusion':
      return drawConfusion(figure);
    case 'pairs':
      return drawPairs(figure);
    default:
      return assertNever(figure, 'report');
  }
}

function renderFigure(figure: Figure, id: string): string {
  const { width, height, body } = draw(figure);
  const drawing = `<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="${id}">${body.replaceAll('"hatch"', `"hatch-${id}"`).replaceAll('#hatch', `#hatch-${id}`)}</svg>`;
  return `<figure><figcaption id="${id}">${html(figure.caption)}</figcaption><div class="scroll" role="region" tabindex="0" aria-labelledby="${id}">${drawing}</div></figure>`;
}

function counter(): () => string {
  let last = 0;
  return () => `b${(last += 1)}`;
}
