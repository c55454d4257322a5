import { isCommon, isOrdinary } from './ordinary.ts';
import { isDistinctive, type Span, spanAt } from './span.ts';
import { holdsPlaceholder, type Value } from './value.ts';

/** What a part of a path may be made of where nothing quotes it. */
const PART = String.raw`[^\s\\/'"<>|:*?\x60()\[\]{},;=]`;
/** Absolute and below the home folder; not the two slashes of an address. */
const absolute = new RegExp(String.raw`(?<![\p{L}\p{N}_.~\/\\-])~?(?:\/${PART}+){1,64}`, 'gu');
const windows = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:[A-Za-z]:|\\\\${PART}{1,64})(?:[\\/]{1,2}${PART}+){1,64}`,
  'gu',
);
const relative = new RegExp(String.raw`(?<!${PART}|[\\/])(?:${PART}+[\\/]){1,64}${PART}+`, 'gu');
/** `file:///home/…`, as browsers show it; spaces are `%20` there. */
const opened = /(?<=(?<![\p{L}\p{N}])file:\/\/[^\s/'"<>]{0,100})\/[^\s'"<>()[\]{}|]{1,1000}/giu;
/** Quoted paths may hold spaces. */
const quoted = /(?<=['"“])(?:~|[A-Za-z]:|\\)?[\\/][^'"”\n]{1,1000}(?=['"”])/gu;
/** A name with an ending that files have; the first part of a path is no file. */
const bare =
  /(?<![\p{L}\p{N}_.@/\\-])[\p{L}\p{N}_][\p{L}\p{N}_.@+-]{0,120}\.([\p{L}\p{N}]{1,8})(?![\p{L}\p{N}_@/\\-]|\.[\p{L}\p{N}])/gu;

const ENDINGS = new Set(
  `txt md rst tex bib pdf doc docx odt rtf pages xls xlsx ods csv tsv numbers ppt pptx odp key epub mobi html htm css scss
  js mjs cjs ts tsx jsx vue svelte json jsonl yaml yml toml xml ini cfg conf env py ipynb r rmd jl m c h cc cpp hpp cs java
  kt go rs rb php pl lua sh bash zsh ps1 bat sql db sqlite parquet log lock png jpg jpeg gif svg webp tif tiff bmp ico heic
  psd ai xcf fig mp3 wav flac ogg m4a mp4 mkv mov avi webm zip tar gz tgz bz2 xz 7z rar iso deb rpm exe msi dmg apk jar eml
  msg ics vcf gguf bin dat bak tmp patch diff srt drawio kra blend stl`.split(/\s+/),
);
/** First folders of an absolute path, so that `/tmp` alone is one and `/or` is none. */
const ROOTS = new Set('home users tmp var etc opt usr mnt media srv root data volumes'.split(' '));

/** Paths and names of files: a stretch for each part that tells something, so that depth and ending stay. */
export function findPaths(text: string): Span[] {
  const spans: Span[] = [];
  if (/[\\/]/.test(text)) {
    for (const { 0: path, index } of text.matchAll(quoted)) spans.push(...partsOf(path, index));
    for (const { 0: path, index } of text.matchAll(opened)) spans.push(...partsOf(trimmed(path), index));
    for (const { 0: path, index } of text.matchAll(absolute)) {
      const parts = path.split('/');
      if (parts.length > 2 || path.startsWith('~') || ROOTS.has(parts[1]?.toLowerCase() ?? ''))
        spans.push(...partsOf(trimmed(path), index));
    }
    for (const { 0: path, index } of text.matchAll(windows)) spans.push(...partsOf(trimmed(path), index));
    for (const { 0: found, index } of text.matchAll(relative)) {
      const path = trimmed(found);
      const dotted = /^\.{1,2}[\\/]/.test(path);
      if (dotted || ENDINGS.has(endingOf(path.split(/[\\/]/).at(-1) ?? '')))
        spans.push(...partsOf(path, index));
    }
  }
  if (text.includes('.')) {
    for (const { 0: name, 1: ending = '', index } of text.matchAll(bare)) {
      if (ENDINGS.has(ending.toLowerCase())) spans.push(...fileAt(name, index));
    }
  }
  return spans;
}

/** The stretches of one path that begins at `start`. */
export function partsOf(path: string, start: number): Span[] {
  const spans: Span[] = [];
  let before = '';
  let at = start;
  const parts = path.split(/([\\/])/);
  const network = path.startsWith('\\\\');
  for (const [number, part] of parts.entries()) {
    const last = number === parts.length - 1;
    if (number % 2 === 0 && part !== '' && !/^[A-Za-z]:$/.test(part)) {
      if (/^(?:home|users)$/i.test(before) && !last) spans.push(...userAt(part, at));
      else if (network && before === '' && number > 0) spans.push(...machineAt(part, at));
      else spans.push(...(last && endingOf(part) !== '' ? fileAt(part, at) : folderAt(part, at)));
      before = part;
    }
    at += part.length;
  }
  return spans;
}

/** A folder or project by its name. */
export function folderAt(name: string, start: number): Span[] {
  if (/^[~.]+$/.test(name) || isCommon(name.replace(/^\.+/, '')) || holdsPlaceholder(name)) return [];
  return [spanAt(start, name, 'folder', { anywhere: !isOrdinary(name) })];
}

/** A file by its name; files that differ only in their ending share a number. */
export function fileAt(name: string, start: number): Span[] {
  const ending = endingOf(name);
  const stem = ending === '' ? name : name.slice(0, -ending.length - 1);
  if (isCommon(stem.replace(/^\.+/, '')) || holdsPlaceholder(name)) return [];
  return [spanAt(start, name, 'file', { key: stem, anywhere: ending !== '' || !isOrdinary(name) })];
}

/** The name of a file without its ending, where it stands for the file in a sentence. */
export function stemOf(file: Value): Value | null {
  const stem = file.key ?? file.text;
  if (file.kind !== 'file' || stem === file.text || !isDistinctive(stem) || isOrdinary(stem)) return null;
  return { kind: 'file', text: stem, key: stem };
}

/** The ending of a file's name without its dot, as it is written; empty where there is none. */
export function endingOf(name: string): string {
  const [, ending = ''] = /[^.]\.((?:tar\.)?[\p{L}\p{N}]{1,8})$/u.exec(name) ?? [];
  return /\p{L}/u.test(ending) ? ending : '';
}

function userAt(name: string, start: number): Span[] {
  if (isCommon(name) || holdsPlaceholder(name)) return [];
  return [spanAt(start, name, 'user', { anywhere: !isOrdinary(name) })];
}

function machineAt(name: string, start: number): Span[] {
  if (isCommon(name) || holdsPlaceholder(name)) return [];
  return [spanAt(start, name, 'machine', { anywhere: !isOrdinary(name) })];
}

/** Without the end of the sentence, or the mark of the prompt, that it stands in front of. */
function trimmed(path: string): string {
  return path.replace(/[.!…$%#]+$/u, '');
}
