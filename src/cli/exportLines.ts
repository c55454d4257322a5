import { LEFT_OUT } from '../export/leftOut.ts';
import type { Manifest } from '../export/manifest.ts';
import type { Preview, PreviewRow } from '../export/preview.ts';
import type { Kind } from '../export/pseudonyms/value.ts';
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

/** What would leave: counts, what is left out and why, what is replaced, and rows as a diff. */
export function previewLines(preview: Preview, consent: string): string[] {
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

function rowLines({ file, at, lines, replaced }: PreviewRow): string[] {
  return [
    '',
    `${file}, ${new Date(at).toLocaleString('sv')}:`,
    ...lines.flatMap(({ where, before, after }) =>
      before === after ? [`    ${where}: ${after}`] : [`  - ${where}: ${before}`, `  + ${where}: ${after}`],
    ),
    ...replaced.map(({ from, to }) => `    ${from} -> ${to}`),
  ];
}

function reasons(leftOut: Readonly<Record<string, number>>): string[] {
  return Object.entries(leftOut).map(
    ([reason, count]) => `  left out: ${count}, ${LEFT_OUT[reason as keyof typeof LEFT_OUT] ?? reason}`,
  );
}
