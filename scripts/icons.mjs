// `npm run icons`: draws the program's icon once and writes it in every size that a system asks for, into build/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { root } from './setup.mjs';

/** Sizes of the icon theme specification, in pixels. */
export const SIZES = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024];

/** Kinds of an ICNS file and their sizes in pixels (Apple's Icon Composer table; each holds a PNG). */
const ICNS = [
  ['icp4', 16],
  ['icp5', 32],
  ['icp6', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
];
const ICO = [16, 24, 32, 48, 64, 256];

/** The light accent of renderer/tokens.css, and white. */
const GROUND = [0x35, 0x57, 0xd4];
const SIGN = [0xff, 0xff, 0xff];
/** Points sampled along each side of a pixel. */
const FINE = 8;

/** Whether a point of the unit square lies on the rounded square behind the sign. */
function onGround(x, y) {
  const margin = 0.06;
  const radius = 0.22;
  const reach = 0.5 - margin - radius;
  const dx = Math.max(Math.abs(x - 0.5) - reach, 0);
  const dy = Math.max(Math.abs(y - 0.5) - reach, 0);
  return Math.hypot(dx, dy) <= radius;
}

/** The tray's sign for "watching": a ring and a dot. */
function onSign(x, y) {
  const r = Math.hypot(x - 0.5, y - 0.5);
  return r < 0.11 || (r > 0.2 && r < 0.285);
}

/** The icon as RGBA pixels, `size` by `size`. */
export function draw(size) {
  const png = new PNG({ width: size, height: size });
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let ground = 0;
      let sign = 0;
      for (let n = 0; n < FINE * FINE; n++) {
        const x = (column + ((n % FINE) + 0.5) / FINE) / size;
        const y = (row + (Math.floor(n / FINE) + 0.5) / FINE) / size;
        if (!onGround(x, y)) continue;
        if (onSign(x, y)) sign += 1;
        else ground += 1;
      }
      const covered = ground + sign;
      const colour = GROUND.map((each, at) =>
        covered === 0 ? 0 : Math.round((each * ground + SIGN[at] * sign) / covered),
      );
      png.data.set([...colour, Math.round((covered * 255) / (FINE * FINE))], 4 * (row * size + column));
    }
  }
  return png;
}

const encode = (size) => PNG.sync.write(draw(size), { deflateLevel: 9 });

/** ICNS: a magic, the length of all, then kind, length and PNG of each size; lengths count their own eight bytes. */
function icns(pictures) {
  const parts = ICNS.map(([kind, size]) => {
    const head = Buffer.alloc(8);
    head.write(kind, 'latin1');
    head.writeUInt32BE(8 + pictures.get(size).length, 4);
    return Buffer.concat([head, pictures.get(size)]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + body.length, 4);
  return Buffer.concat([head, body]);
}

/** ICO: a directory of sixteen bytes a picture, then the PNGs; a width of 256 is written as 0. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * ICO.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(ICO.length, 4);
  let offset = head.length;
  ICO.forEach((size, at) => {
    const entry = 6 + 16 * at;
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(pictures.get(size).length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += pictures.get(size).length;
  });
  return Buffer.concat([head, ...ICO.map((size) => pictures.get(size))]);
}

if (import.meta.main) {
  const build = join(root, 'build');
  mkdirSync(join(build, 'icons'), { recursive: true });
  const pictures = new Map(SIZES.map((size) => [size, encode(size)]));
  for (const [size, png] of pictures) writeFileSync(join(build, 'icons', `${size}x${size}.png`), png);
  writeFileSync(join(build, 'icon.png'), pictures.get(512));
  writeFileSync(join(build, 'icon.icns'), icns(pictures));
  writeFileSync(join(build, 'icon.ico'), ico(pictures));
}
