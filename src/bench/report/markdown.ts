import type { Block, Report, Table } from './blocks.ts';
import { cell, markdown } from './words.ts';

/** A report as Markdown: its tables and words. Figures are named, and drawn in the HTML page alone. */
export function renderMarkdown(report: Report): string {
  const parts = [`# ${markdown(report.title)}`, markdown(report.lead)];
  for (const section of report.sections) {
    parts.push(`${'#'.repeat(section.level)} ${markdown(section.title)}`);
    parts.push(...section.blocks.flatMap(renderBlock));
  }
  return `${parts.join('\n\n')}\n`;
}

function renderBlock(block: Block): readonly string[] {
  switch (block.kind) {
    case 'text':
      return [markdown(block.text)];
    case 'folded':
      return [`**${markdown(block.title)}**`, ...block.blocks.flatMap(renderBlock)];
    case 'table':
      return [`**${markdown(block.caption)}**`, renderTable(block)];
    default:
      return [];
  }
}

function renderTable(table: Table): string {
  return [
    line(table.columns.map((column) => markdown(column.name))),
    line(table.columns.map((column, at) => (at === 0 || column.kind === 'text' ? ':--' : '--:'))),
    ...table.rows.map((row) =>
      line(row.map((value, at) => markdown(cell(value, table.columns[at]?.kind ?? 'text')))),
    ),
  ].join('\n');
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
