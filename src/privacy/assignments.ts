import type { Finding, FindingType } from './finding.ts';
import { kindOfName, type NameKind } from './names.ts';
import { isOdd, isPlain, isPublic, isQuotedPassword, isStrong } from './values.ts';

/** Where a name may stand; also the prefilter: a text without any of these has no named secret. */
const stem =
  /pass(?!a|e|i|o)|pwd|psw|p\/?w(?![a-z])|psk|mdp|secret|token|keys?(?![a-z])|api_?key|cred(?!i(?!ent))|auth(?!o(?!ri[sz]ation|riz)|e)|cookie|sess|sid(?![a-z])|jwt|csrf|xsrf|sig(?![a-hj-mo-z])|signature|hmac|bearer|kenn|contrase|clave|senha|wachtw|lösen|adgangsk|salasana|has[lł]o|heslo|parola|sandi|requirep|masterauth|rootpw|keymaterial|maiden|diceware|licen[cs]e|lizenz|serial|seed|mnemonic|salt|webhook|wif(?![a-z])|totp|macaroon|authinfo/gi;
const foreignStem =
  /contraseña|lösenord|hasło|şifre|jelszó|парол[ья]|密码|密碼|口令|パスワード|暗証番号|비밀번호|암호|كلمة المرور|كلمة السر|رمز عبور|סיסמה|mật khẩu|รหัสผ่าน|पासवर्ड|κωδικός|ключ|schlüssel/giu;
const phraseStem =
  /mot de passe|kata sandi|palavra-passe|parola d['’]ordine|maiden name|(?:security|secret)(?: question)? answer|(?:epp|transfer|auth)[ -]code(?: for domain transfer)?|authinfo/gi;

const inName = /[\p{L}\p{N}_.$-]/u;
const quotes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '`': '`',
  '“': '”',
  '”': '”',
  '„': '“',
  '‘': '’',
  '«': '»',
  '「': '」',
};
const type =
  /^(?:str(?:ing)?|text|varchar|char|any|bytes|SecureString|String|&?(?:'static )?str|string \| \w+)\s{0,3}=\s{0,3}/;
const joiner =
  /^(?:[ \t]{1,3}(?:for|of|to|do|de|da|von|für|pour|para|от|di|del|accesso)[ \t][^\n.:=]{1,40}?)?[ \t]{1,3}(?:is(?: now)?|are|was|ist|lautet|est|es|è|é|är|er|to|should be|must be|will be|jest|—|–|->)[ \t:]{1,3}/;
const joinedBy =
  /^[ \t]{1,3}(?:is generated |was set |are |is )?(?:for|of|to|do|de|da|von|für|pour|para|от|di|del|accesso|generated|set)[ \t][^\n:=]{1,60}?[ \t]{0,3}(?:[:=]|\? ?-)[ \t]{1,3}/;
const block = /^\s{0,3}\{[^}\n]{0,40}\n(?:[^}\n]{0,80}\n){0,3}?\s{0,12}default\s{0,12}=\s{0,3}/;

interface Value {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  /** How the value is tied to the name, from sure to loose. */
  readonly tie: 'assigned' | 'called' | 'flag' | 'told' | 'above' | 'beside' | 'cell';
}

/** Secrets named by the word beside them: assignments of every language and format, forms, tables and sentences. */
export function findAssigned(text: string, foreign: boolean): Finding[] {
  const findings: Finding[] = [];
  let done = 0;
  const look = (at: number, length: number, sure: boolean): void => {
    if (at < done) return;
    const start = sure ? at : nameStart(text, at);
    const end = nameEnd(text, at + length, sure);
    done = end;
    // The word inside a placeholder names what was there, not what follows.
    if (text[start - 1] === '[' && text[end] === ']') return;
    const before = wordBefore(text, start);
    const kind = sure ? sureKind(text.slice(at, at + length)) : kindOfName(text.slice(start, end), before);
    if (!kind) return;
    const value = valueAfter(text, start, end);
    if (!value || !accepts(text, value, kind, start)) return;
    findings.push({ start: value.start, end: value.end, type: typeOf(kind, text.slice(start, end)) });
    done = Math.max(done, value.tie === 'assigned' ? value.end : end);
  };
  stem.lastIndex = 0;
  for (let match = stem.exec(text); match; match = stem.exec(text)) {
    look(match.index, match[0].length, false);
    if (done > stem.lastIndex) stem.lastIndex = done;
  }
  done = 0;
  for (const match of text.matchAll(phraseStem)) look(match.index, match[0].length, true);
  if (!foreign) return findings;
  done = 0;
  for (const match of text.matchAll(foreignStem)) look(match.index, match[0].length, true);
  return findings;
}

function sureKind(name: string): NameKind {
  return /code|authinfo/i.test(name) ? 'secret' : 'password';
}

function typeOf(kind: NameKind, name: string): FindingType {
  return kind === 'password' || /pass|pw/i.test(name) ? 'PASSWORD' : 'TOKEN';
}

function nameStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < 60 && inName.test(text[start - 1]!)) start -= 1;
  return start;
}

function nameEnd(text: string, at: number, sure: boolean): number {
  let end = at;
  if (sure) {
    while (end < text.length && /\p{Script=Cyrillic}/u.test(text[end]!)) end += 1;
    return end;
  }
  while (end < text.length && end - at < 60 && /[\p{L}\p{N}_-]/u.test(text[end]!)) end += 1;
  // `password-` and `token_` end before their mark.
  while (end > at && /[-]/.test(text[end - 1]!)) end -= 1;
  return end;
}

function wordBefore(text: string, start: number): string {
  return /([\p{L}\d]{1,20})[ '"]{1,2}$/u.exec(text.slice(Math.max(0, start - 22), start))?.[1] ?? '';
}

/** The value that belongs to a name, by what stands between. */
function valueAfter(text: string, start: number, nameStop: number): Value | undefined {
  let at = nameStop;
  let closed = false;
  while (at - nameStop < 5 && /["'`\\\])*”’_]/.test(text[at] ?? '')) {
    closed ||= /["'`]/.test(text[at]!);
    at += 1;
  }
  const spaces = /^[ \t]{0,30}/.exec(text.slice(at, at + 30))![0].length;
  const next = text[at + spaces] ?? '';
  const rest = text.slice(at, at + 90);
  if (next === ':' || next === '=' || next === '：' || next === '＝' || next === '→' || next === '➜') {
    const operator = /^(?::=|=>|::|===?|[:=：＝→➜])[ \t]{0,30}/.exec(
      text.slice(at + spaces, at + spaces + 34),
    )![0];
    if (operator.startsWith('==')) return undefined;
    const line = /^[ \t]{0,3}(?:\r?\n[ \t]{0,8}){1,2}(?=\S)/.exec(
      text.slice(at + spaces + operator.length, at + spaces + operator.length + 24),
    )?.[0];
    if (line) return taken(text, at + spaces + operator.length + line.length, 'above');
    return taken(text, at + spaces + operator.length, 'assigned');
  }
  const value =
    /^[ \t]{1,3}value[ \t]{0,2}=[ \t]{0,2}/i.exec(rest)?.[0] ??
    /^<\/key>\s{0,20}<string>/i.exec(rest)?.[0] ??
    /^[ \t]{0,3}\n[ \t]{0,20}value:[ \t]{1,3}/.exec(rest)?.[0];
  if (value) return taken(text, at + value.length, 'assigned');
  if (next === '>' && spaces === 0) return taken(text, at + 1, 'assigned');
  if (next === ',' && closed && /[({[]\s{0,2}["'`]$/.test(text.slice(Math.max(0, start - 4), start)))
    return quotedOnly(text, at + spaces + 1, 'assigned');
  if (next === '(') return quotedOnly(text, at + spaces + 1, 'called');
  if (text[start] === '-' && spaces > 0) return taken(text, at + spaces, 'flag');
  const arrow = /^[ \t]{0,3}(?:->|<-|[-–—|])[ \t]{1,30}/.exec(rest)?.[0];
  if (arrow)
    return taken(
      text,
      at + arrow.length,
      /\|/.test(arrow) ? 'cell' : /[<>]/.test(arrow) ? 'assigned' : 'told',
    );
  const inside = closed ? block.exec(text.slice(at, at + 300))?.[0] : undefined;
  if (inside) return quotedOnly(text, at + inside.length, 'assigned');
  const joined = joinedBy.exec(rest)?.[0] ?? joiner.exec(rest)?.[0];
  if (joined) return taken(text, at + joined.length, 'told');
  const glued = /^(?:は|是|为|為|の|는|은|이)[ \t]?/.exec(rest)?.[0];
  if (glued) return taken(text, at + glued.length, 'told');
  const below = /^[ \t]{0,3}:?[ \t]{0,3}(?:\r?\n[ \t]{0,8}){1,2}(?=\S)/.exec(rest)?.[0];
  if (below) return taken(text, at + below.length, 'above');
  if (spaces > 0) return taken(text, at + spaces, 'beside');
  return undefined;
}

function quotedOnly(text: string, at: number, tie: Value['tie']): Value | undefined {
  const value = taken(text, at + /^\s{0,8}/.exec(text.slice(at, at + 8))![0].length, tie);
  // Of two texts the first is a user: `changeUserPassword("ada", "…")`.
  if (tie === 'called' && value && /^["'`], ?["'`]/.test(text.slice(value.end, value.end + 3)))
    return undefined;
  return value?.quoted ? value : undefined;
}

/** The value that begins at `at`: between quotes, or up to a blank or a mark that ends values. */
function taken(text: string, at: number, tie: Value['tie']): Value | undefined {
  let start = at;
  const annotated = tie === 'assigned' ? type.exec(text.slice(start, start + 40)) : null;
  if (annotated) start += annotated[0].length;
  const tag = /^(?:!!\w{1,10} |>(?=\S)|\*\*(?=[^*\s])|ENCRYPTED PASSWORD )/.exec(
    text.slice(start, start + 24),
  );
  if (tag) start += tag[0].length;
  if (/^[bBrRfFuUNL@$]{1,2}["']/.test(text.slice(start, start + 3)))
    start += text[start + 1] === '"' || text[start + 1] === "'" ? 1 : 2;
  if (text[start] === '(' && quotes[text[start + 1] ?? '']) start += 1;
  const escaped = text[start] === '\\';
  const open = text[escaped ? start + 1 : start] ?? '';
  const close = quotes[open];
  if (close) {
    const from = start + (escaped ? 2 : 1);
    const line = text.indexOf('\n', from);
    const stop = text.indexOf(escaped ? `\\${close}` : close, from);
    if (stop > from && stop - from <= 400 && (line < 0 || stop < line))
      return { start: from, end: stop, quoted: true, tie };
    // An apostrophe or a string that was cut off: up to the end of the word.
    start = from;
  }
  let end = start;
  const stops = tie === 'assigned' || tie === 'flag' ? /[\s"'`<>,;(){}[\]\\]/ : /[\s"'`<>;\\|]/;
  while (end < text.length && end - start < 400 && !stops.test(text[end]!)) {
    if (text[end] === '&' && /^&\w{1,30}=/.test(text.slice(end, end + 32))) break;
    if (/[。，；」】、）です]/.test(text[end]!)) break;
    end += 1;
  }
  // What is no quote but ends a sentence or a bold word.
  while (end - start > 3 && /[.?:,*)]/.test(text[end - 1]!)) end -= 1;
  if (end - start < 3) return undefined;
  return { start, end, quoted: false, tie };
}

function accepts(text: string, value: Value, kind: NameKind, nameStart: number): boolean {
  const content = text.slice(value.start, value.end);
  const next = text[value.end] ?? '';
  if (!value.quoted && (next === '(' || (next === '[' && !/\s/.test(content)))) return false;
  if (kind !== 'password')
    return value.tie === 'beside' || value.tie === 'cell' || value.tie === 'told' || value.tie === 'above'
      ? isStrong(content) &&
          content.length >= (kind === 'key' ? 20 : 10) &&
          (kind !== 'key' || digitsIn(content) > 1)
      : isStrong(content) && (kind !== 'key' || (content.length >= 20 && digitsIn(content) > 1));
  if (value.quoted) {
    if (!isQuotedPassword(content)) return false;
    if (value.tie === 'assigned' || value.tie === 'flag' || value.tie === 'above') return true;
    // `pass` is a verb, and a call may take any text.
    return (
      !/\s/.test(content) &&
      (isOdd(content) || (content.length < 60 && !/^pass\b/i.test(text.slice(nameStart, value.start))))
    );
  }
  if (
    value.tie === 'assigned' &&
    /^\d{4,24}$/.test(content) &&
    !/^[.,]\d/.test(text.slice(value.end, value.end + 2))
  )
    return true;
  if (isPlain(content) || isPublic(content)) return false;
  if (/answer|maiden/i.test(text.slice(nameStart, value.start)) && value.tie !== 'beside') return true;
  switch (value.tie) {
    case 'assigned':
      return isOdd(content) || isBareWord(text, value, content, nameStart);
    case 'flag':
      return !/^[-$<{]/.test(content);
    case 'called':
      return false;
    default:
      return isOdd(content);
  }
}

function digitsIn(text: string): number {
  return text.length - text.replace(/\d/g, '').length;
}

/** A plain word as a password: the whole rest of a line of settings or of a form, not of code. */
function isBareWord(text: string, value: Value, content: string, nameStart: number): boolean {
  if (/[a-z][A-Z]/.test(content) || !/^[\p{L}\p{N}\p{M}_.-]{4,60}$/u.test(content)) return false;
  const rest = text.slice(value.end, value.end + 40);
  if (!/^["'`]?[ \t]{0,8}(?:$|\r?\n|&|;\s{0,8}$|,\w{1,20}=|<\/|\s{1,3}-)/.test(rest)) return false;
  const line = text.slice(Math.max(nameStart - 200, text.lastIndexOf('\n', nameStart) + 1), nameStart);
  return !/\b(?:const|let|var|if|return|def|self|this|function|type|interface|readonly|import|case|async|await)\b|[({?|.]\s{0,8}$/.test(
    line,
  );
}
