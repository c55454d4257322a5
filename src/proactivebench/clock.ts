/** How a time is written, and a number that orders times of the same kind: seconds, or minutes since `Day 1`. */
export interface Written {
  readonly kind: 'unix' | 'prose' | 'unreadable';
  readonly value: number;
}

const PROSE = /^\s*(?:Day\s+(\d{1,4})\s*,?\s*)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AP])\.?M\.?\s*$/i;
const UNIX = /^\s*\d{1,11}(?:\.\d+)?\s*$/;

/** Reads a time only to say how it is written; what orders a replay is made elsewhere, for it may turn a day. */
export function writtenTime(time: string | number): Written {
  if (typeof time === 'number' || UNIX.test(time)) return { kind: 'unix', value: Number(time) };
  const prose = PROSE.exec(time);
  if (!prose) return { kind: 'unreadable', value: 0 };
  const [, day = '1', hour = '', minute = '', second = '0', half = ''] = prose;
  const hours = (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  return { kind: 'prose', value: Number(day) * 1440 + hours * 60 + Number(minute) + Number(second) / 60 };
}
