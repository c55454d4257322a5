/** How the modifiers choose a level of a key (XKB protocol, "key types"). */
interface KeyType {
  /** Modifiers that matter to it. */
  readonly mask: number;
  readonly levels: number;
  readonly entries: readonly { readonly modifiers: number; readonly level: number }[];
  /** It leaves Lock to the program, which then capitalises. */
  readonly keepsLock: boolean;
}

interface KeySymbols {
  readonly groups: number;
  /** What happens to a group that the key does not have: 0 wraps, 1 clamps, 2 goes to `redirect`. */
  readonly outOfRange: number;
  readonly redirect: number;
  readonly width: number;
  readonly types: readonly number[];
  readonly keysyms: readonly number[];
}

/** The keyboard map of an X server, as XkbGetMap gives it. */
export interface Layout {
  /** The keysym that a key means under the modifiers and the group of an event's `state`; 0 for none. */
  keysym(code: number, state: number): number;
}

const LOCK = 2;
/** Bits 13 and 14 of an event's state are the group (XKB protocol, "computing effective modifier and group"). */
const GROUP_SHIFT = 13;

/** Components asked for: key types and key symbols, all of them. */
const TYPES_AND_SYMBOLS = 3;
const USE_CORE_KEYBOARD = 0x100;

/** Body of an XkbGetMap request; `opcode` is the major one of the extension. */
export function mapRequest(opcode: number): Buffer {
  const request = Buffer.alloc(28);
  request.writeUInt8(opcode, 0);
  request.writeUInt8(8, 1);
  request.writeUInt16LE(request.length / 4, 2);
  request.writeUInt16LE(USE_CORE_KEYBOARD, 4);
  request.writeUInt16LE(TYPES_AND_SYMBOLS, 6);
  return request;
}

/** Header of the reply behind its first eight bytes, in bytes; then come types, then symbols. */
const HEADER = 32;

/** Reads the reply of XkbGetMap without its first eight bytes. Throws a RangeError on one that is cut. */
export function parseMap(reply: Buffer): Layout {
  const typeCount = reply.readUInt8(7);
  const firstKey = reply.readUInt8(9);
  const keyCount = reply.readUInt8(12);
  let at = HEADER;
  const types: KeyType[] = [];
  for (let index = 0; index < typeCount; index += 1) {
    const mask = reply.readUInt8(at);
    const levels = reply.readUInt8(at + 4);
    const count = reply.readUInt8(at + 5);
    const preserves = reply.readUInt8(at + 6) !== 0;
    at += 8;
    const entries: { modifiers: number; level: number }[] = [];
    for (let entry = 0; entry < count; entry += 1, at += 8) {
      if (reply.readUInt8(at) !== 0)
        entries.push({ modifiers: reply.readUInt8(at + 1), level: reply.readUInt8(at + 2) });
    }
    let keepsLock = false;
    if (preserves) {
      for (let entry = 0; entry < count; entry += 1, at += 4)
        keepsLock ||= (reply.readUInt8(at) & LOCK) !== 0;
    }
    types.push({ mask, levels, entries, keepsLock });
  }
  const keys = new Map<number, KeySymbols>();
  for (let index = 0; index < keyCount; index += 1) {
    const groupInfo = reply.readUInt8(at + 4);
    const width = reply.readUInt8(at + 5);
    const count = reply.readUInt16LE(at + 6);
    const indices = [0, 1, 2, 3].map((group) => reply.readUInt8(at + group));
    at += 8;
    const keysyms: number[] = [];
    for (let each = 0; each < count; each += 1, at += 4) keysyms.push(reply.readUInt32LE(at));
    keys.set(firstKey + index, {
      groups: groupInfo & 0xf,
      outOfRange: groupInfo >> 6,
      redirect: (groupInfo >> 4) & 3,
      width,
      types: indices,
      keysyms,
    });
  }
  return { keysym: (code, state) => keysymOf(keys.get(code), types, state) };
}

function keysymOf(key: KeySymbols | undefined, types: readonly KeyType[], state: number): number {
  if (!key || key.groups === 0) return 0;
  const group = groupOf(key, (state >> GROUP_SHIFT) & 3);
  const type = types[key.types[group] ?? 0];
  if (!type) return 0;
  const held = state & type.mask;
  const level = type.entries.find((entry) => entry.modifiers === held)?.level ?? 0;
  const keysym = key.keysyms[group * key.width + Math.min(level, type.levels - 1)] ?? 0;
  // A type that does not use Lock leaves it to the program, and programs capitalise.
  const locked = (state & LOCK) !== 0 && ((type.mask & LOCK) === 0 || type.keepsLock);
  return locked ? upper(keysym) : keysym;
}

function groupOf(key: KeySymbols, group: number): number {
  if (group < key.groups) return group;
  if (key.outOfRange === 1) return key.groups - 1;
  if (key.outOfRange === 2) return key.redirect < key.groups ? key.redirect : 0;
  return group % key.groups;
}

/** Capital of a letter of Latin 1 or of Unicode's range; other keysyms have capitals by their own level. */
function upper(keysym: number): number {
  const latin = (keysym >= 0x61 && keysym <= 0x7a) || (keysym >= 0xe0 && keysym <= 0xfe && keysym !== 0xf7);
  if (latin) return keysym - 0x20;
  if (keysym < 0x1000100) return keysym;
  const capital = String.fromCodePoint(keysym - 0x1000000).toUpperCase();
  return [...capital].length === 1 ? 0x1000000 + (capital.codePointAt(0) ?? 0) : keysym;
}
