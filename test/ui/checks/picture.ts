import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How far a pixel's colour may be off before it counts, 0 to 1: edges of letters differ a little between machines. */
const COLOUR = 0.15;
/** The part of all pixels that may count: 0.1 % is less than one word of a screen. */
const PART = 0.001;

/** Kept colours are rounded to this many of 255, far below what counts: it halves the files. */
const STEP = 8;

/** How a picture stands to the kept one: the share of pixels that differ, and whether that is within the tolerance. */
export interface Compared {
  readonly same: boolean;
  /** What differs and where to look, in a sentence; empty when it is the same. */
  readonly words: string;
}

/** Compares PNG bytes with the kept picture; what differs is left in a temporary folder beside the picture of it. */
export function comparePicture(actual: Buffer, kept: string): Compared {
  if (!existsSync(kept)) {
    return { same: false, words: `${kept} is not there: npm run screens -- --update makes it` };
  }
  const [is, was] = [PNG.sync.read(actual), PNG.sync.read(readFileSync(kept))];
  if (is.width !== was.width || is.height !== was.height) {
    return {
      same: false,
      words: `${kept} is ${was.width} x ${was.height}, drawn ${is.width} x ${is.height}`,
    };
  }
  const diff = new PNG({ width: is.width, height: is.height });
  const differ = pixelmatch(is.data, was.data, diff.data, is.width, is.height, { threshold: COLOUR });
  if (differ <= is.width * is.height * PART) return { same: true, words: '' };
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-picture-'));
  writeFileSync(join(folder, 'actual.png'), actual);
  writeFileSync(join(folder, 'diff.png'), PNG.sync.write(diff));
  const words = `${differ} pixels differ from ${kept}: see ${folder}; npm run screens -- --update keeps the new one`;
  return { same: false, words };
}

/** Keeps a picture, small; one that is the same within the tolerance stays as it is. */
export function keepPicture(actual: Buffer, kept: string): void {
  if (comparePicture(actual, kept).same) return;
  mkdirSync(join(kept, '..'), { recursive: true });
  const { width, height, data } = PNG.sync.read(actual);
  const picture = new PNG({ width, height });
  picture.data = data.map((value) => Math.min(255, Math.round(value / STEP) * STEP)) as Buffer;
  // No filter: pages are flat, and equal rows compress best as they are.
  const how = { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 } as const;
  writeFileSync(kept, PNG.sync.write(picture, how));
}
