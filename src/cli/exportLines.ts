import type { Manifest } from '../export/manifest.ts';
import type { ExportPreview, Kind, LeftOut, PreviewRow } from '../model/exporting.ts';
import { table } from './output.ts';

/** Kinds of what is replaced, for a person. */
const KIND: Readonly<Record<Kind, string>> = {
  word: 'words you named',
  user: 'user names',
  machine: 'machines',
  person: 'people',
  host: 'hosts',
  file: 'files',
  folder: 'folders and projects',
  page: 'parts of addresses',
  secret: 'secrets and personal data',
};

/** Why answers are no rows, for a person. */
const WHY: Readonly<Record<LeftOut, string>> = {
  ignored: 'ignored: nobody said anything, so it gives no label',
  snoozed: 'put off: nobody said anything yet, so it gives no label',
  expired: 'expired unseen, so it gives no label',
  'nothing-seen': 'nothing was seen before it, so there is no prompt',
  'no-task': 'it names no task',
  'need-unknown': 'dismissed without a word on whether help was wanted',
  'answer-unknown': 'help was wanted, but nobody said which',
  'not-sayable': 'the model could not write this offer',
};

/** What would leave: counts, what is left out and why, what is replaced, and rows as a diff. */
export function previewLines(preview: ExportPreview, consent: string): string[] {
  return [
    ...preview.formats.flatMap(({ format, file, rows, leftOut }) => [
      `${format}: ${rows} rows into ${file}`,
      ...reasons(leftOut),
    ]),
    ...(preview.replaced === null
      ? ['Names are kept as they are.']
      : [
          'Replaced:',
          ...table(
            Object.entries(preview.replaced).map(([kind, { values, places }]) => [
              `  ${KIND[kind as Kind]}`,
              `${values} different`,
              `in ${places} places`,
            ]),
          ),
        ]),
    ...preview.rows.flatMap(rowLines),
    '',
    consent,
    'Nothing was written.',
  ];
}

/** What was written. */
export function writtenLines({ files, counts, replaced }: Manifest, out: string): string[] {
  return [
    `Wrote ${out}: ${files.map(({ name, rows, format }) => (format === null ? name : `${name} (${rows} rows)`)).join(', ')}.`,
    ...Object.entries(counts.formats).flatMap(([format, { leftOut }]) => {
      const why = reasons(leftOut);
      return why.length > 0 ? [`${format}:`, ...why] : [];
    }),
    replaced === null
      ? 'Names are kept as they are.'
      : `${Object.values(replaced).reduce((sum, each) => sum + each, 0)} names were replaced.`,
    `Check it at any time with: beforehand export verify ${out}`,
  ];
}

function rowLines({ file, at, lines, more, replaced }: PreviewRow): string[] {
  return [
    '',
    `${file}, ${new Date(at).toLocaleString('sv')}:`,
    ...lines.flatMap(({ where, before, after }) =>
      before === after ? [`    ${where}: ${after}`] : [`  - ${where}: ${before}`, `  + ${where}: ${after}`],
    ),
    ...(more > 0 ? [`    and ${more} more lines`] : []),
    ...replaced.map(({ from, to }) => `    ${from} -> ${to}`),
  ];
}

function reasons(leftOut: Readonly<Record<string, number>>): string[] {
  return Object.entries(leftOut).map(
    ([reason, count]) => `  left out: ${count}, ${WHY[reason as LeftOut] ?? reason}`,
  );
}
