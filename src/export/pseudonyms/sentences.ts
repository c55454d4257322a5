import { fileAt, folderAt, partsOf } from './paths.ts';
import type { Span } from './span.ts';

/** What our own sentences name in quotes (src/observations): files, folders, projects, and the folder of a terminal. */
const places: readonly (readonly [RegExp, 'file' | 'folder'])[] = [
  [
    /(?<=\bfile '|\bdocument '|\bediting '|\brenamed '|\brenamed '[^'\n]{1,200}' to '|\ba file to ')[^\n]{1,200}?(?='(?:[ .,]|$))/gu,
    'file',
  ],
  [/(?<=\bproject '|\bfolder '|\bterminal at ')[^\n]{1,200}?(?='(?:[ .,]|$))/gu, 'folder'],
  [/(?<=\b(?:file|renamed|to) '[^'\n]{1,200}' in ')[^\n]{1,200}?(?='(?:[ .,]|$))/gu, 'folder'],
];

/** Files and folders by their place in a sentence, whatever they are called. */
export function findInSentence(text: string): Span[] {
  if (!text.includes("'")) return [];
  return places.flatMap(([pattern, kind]) =>
    [...text.matchAll(pattern)].flatMap(({ 0: name, index }) => {
      if (/[@:]/.test(name)) return [];
      if (/[\\/]/.test(name)) return partsOf(name, index);
      return kind === 'file' ? fileAt(name, index) : folderAt(name, index);
    }),
  );
}
