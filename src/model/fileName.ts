/** Endings of file names by the kind of file that a person would call it. */
const KINDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    pdf: 'pdf djvu ps epub',
    document: 'doc docx odt rtf tex pages',
    text: 'md markdown txt rst org adoc',
    table: 'csv tsv xls xlsx ods numbers parquet',
    slides: 'ppt pptx odp key',
    picture: 'png jpg jpeg gif webp svg bmp tiff heic raw psd',
    sound: 'mp3 wav flac ogg m4a',
    film: 'mp4 mkv mov avi webm',
    page: 'html htm',
    data: 'json yaml yml toml xml ini conf cfg env lock sql db sqlite',
    log: 'log',
    archive: 'zip tar gz xz 7z rar tgz',
    code: 'ts tsx js jsx mjs cjs py rs go java kt c h cc cpp hpp cs rb php swift sh bash zsh ps1 lua pl r jl m scala vue svelte css scss ipynb',
  }).flatMap(([kind, endings]) => endings.split(' ').map((ending) => [ending, kind])),
);

/** A name with an ending: letters and digits joined by the signs that join words in file names. */
const NAME =
  /[\p{L}\p{N}_](?:[\p{L}\p{N}_.()+-]*[\p{L}\p{N}_)])?\.([A-Za-z0-9]{1,8})(?![\p{L}\p{N}_.]*[\p{L}\p{N}_])/gu;

/** Words of a name that tell one of a series from the next, not what it is about. */
const VARYING = new Set(
  (
    'copy kopie copie copia final draft entwurf new neu old alt rev revision version ver tmp temp backup bak part page ' +
    'january february march april may june july august september october november december ' +
    'jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun'
  ).split(' '),
);

/** A text with the file names taken out, what those names say, and of which kinds the files are. */
export interface SplitFiles {
  readonly rest: string;
  readonly names: readonly string[];
  readonly kinds: readonly string[];
}

/** Takes the file names out of a text. */
export function splitFiles(text: string): SplitFiles {
  const names: string[] = [];
  const kinds: string[] = [];
  const rest = text.normalize('NFKC').replace(NAME, (found, ending: string) => {
    const kind = KINDS[ending.toLowerCase()];
    if (!kind) return found;
    kinds.push(kind);
    const about = aboutOf(found.slice(0, -ending.length - 1));
    if (about) names.push(about);
    return ' ';
  });
  return { rest, names, kinds };
}

/** What a file's name says when number, date, version and single letters are left out; empty where nothing is left. */
function aboutOf(name: string): string {
  return name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .flatMap((word) => (/^\p{L}{1,2}\p{N}+$/u.test(word) ? [] : word.split(/\p{N}+/u)))
    .filter((word) => word.length > 1 && !VARYING.has(word.toLowerCase()))
    .join(' ');
}
