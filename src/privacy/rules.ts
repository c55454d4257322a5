import { type Finding, type FindingType, scan } from './finding.ts';

/** What a pattern finds and which of its findings count; group 1 of the pattern is the value. */
export interface Rule {
  readonly pattern: RegExp;
  readonly type: FindingType;
  readonly accept?: (value: string) => boolean;
}

/** Rules that are tried together, and the quick pattern without which none of them can match. */
export interface RuleGroup {
  readonly when: RegExp;
  readonly rules: readonly Rule[];
}

/** What the rules of all groups find whose quick pattern is in the text. */
export function findByRules(text: string, groups: readonly RuleGroup[]): Finding[] {
  const findings: Finding[] = [];
  for (const { when, rules } of groups) {
    if (!when.test(text)) continue;
    for (const { pattern, type, accept } of rules) {
      findings.push(
        ...scan(
          text,
          pattern,
          type,
          (match) => !accept || accept(match.slice(1).find((each) => each !== undefined) ?? ''),
        ),
      );
    }
  }
  return findings;
}
