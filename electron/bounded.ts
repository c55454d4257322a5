/** What one message from the page may be: small, flat and plain. */
const LIMITS = { characters: 64 * 1024, values: 20_000, depth: 32 } as const;

/** Keys that reach an object's making instead of its content. */
const REACHING: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Whether a message is a plain JSON value within the limits. It is walked with a budget and never written out as a
 * whole, so that a huge one costs no more than a small one; what structured cloning carries beyond JSON (cycles, typed
 * arrays, maps, dates, big integers, accessors) is refused.
 */
export function isBounded(message: unknown): boolean {
  let characters = 0;
  let values = 0;
  const stack: { readonly value: unknown; readonly depth: number }[] = [{ value: message, depth: 0 }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { value, depth } = next;
    values += 1;
    if (values > LIMITS.values || depth > LIMITS.depth) return false;
    if (typeof value === 'string') characters += value.length;
    else if (typeof value === 'number') {
      if (!Number.isFinite(value)) return false;
    } else if (typeof value === 'object' && value !== null) {
      const list = Array.isArray(value);
      if (list ? value.length > LIMITS.values : !isPlain(value)) return false;
      // Names alone first: an object of a million keys is refused before one of them is read.
      const keys = list ? null : Object.keys(value);
      if (keys && keys.length > LIMITS.values) return false;
      for (let n = 0; n < (list ? value.length : (keys?.length ?? 0)); n++) {
        const key = keys ? (keys[n] as string) : String(n);
        if (keys && REACHING.has(key)) return false;
        if (keys) characters += key.length;
        const held = Object.getOwnPropertyDescriptor(value, key);
        // A hole in a list has none; an accessor would run somebody's code here.
        if (!held || !('value' in held)) return false;
        stack.push({ value: held.value, depth: depth + 1 });
      }
    } else if (value !== null && typeof value !== 'boolean' && typeof value !== 'undefined') return false;
    if (characters > LIMITS.characters) return false;
  }
  return true;
}

function isPlain(value: object): boolean {
  const made = Object.getPrototypeOf(value) as unknown;
  return (made === Object.prototype || made === null) && Object.getOwnPropertySymbols(value).length === 0;
}
