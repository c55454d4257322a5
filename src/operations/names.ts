import { kindOf, opensByKind } from './kinds.ts';

/** What a name may be on every file system that counts, in bytes of UTF-8. */
const LONGEST = 255;
/** Names that Windows gives to devices, with any extension (learn.microsoft.com, "Naming Files, Paths, and Namespaces"). */
const DEVICE = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$|clock\$)\s*(?:\.|$)/i;
/** Signs that nobody sees or that turn the direction of what is seen; the joiners that scripts and emoji need are let through. */
const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]|(?![\u200c\u200d])\p{Cf}|[\u115f\u1160\u2800\u3164\uffa0]/u;
/** What Windows lets stand in no name. A colon would name a hidden stream of another file there. */
const WINDOWS = /[<>"|?*]/;

/** Whether a name holds what nobody sees, so that two names could look the same. */
export function isUnseen(name: string): boolean {
  return !name.isWellFormed() || UNSEEN.test(name);
}

/** Why a file must not get this name, as the end of a sentence that begins with the name; null when it may. Pure. */
export function nameProblem(from: string, to: string, platform: NodeJS.Platform): string | null {
  if (to === '' || to === '.' || to === '..') return 'is no name';
  if (/[/\\]/.test(to)) return 'names another folder';
  if (to.includes('\0')) return 'holds a sign that ends every name';
  if (isUnseen(to)) return 'holds signs that cannot be seen';
  if (to.includes(':')) return 'holds a colon';
  if (platform === 'win32' && WINDOWS.test(to)) return 'holds a sign that Windows forbids';
  if (Buffer.byteLength(to) > LONGEST) return 'is longer than 255 bytes';
  if (/^\s|[\s.]$/u.test(to)) return 'begins or ends with a space, or ends with a dot';
  if (DEVICE.test(to)) return 'is the name of a device';
  if (to.startsWith('.') && !from.startsWith('.')) return 'would hide the file';
  if (kindOf(to) !== kindOf(from) && !opensByKind(to)) return 'would make it another kind of file';
  return null;
}

/** Names that are one on a file system which takes no notice of case or of how an accent is written. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase().normalize('NFC');
}

/** A name as it may stand in a sentence: what cannot be seen is shown as such, and it is never long. */
export function nameInWords(name: string): string {
  const seen = name
    .toWellFormed()
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�')
    .trim();
  return `“${seen.length > 60 ? `${seen.slice(0, 59).toWellFormed()}…` : seen}”`;
}
