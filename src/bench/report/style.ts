/** The report's one style sheet: colours by the reader's scheme, print in black on white. Contrast is AA in both. */
export const STYLE = `
:root{color-scheme:light dark;--bg:light-dark(#f7f7f5,#17171a);--surface:light-dark(#fff,#1e1e22);--line:light-dark(#e2e2dd,#34343a);--grid:light-dark(#ecece8,#2a2a30);--ink:light-dark(#1d1d1f,#ececee);--dim:light-dark(#5d5d64,#aaaab2);--accent:light-dark(#3557d4,#8fa6ff);--ours:light-dark(#3557d4,#8fa6ff);--published:light-dark(#b4661a,#e2a763);--reference:light-dark(#63636b,#a0a0a8);--cd:light-dark(#27724a,#69c08d);--mn:light-dark(#b9dcc7,#274f39);--fa:light-dark(#ad3428,#ef8277);--nr:light-dark(#e9cfcb,#54302c);--cd-ink:light-dark(#fff,#0d1a12);--mn-ink:light-dark(#143524,#dff2e7);--fa-ink:light-dark(#fff,#230906);--nr-ink:light-dark(#45130d,#fbe3e0)}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif}
main{max-width:1000px;margin:0 auto;padding:32px 20px 64px}
h1{font-size:26px;line-height:1.2;margin:0 0 8px}
h2{font-size:20px;margin:44px 0 8px;padding-top:16px;border-top:1px solid var(--line)}
h3{font-size:16px;margin:28px 0 6px}
p{margin:8px 0;max-width:76ch}
a{color:var(--accent)}
nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;padding:0;margin:12px 0}
figure{margin:18px 0;padding:14px 16px 10px;background:var(--surface);border:1px solid var(--line);border-radius:8px}
figcaption,caption{text-align:left;font-weight:600;margin-bottom:8px}
caption{padding-bottom:6px}
.scroll{overflow-x:auto;margin:14px 0}
.scroll:focus-visible,summary:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:13.5px}
th,td{padding:4px 12px 4px 0;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap;vertical-align:top;font-weight:400}
thead th{color:var(--dim);border-bottom-color:var(--dim)}
th:first-child,td.text,th.text{text-align:left}
td.text{white-space:normal;min-width:9ch;max-width:60ch;overflow-wrap:anywhere}
.range{color:var(--dim)}
details{margin:14px 0;border-left:3px solid var(--line);padding-left:14px}
summary{cursor:pointer;color:var(--dim)}
svg{display:block;width:100%;min-width:620px;height:auto;font:12px system-ui,-apple-system,'Segoe UI','DejaVu Sans',sans-serif}
svg text{fill:var(--ink)}
svg .dim{fill:var(--dim)}svg .axis{fill:var(--dim)}svg .faint{fill:var(--dim);font-size:11px;paint-order:stroke;stroke:var(--surface);stroke-width:4px}svg .strong{font-weight:600}svg .name{paint-order:stroke;stroke:var(--surface);stroke-width:3px;stroke-linejoin:round}
.grid{stroke:var(--grid)}.contour{fill:none;stroke:var(--dim);stroke-dasharray:3 4;opacity:.65}.leader{stroke:var(--dim);opacity:.7}
.mark{stroke:var(--dim);stroke-dasharray:4 3}
.ours{fill:var(--ours)}.published{fill:var(--published)}.reference{fill:var(--surface);stroke:var(--reference);stroke-width:1.6}
.whisker{fill:none;stroke:var(--ink);stroke-width:1.4}.halo{fill:none;stroke:var(--surface);stroke-width:3.6}
.hatching{fill:none;stroke:var(--surface);stroke-width:2.4}
.cd{fill:var(--cd)}.mn{fill:var(--mn)}.fa{fill:var(--fa)}.nr{fill:var(--nr)}
svg .cd-ink{fill:var(--cd-ink)}svg .mn-ink{fill:var(--mn-ink)}svg .fa-ink{fill:var(--fa-ink)}svg .nr-ink{fill:var(--nr-ink)}
@media print{:root{color-scheme:light}body{background:#fff}main{max-width:none;padding:0}figure,tr{break-inside:avoid}}
`;
