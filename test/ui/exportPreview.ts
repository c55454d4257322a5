import type { Shown } from '../../renderer/export/Look.tsx';
import type { ExportChoice } from '../../src/model/exporting.ts';

/** What the core would show of a log with two answers. */
export function exportPreview({ formats, names }: ExportChoice): Shown {
  const kept = "The user saved the file 'falcon_budget.xlsx' in 'falcon'.";
  const leaves = names === 'keep' ? kept : "The user saved the file 'file-2.xlsx' in 'folder-1'.";
  return {
    answers: 3,
    formats: formats.map((format) => ({ format, file: `${format}.jsonl`, rows: 2, leftOut: { ignored: 1 } })),
    replaced: names === 'keep' ? null : { file: { values: 1, places: 2 }, folder: { values: 1, places: 2 } },
    rows: [
      {
        file: 'proactivebench.jsonl',
        at: Date.UTC(2026, 0, 15, 10),
        lines: [
          { where: 'obs.0.event', before: kept, after: leaves },
          { where: 'valid', before: 'true', after: 'true' },
        ],
        more: 0,
        replaced: [],
      },
    ],
    consent: 'This export holds what was seen.',
    folder: '/home/ada/.local/share/beforehand/exports/today',
  };
}
