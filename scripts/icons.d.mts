import type { PNG } from 'pngjs';
/** Sizes in pixels. */
export const SIZES: readonly number[];
/** The icon, `size` by `size` pixels. */
export function draw(size: number): PNG;
