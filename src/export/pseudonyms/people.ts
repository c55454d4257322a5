import { hostAt } from './hosts.ts';
import { isCommon, isOrdinary } from './ordinary.ts';
import { type Found, isDistinctive, type Span, spanAt } from './span.ts';
import { fold, holdsPlaceholder, type Value } from './value.ts';

const mail =
  /(?<![\p{L}\p{N}._%+-])([\p{L}\p{N}_][\p{L}\p{N}._%+'-]{0,63})@((?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24})(?![\p{L}\p{N}-])/gu;
/** `ada@laptop:~$`, as shells show; what stands before `://` is a scheme and no machine. */
const prompt = /(?<![\p{L}\p{N}_.@/-])([a-z_][\w.-]{1,31})@([A-Za-z][\w-]{1,62})(?=:(?!\/\/)|[~'"\s]|$)/gu;
const NAME = String.raw`\p{Lu}[\p{L}'’-]{0,30}\p{L}(?: (?:(?:von|van|de|del|da|di|le|la|bin|al) ){0,2}\p{Lu}[\p{L}'’-]{0,30}\p{L}){0,2}`;
const TWO = String.raw`\p{Lu}[\p{L}'’-]{0,30}\p{L}(?: (?:(?:von|van|de|del|da|di|le|la|bin|al) ){0,2}\p{Lu}[\p{L}'’-]{0,30}\p{L}){1,2}`;
const titled = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Herr|Frau|Mme|Mlle|Monsieur|Madame|Señora?|Sra?|Signora?)\.? (${NAME})`,
  'gu',
);
const greeted = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:Dear|Hi|Hello|Hey|Hallo|Lieber?|Bonjour|Cher|Chère|Hola|Ciao) (${NAME})(?=[,!:]|$)`,
  'gu',
);
const headed = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:From|To|Cc|Bcc|Author|Signed-off-by|Reviewed-by|Von|An): (${TWO})`,
  'gu',
);
const addressed = new RegExp(String.raw`(?<![\p{L}\p{N}])(${TWO})(?=["”]? ?<[^<>\s@]{1,64}@)`, 'gu');
/** Our own sentence of a chat. */
const chatting = new RegExp(String.raw`chatting in '(${TWO})'`, 'gu');
const nobody =
  /^(?:All|Team|Sir|Madam|There|World|Everyone|Everybody|Folks|Friends|Colleagues|Customer|User|Both)$/;

/** People by their addresses, and by the places in which a name stands: titles, greetings, heads of mails, chats. */
export function findPeople(text: string): Found {
  const spans: Span[] = [];
  const others: Value[] = [];
  if (text.includes('@')) {
    for (const { 1: local = '', 2: host = '', index } of text.matchAll(mail)) {
      spans.push(...hostAt(host, index + local.length + 1));
      if (holdsPlaceholder(local) || isCommon(local)) continue;
      const key = nameKey(local);
      const anywhere = isDistinctive(local) || (local.length >= 5 && !isOrdinary(local));
      spans.push(spanAt(index, local, 'person', { key, anywhere }));
      if (/[._-]/.test(local))
        others.push(
          ...namesOf(
            key.replace(/\b\p{L}/gu, (each) => each.toUpperCase()),
            key,
          ),
        );
    }
    for (const { 1: user = '', 2: machine = '', index } of text.matchAll(prompt)) {
      if (!isCommon(user) && !holdsPlaceholder(user))
        spans.push(spanAt(index, user, 'user', { anywhere: !isOrdinary(user) }));
      if (!isCommon(machine) && !holdsPlaceholder(machine))
        spans.push(spanAt(index + user.length + 1, machine, 'machine', { anywhere: !isOrdinary(machine) }));
    }
  }
  for (const pattern of [titled, greeted, headed, addressed, chatting]) {
    for (const match of text.matchAll(pattern)) {
      const name = match[1] ?? '';
      if (nobody.test(name) || holdsPlaceholder(name)) continue;
      const key = nameKey(name);
      const start = match.index + match[0].indexOf(name);
      spans.push(
        spanAt(start, name, 'person', {
          key,
          anywhere: name.includes(' ') || !isOrdinary(name),
          exact: true,
        }),
      );
      others.push(...namesOf(name, key));
    }
  }
  return { spans, others };
}

/** The parts of a full name, each only as it is written: `Rose` is a name, `rose` a word. */
export function namesOf(name: string, key = nameKey(name)): readonly Value[] {
  const parts = name
    .split(/\s+/)
    .filter((part) => part.length >= 4 && !isOrdinary(part) && /^\p{Lu}/u.test(part));
  const whole: Value[] = name.includes(' ') ? [{ kind: 'person', text: name, key }] : [];
  return [...whole, ...parts.map((text): Value => ({ kind: 'person', text, key, exact: true }))];
}

/** `Ada Lovelace` and `ada.lovelace` are one person. */
export function nameKey(name: string): string {
  return fold(name)
    .replace(/[._-]+/g, ' ')
    .trim();
}
