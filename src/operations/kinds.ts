/** Kinds that a desktop shows and does not run. HTML, SVG and office files with macros are programs too. */
const SHOWN = new Set(
  (
    'txt text md markdown rst log csv tsv json yaml yml toml tex bib srt ' +
    'pdf epub djvu odt ods odp odg docx xlsx pptx rtf ' +
    'png jpg jpeg gif webp bmp tif tiff heic avif ' +
    'mp3 m4a ogg oga opus flac wav mp4 m4v mkv webm mov avi'
  ).split(' '),
);

/** Kinds that are read page by page by programs of their own. */
const PAGED: Readonly<Record<string, string>> = {
  pdf: 'PDF',
  epub: 'EPUB',
  djvu: 'DjVu',
  ...Object.fromEntries(
    'doc docx xls xlsx ppt pptx odt ods odp odg rtf pages numbers key'
      .split(' ')
      .map((each) => [each, 'office']),
  ),
};

/** How programs, scripts and links begin, whatever they are called. */
const PROGRAMS: readonly string[] = [
  '#!',
  '\x7fELF',
  'MZ',
  '[Desktop Entry]',
  '\xca\xfe\xba\xbe',
  '\xcf\xfa\xed\xfe',
  '\xce\xfa\xed\xfe',
  '\xfe\xed\xfa',
  '[InternetShortcut]',
  'L\0\0\0\x01\x14\x02\0',
];

/** Whether a name is of a kind that opening shows and never runs. */
export function opensByKind(name: string): boolean {
  return SHOWN.has(kindOf(name));
}

/** What a file is, where it can only be read by a program of its own: `PDF`, `office` …; null for any other. */
export function pagedKind(name: string): string | null {
  return PAGED[kindOf(name)] ?? null;
}

/** Whether the first bytes are those of a program, a script or a link. */
export function beginsAsProgram(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, 64)).toString('latin1').replace(/^ï»¿/, '').trimStart();
  return PROGRAMS.some((each) => text.startsWith(each));
}

/** The extension, lower case; empty without one. */
export function kindOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
}
