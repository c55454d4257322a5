import { counting } from '../counting.ts';

const english = counting('en');

export const { number, signed, list } = english;

/** `1 item`, `2 items`, `1,204 items`. */
export const many = (count: number, one: string, more = `${one}s`) => english.many(count, one, more);
