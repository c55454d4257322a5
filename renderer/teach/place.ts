/** Who annotates what; an empty folder is the one in the data folder. */
export interface Place {
  readonly folder: string;
  readonly annotator: string;
}

const KEY = 'teach';

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** The last place; empty where nothing was chosen or the browser keeps nothing. */
export function readPlace(): Place {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '') as Partial<Record<keyof Place, unknown>>;
    return { folder: text(kept.folder), annotator: text(kept.annotator) };
  } catch {
    return { folder: '', annotator: '' };
  }
}

/** Remembers a place for the next time the window opens. */
export function writePlace(place: Place): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(place));
  } catch {}
}
