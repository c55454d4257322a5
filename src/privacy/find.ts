import { findInAddresses } from './addresses.ts';
import { findAssigned } from './assignments.ts';
import { findCodes } from './codes.ts';
import { findInCommands } from './commands.ts';
import { findEncoded } from './encoded.ts';
import { findLone, findRandom, findScrambled, isBrokenKey } from './entropy.ts';
import type { Finding } from './finding.ts';
import { findUser, type Person } from './person.ts';
import { findPersonal } from './pii.ts';
import { findInStatements } from './statements.ts';
import { findTokens } from './tokens.ts';
import { type Traits, traitsOf } from './traits.ts';
import { inText, joinedView, percentView, plainView, type View } from './view.ts';

/**
 * All findings of a text, in its own units and in no order: in the plain view, in the one without escapes, in the one
 * of joined lines, and in what its words encode. Overlaps are for the caller to join.
 */
export function findAll(text: string, person: Person, region?: string): Finding[] {
  let traits = traitsOf(text);
  const plain = plainView(text, traits.disguised);
  if (plain.map) traits = traitsOf(plain.text);
  const findings = back(plain, [
    ...findSecrets(plain.text, traits),
    ...findPersonal(plain.text, traits, region),
    ...findUser(plain.text, person),
  ]);
  const decoded = traits.marks && traits.word > 1 ? percentView(plain) : undefined;
  if (decoded) {
    const inside = traitsOf(decoded.text);
    findings.push(
      ...back(decoded, [...findSecrets(decoded.text, inside), ...findPersonal(decoded.text, inside, region)]),
    );
  }
  const joined = traits.lines && traits.word >= 8 ? joinedView(plain) : undefined;
  if (joined) {
    const broken = (each: Finding): readonly string[] =>
      text.slice(each.start, each.end).split(/\\?\r?\n[ \t]*/);
    // What is whole was seen before; here only what a line end has parted.
    const { words } = traitsOf(joined.text);
    findings.push(...back(joined, findTokens(joined.text, words)).filter((each) => broken(each).length > 1));
    findings.push(
      ...back(joined, findRandom(joined.text, words)).filter((each) => isBrokenKey(broken(each))),
    );
  }
  if (traits.word >= 16) {
    findings.push(
      ...back(
        plain,
        findEncoded(plain.text, (inner) => findSecrets(inner, traitsOf(inner))),
      ),
    );
  }
  return findings;
}

function back(view: View, findings: Finding[]): Finding[] {
  if (!view.map) return findings;
  return findings.map((each) => ({ ...each, ...inText(view, each.start, each.end) }));
}

/** Each finder is asked only if the text has the characters that its findings cannot do without. */
function findSecrets(text: string, traits: Traits): Finding[] {
  const findings = findAssigned(text, traits.foreign);
  if (traits.word >= 12) findings.push(...findTokens(text, traits.words));
  if (traits.word >= 16 && traits.digits > 0) findings.push(...findRandom(text, traits.words));
  findings.push(...findInAddresses(text, traits), ...findInCommands(text), ...findInStatements(text));
  findings.push(...findCodes(text, traits));
  if (traits.digits > 0 && traits.word >= 3) {
    if (traits.blanks < 8) findings.push(...findLone(text));
    if (traits.marks) findings.push(...findScrambled(text));
  }
  return findings;
}
