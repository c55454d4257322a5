/** What a piece of text was taken for; the name of its placeholder. */
export type FindingType =
  | 'KEY'
  | 'TOKEN'
  | 'PASSWORD'
  | 'CODE'
  | 'CARD'
  | 'IBAN'
  | 'SSN'
  | 'BIRTH'
  | 'ADDRESS'
  | 'EMAIL'
  | 'PHONE'
  | 'IP'
  | 'MAC'
  | 'USER';

/** A stretch of text, `start` inclusive, `end` exclusive, in UTF-16 units. */
export interface Finding {
  readonly start: number;
  readonly end: number;
  readonly type: FindingType;
}

/** Placeholders already in a text; numbered, except the user's own name, of which there is one. */
export const placeholder =
  /\[(?:(?:KEY|TOKEN|PASSWORD|CODE|CARD|IBAN|SSN|BIRTH|ADDRESS|EMAIL|PHONE|IP|MAC)_\d{1,4}|USER)\]/g;

/** Every match of `pattern` (global; group 1 if it has one, else all of it) as findings. */
export function scan(
  text: string,
  pattern: RegExp,
  type: FindingType,
  accept: (match: RegExpExecArray) => boolean = () => true,
): Finding[] {
  const findings: Finding[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (match[0] === '') {
      pattern.lastIndex += 1;
      continue;
    }
    if (!accept(match)) continue;
    const value = match.slice(1).find((group) => group !== undefined) ?? match[0];
    const start = match.index + match[0].lastIndexOf(value);
    findings.push({ start, end: start + value.length, type });
  }
  return findings;
}
