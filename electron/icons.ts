import { crc32, deflateSync } from 'node:zlib';

/** What the tray tells. */
export type Capture = 'watching' | 'paused' | 'wrong';

/** Whether a point of the unit square belongs to the sign: an eye-like ring with a dot, two bars, a triangle. */
const SIGNS: Readonly<Record<Capture, (x: number, y: number) => boolean>> = {
  watching(x, y) {
    const r = Math.hypot(x - 0.5, y - 0.5);
    return r < 0.16 || (r > 0.3 && r < 0.42);
  },
  paused: (x, y) => y > 0.12 && y < 0.88 && ((x > 0.2 && x < 0.4) || (x > 0.6 && x < 0.8)),
  wrong(x, y) {
    const inside = y > 0.08 && y < 0.9 && Math.abs(x - 0.5) < (y - 0.04) * 0.52;
    const mark = Math.abs(x - 0.5) < 0.06 && ((y > 0.36 && y < 0.64) || (y > 0.71 && y < 0.81));
    return inside && !mark;
  },
};

/** Points sampled along each side of a pixel, for smooth edges. */
const FINE = 4;

/**
 * Draws the tray's sign as a PNG of `size` by `size` pixels: light, with a dark rim, so that it shows on light and on
 * dark panels. The states differ in shape, never in colour.
 */
export function drawIcon(capture: Capture, size: number): Buffer {
  const sign = SIGNS[capture];
  const rim = 1.2 / size;
  const near = (x: number, y: number) =>
    [-1, 0, 1].some((dx) => [-1, 0, 1].some((dy) => sign(x + dx * rim, y + dy * rim)));
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let light = 0;
      let dark = 0;
      for (let n = 0; n < FINE * FINE; n++) {
        const x = (column + ((n % FINE) + 0.5) / FINE) / size;
        const y = (row + (Math.floor(n / FINE) + 0.5) / FINE) / size;
        if (sign(x, y)) light += 1;
        else if (near(x, y)) dark += 1;
      }
      const covered = light + dark;
      const shade = covered === 0 ? 0 : Math.round((light * 250 + dark * 30) / covered);
      const alpha = Math.round((covered * 255) / (FINE * FINE));
      rows.set([shade, shade, shade, alpha], row * (1 + size * 4) + 1 + column * 4);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  // Eight bits a channel, colour with alpha (PNG specification, 11.2.2).
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
