import { fold, type Value } from './value.ts';
import type { Kind } from '../../model/exporting.ts';

/** A known value in a text, `end` exclusive. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly placeholder: string;
  readonly kind: Kind;
}

interface Node {
  readonly next: Map<string, Node>;
  readonly entries: Entry[];
}
interface Entry {
  readonly value: Value;
  readonly placeholder: string;
}

/** Many values to be looked for at once, in the time of the text alone. */
export interface Trie {
  /** The first of several for one spelling wins. */
  add(value: Value, placeholder: string): void;
  /** Longest matches from the left, outside of `taken` (sorted, without overlaps). */
  search(text: string, taken: readonly { readonly start: number; readonly end: number }[]): readonly Match[];
}

/** One character as it is compared; what changes its length is compared as it is. */
function lower(unit: string): string {
  const small = unit.toLowerCase();
  return small.length === unit.length ? small : unit;
}

/** An empty trie. */
export function createTrie(): Trie {
  const root: Node = { next: new Map(), entries: [] };

  /** The longest entry that starts at `start` and may stand there. */
  function longest(text: string, start: number, most: number): { end: number; entry: Entry } | null {
    let node: Node | undefined = root;
    let found: { end: number; entry: Entry } | null = null;
    for (let at = start; at < most; at += 1) {
      node = node.next.get(lower(text[at] ?? ''));
      if (!node) break;
      for (const entry of node.entries) {
        if (!fits(text, start, at + 1, entry.value)) continue;
        found = { end: at + 1, entry };
        break;
      }
    }
    return found;
  }

  return {
    add(value, placeholder) {
      let node = root;
      for (const unit of value.text.normalize('NFC').split('')) {
        const key = lower(unit);
        let next = node.next.get(key);
        if (!next) node.next.set(key, (next = { next: new Map(), entries: [] }));
        node = next;
      }
      const same = node.entries.some(
        (entry) => entry.value.exact === value.exact && fold(entry.value.text) === fold(value.text),
      );
      if (!same || value.inside) node.entries.push({ value, placeholder });
    },
    search(text, taken) {
      const matches: Match[] = [];
      let next = 0;
      for (let at = 0; at < text.length;) {
        while (next < taken.length && (taken[next]?.end ?? 0) <= at) next += 1;
        const hole = taken[next];
        if (hole && at >= hole.start) {
          at = hole.end;
          continue;
        }
        const found = longest(text, at, hole?.start ?? text.length);
        if (!found) {
          at += 1;
          continue;
        }
        const { placeholder, value } = found.entry;
        matches.push({ start: at, end: found.end, placeholder, kind: value.kind });
        at = found.end;
      }
      return matches;
    },
  };
}

const letter = /[\p{L}\p{N}]/u;

/** Whole words, unless it counts inside of others too; a joint or a mark ends a word, a letter or digit does not. */
function fits(text: string, start: number, end: number, { exact, inside, text: own }: Value): boolean {
  if (exact && text.slice(start, end) !== own) return false;
  if (inside) return true;
  const before = text[start - 1] ?? '';
  const after = text[end] ?? '';
  const open = !letter.test(before) || !letter.test(text[start] ?? '');
  return open && (!letter.test(after) || !letter.test(text[end - 1] ?? ''));
}
