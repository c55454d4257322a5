import { type Finding, scan } from './finding.ts';

/** Words for a password in the languages people write notes in. */
const passwordWords =
  'passwords?|passwd|passphrase|passcode|pass[_-]?word|pwd|passwort|kennwort|mot de passe|contraseña|contrasena|senha|palavra-passe|wachtwoord|lösenord|adgangskode|passord|salasana|hasło|haslo|heslo|parola|şifre|jelszó|пароль|密码|密碼|口令|パスワード|비밀번호|كلمة المرور|סיסמה|mật khẩu|kata sandi|รหัสผ่าน';
const secretWords =
  '(?:[a-z0-9]{1,30}[_-]){0,4}(?:api|access|auth|client|secret|private|signing|encryption|account|shared[_-]?access|consumer|bearer|refresh|session|csrf|master|deploy|webhook|bot)?[_-]?(?:secret|token|key|apikey|credentials?|cookie|jwt)';

const mark = '(?:["\'`])?[ \\t]{0,3}(?:[:=：]|=>|:=)[ \\t]{0,3}';
const quoted = '(["\'`])([^"\'`\\n]{3,300})\\1';
const open = '([^\\s"\'`,;<>(){}\\[\\]]{3,300})';

/** `(?<![\p{L}…])` keeps each keyword to the start of a word, so that nothing is tried twice. */
const before = '(?<![\\p{L}\\p{N}])';
const passwordQuoted = new RegExp(
  `${before}(?:[a-z0-9]{1,30}[_-]){0,4}(?:${passwordWords}|PIN)${mark}${quoted}`,
  'giu',
);
const passwordOpen = new RegExp(
  `${before}(?:[a-z0-9]{1,30}[_-]){0,4}(?:${passwordWords}|PIN)${mark}${open}`,
  'giu',
);
const secretQuoted = new RegExp(`${before}${secretWords}${mark}${quoted}`, 'giu');
const secretOpen = new RegExp(`${before}${secretWords}${mark}${open.replace('{}', '{}&')}`, 'giu');
const passwordProse = new RegExp(
  `${before}(?:${passwordWords})(?: for [^\\n.:]{1,40})? (?:is|ist|est|es|è|é|är|to) ["']?([^\\s"']{4,100})`,
  'giu',
);

const flag =
  /(?<![\w-])--?(?:password|passwd|pass|pwd|token|secret|api-?key|auth-?token|access-?key)(?:[ =]|\s=\s)["']?([^\s"'$<{-][^\s"']{2,200})/gi;
const login = /(?<![\w-])(?:-u|--user)[ =]["']?[\w.@-]{1,64}:([^\s"']{3,200})/g;
const bearer = /(?<![\w])(?:bearer|token|basic|apikey|digest)[ \t]{1,3}([\w.~+/=-]{16,2000})/gi;
const inAddress = /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,20}:\/\/([^\s:/@"'<>]{0,100}:[^\s@"'<>/]{1,200})@/gi;
const parameter =
  /[?&](?:(?:access|auth|api|id|refresh|session|security|x-amz-security|csrf)?[_-]?(?:token|key|sig|signature|secret|password|passwd|pwd|credential|session|sessionid|sid|jwt)|x-amz-signature|x-goog-signature|code|otp|state)=([^\s&#"'<>]{6,2000})/gi;
const phrase =
  /(?:seed|recovery|mnemonic|backup|secret)[ -](?:phrase|words|seed)["']?[ \t]{0,3}(?:[:=]|is)[ \t]{0,3}["']?((?:[a-z]{3,10}[ ,]{1,3}){8,24}[a-z]{3,10})/gi;
const oneTime =
  /(?:(?:verification|security|login|log-?in|one[- ]time|confirmation|access|auth(?:entication)?|2fa|sms|otp|tan)[ -]?(?:pass)?code|otp|mtan|bestätigungscode|code de (?:vérification|sécurité)|código de (?:verificación|verificação)|код подтверждения|验证码|驗證碼|認証コード|인증번호)[^\d\n]{0,24}?(\d{3}[ -]?\d{3,5}|\d{4})(?!\d)/giu;

/** The database clients take the password right behind `-p`; elsewhere that flag is a port or a path. */
const attached =
  /\b(?:mysql|mysqldump|mysqladmin|mariadb|mariadb-dump|sshpass)\b[^\n|;&]{0,200}? -p([^\s"'=-][^\s"']{2,200})/g;

/** Values that are code or documentation, not a secret. */
const keyword =
  /^(?:string|str|text|number|int|bool|boolean|null|nil|none|undefined|true|false|any|unknown|never|void|object|required|optional|hidden|visible|password|passwort|token|secret|key|value|varchar|char|bytes?|buffer|input|request|response|default|example|changed|expired|invalid|missing|wrong|incorrect|reset|field|forgotten|empty|self|this|await|async|new|function|const|let|var|return|the|not|too|a|an|your|my|no|yes|on|off|safe|strong|weak|required\.|n\/a|\*+|x+|•+|\.+)$/i;
const code =
  /^(?:\$|%|@|\||&|\/|~|\*|-)|^[A-Za-z_][\w$]*(?:\.[A-Za-z_][\w$]*)+$|\(|^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/;

/** Secrets that only their surroundings give away: assignments, headers, flags, addresses, phrases, one-time codes. */
export function findAssigned(text: string): Finding[] {
  return [
    ...valueOf(text, passwordQuoted, 2, 'PASSWORD', (value) => !plainPlaceholder(value)),
    ...valueOf(text, passwordOpen, 1, 'PASSWORD', (value) => !keyword.test(value) && !code.test(value)),
    ...valueOf(text, secretQuoted, 2, 'TOKEN', (value) => !plainPlaceholder(value) && strong(value)),
    ...valueOf(text, secretOpen, 1, 'TOKEN', (value) => !code.test(value) && strong(value)),
    ...scan(text, passwordProse, 'PASSWORD', (match) => oddPassword(match[1] ?? '')),
    ...scan(text, flag, 'PASSWORD', (match) => !keyword.test(match[1] ?? '')),
    ...scan(text, attached, 'PASSWORD'),
    ...scan(text, login, 'PASSWORD'),
    ...scan(text, bearer, 'TOKEN', (match) => strong(match[1] ?? '') && /\d/.test(match[1] ?? '')),
    ...scan(text, inAddress, 'PASSWORD'),
    ...scan(text, parameter, 'TOKEN', (match) => strong(match[1] ?? '')),
    ...scan(text, phrase, 'KEY'),
    ...scan(text, oneTime, 'CODE'),
  ];
}

function valueOf(
  text: string,
  pattern: RegExp,
  group: number,
  type: Finding['type'],
  accept: (value: string) => boolean,
): Finding[] {
  const findings: Finding[] = [];
  for (const match of text.matchAll(pattern)) {
    const whole = match[group] ?? '';
    const value = whole.replace(/[.!?:]+$/, '');
    const at = match.index + match[0].lastIndexOf(whole);
    // A call or an index right behind it: `token = getToken(…)`, `key = keys[0]`.
    const next = text[at + whole.length];
    if (group === 1 && (next === '(' || next === '[')) continue;
    if (value.length >= 3 && accept(value)) findings.push({ start: at, end: at + value.length, type });
  }
  return findings;
}

function plainPlaceholder(value: string): boolean {
  return /^(?:\$\{|\{\{|<|%[sd(]|process\.env|\*+$|•+$|x+$|\.{3})/i.test(value);
}

/** A word somebody chose for a name has no digit in it; a token has, and some length. */
function strong(value: string): boolean {
  if (value.length < 6 || keyword.test(value) || /^\d{1,7}$/.test(value)) return false;
  if (/^\d{4}-\d{2}-\d{2}/.test(value) || /^v?\d+(?:\.\d+)+$/.test(value)) return false;
  if (/^[a-z]+(?:[-_. /:][a-z]+)*[-_. ]?\d{1,4}$/i.test(value)) return false;
  if (/\d/.test(value) && /[A-Za-z]/.test(value)) return value.length >= 8;
  return value.length >= 24 && !/^[a-z]+(?:[-_. /][a-z]+)*$/i.test(value);
}

function oddPassword(value: string): boolean {
  const bare = value.replace(/[.,;:!?)]+$/, '');
  return bare.length >= 4 && (/\d/.test(bare) || /[^\p{L}\p{N}'’-]/u.test(bare) || /[a-z][A-Z]/.test(bare));
}
