import { counting } from '../counting.ts';

export const { number, signed, many, list } = counting('de');
