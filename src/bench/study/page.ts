import { FIGURES, type Figure, type Measured } from './figures.ts';
import type { StudyReport } from './report.ts';
import { HEADINGS, markdownOf, seen, shown } from './words.ts';

const WIDTH = 520;
const ROW = 26;
const LEFT = 130;
const RIGHT = 20;

/** The report as one page that opens offline: tables, and a plot of each figure by arm with its interval. */
export function pageOf(report: StudyReport): string {
  const { study, rows, differences, archives } = report;
  const plots = FIGURES.map((name) =>
    plot(
      HEADINGS[name],
      rows.map((row) => [row.arm, row.figures[name]]),
    ),
  );
  const scales = study.questions.flatMap((each) =>
    each.kind === 'scale'
      ? [
          plot(
            each.text,
            rows.map((row) => [row.arm, row.scales[each.id] ?? { value: null, ci: null }]),
          ),
        ]
      : [],
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(study.title)}</title>
<style>
:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}th,td{padding:.3rem .7rem;text-align:left;border-bottom:1px solid #8886}
div.wide{overflow-x:auto}figure{display:inline-block;margin:1rem 1rem 0 0}figcaption{font-weight:600}
svg text{font:13px system-ui,sans-serif;fill:currentColor}pre{white-space:pre-wrap;font-size:13px}
</style></head><body>
<main>
<h1>${text(study.title)}</h1>
<p>Study ${text(study.id)} (${study.sha256.slice(0, 12)}), ${archives.length} archives; ${rows.map((row) => `${text(row.arm)}: ${row.participants} participants, ${row.hours.toFixed(1)} h, ${seen(row)} seen`).join('; ')}.</p>
<div class="wide" tabindex="0" role="group" aria-label="By arm"><table>${HEAD}<tbody>${rows.map((row) => lines(row.arm, row.figures)).join('')}</tbody></table></div>
${
  differences.length > 0
    ? `<h2>Difference from ${text(differences[0]!.from)}</h2><div class="wide" tabindex="0" role="group" aria-label="Differences"><table>${HEAD}<tbody>${differences.map((row) => lines(row.arm, row.figures)).join('')}</tbody></table></div>`
    : ''
}
<h2>Plots</h2>
${[...plots, ...scales].join('\n')}
<h2>As Markdown</h2>
<pre>${text(markdownOf(report))}</pre>
</main></body></html>
`;
}

const HEAD = `<thead><tr><th scope="col">arm</th>${FIGURES.map((name) => `<th scope="col">${HEADINGS[name]}</th>`).join('')}</tr></thead>`;

function lines(label: string, figures: Readonly<Record<Figure, Measured>>): string {
  const cells = FIGURES.map((name) => `<td>${text(shown(figures[name]))}</td>`);
  return `<tr><th scope="row">${text(label)}</th>${cells.join('')}</tr>`;
}

/** A dot for each arm, a bar for its interval, on one axis from 0 or the lowest value. */
function plot(title: string, rows: readonly (readonly [arm: string, Measured])[]): string {
  const values = rows.flatMap(([, { value, ci }]) => [...(value === null ? [] : [value]), ...(ci ?? [])]);
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low + 1e-9);
  const x = (value: number) => (LEFT + ((value - low) / (high - low)) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const marks = rows.map(([arm, { value, ci }], at) => {
    const y = at * ROW + ROW / 2;
    const bar = ci
      ? `<line x1="${x(ci[0])}" y1="${y}" x2="${x(ci[1])}" y2="${y}" stroke="currentColor" stroke-width="2"/>`
      : '';
    const dot = value === null ? '' : `<circle cx="${x(value)}" cy="${y}" r="5" fill="#3b6fd4"/>`;
    return `<text x="0" y="${y + 4}">${text(arm.slice(0, 18))}</text>${bar}${dot}`;
  });
  const bottom = rows.length * ROW;
  const said = rows.map(([arm, each]) => `${arm} ${shown(each)}`).join('; ');
  return `<figure><figcaption>${text(title)}</figcaption><svg role="img" aria-label="${text(`${title}: ${said}`)}" width="${WIDTH}" height="${bottom + 22}" viewBox="0 0 ${WIDTH} ${bottom + 22}">${marks.join('')}<line x1="${LEFT}" y1="${bottom}" x2="${WIDTH - RIGHT}" y2="${bottom}" stroke="currentColor" opacity=".4"/><text x="${LEFT}" y="${bottom + 16}">${low.toFixed(2)}</text><text x="${WIDTH - RIGHT}" y="${bottom + 16}" text-anchor="end">${high.toFixed(2)}</text></svg></figure>`;
}

function text(raw: string): string {
  return raw
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
