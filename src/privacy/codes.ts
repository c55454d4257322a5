import { type Finding, scan } from './finding.ts';
import type { Traits } from './traits.ts';

const digitsCode = '(\\d{3}[ -]?\\d{3,5}|\\d{4,8})(?!\\d|\\.\\d)';
/** What a message with a one-time code calls it, in the languages such messages come in. */
const kind =
  '(?:verification|verify|security|login|log-?in|sign-?in|one[- ]time|confirmation|access|auth(?:entication|enticator)?|2fa|mfa|sms|otp|tan|pairing|setup|host|meeting|device|pin|puk|transaction|activation|entry|door|gate|alarm|garage|lockbox|safe|house|building|unlock)[ -]{0,2}(?:pass)?(?:code|combination|pin)|host key|otp|m?tan|passcode|pin(?:[ -]?code)?|puk(?:[ -]?code)?|pairing pin|safe combination|(?:bestätigungs|sicherheits|freigabe|tür|zugangs|einmal)code|kenncode|code de (?:vérification|sécurité|confirmation)|(?:clave dinámica|código(?: de (?:verificación|seguridad|verificação|segurança)| pin)?)|codice(?: di (?:verifica|sicurezza)| otp)?|kod(?: weryfikacyjny| sms|u|unuz)?|(?:doğrulama kod|verificatiecode|engångskod|bekræftelseskode)\\p{L}{0,5}|код(?: подтверждения| для входа)?|пароль для подтверждения|验证码|驗證碼|动态密码|動態密碼|校验码|認証コード|確認コード|ワンタイムパスワード|暗証番号|인증번호|인증 ?코드';
const named = new RegExp(
  `(?<![\\p{L}\\p{N}_-])(?:${kind})(?![\\p{L}\\p{N}_])[^\\d\\n]{0,28}?(?<![\\d.,/-])${digitsCode}`,
  'giu',
);
const glued = new RegExp(
  `(?:验证码|驗證碼|密码|認証コード|確認コード|인증번호)[^\\d\\n]{0,12}${digitsCode}`,
  'gu',
);
const yours = new RegExp(
  `(?<![\\p{L}])(?:your|this|ihr|dein|votre|tu|su|seu|tuo|il tuo|ваш|您的|je|din|twój) (?:[\\p{L}-]{1,20} ){0,2}(?:code|pin|otp|password|código|codice|kod|код)(?: is| lautet| est| es| é| è| ist)?:?[^\\d\\n]{0,3}(?:G-)?${digitsCode}`,
  'giu',
);
const before = new RegExp(
  `(?<![\\w.,/:-])(?:G-)?(\\d{3}[ -]?\\d{3,5}|\\d{4,8})[\\s"'）)（(—–-]{1,4}(?:(?:is|ist|est|es|é|è|as|to|для|—|ваш) ?(?:your|dein|ihr|votre|tu|su|seu|o seu|tuo|the|ваш)?|(?=验证码))[^\\n]{0,40}?(?:code|código|codice|kod|код|passwor[td]|pin|sign in|log ?in|verify|验证码)`,
  'giu',
);
const use = new RegExp(
  `(?<![\\p{L}])(?:use|enter|type|submit|share this code[^\\n:]{0,30}:|share[^\\n:]{0,30}: ?) ?(?:code )?${digitsCode}(?=[^\\n]{0,20}(?:to|as|for|\\b(?:verify|sign|log))|\\s*$)`,
  'giu',
);
const google = /(?<![\w-])G-(\d{6})(?!\d)/g;
const lettered =
  /(?:steam guard|sign-?in|log-?in|one-time|verification|device|user|pairing|auth(?:entication)?|transfer|epp|redeem|gift ?card|gutschein|coupon|recovery|emergency kit|activation|registration|licen[cs]e|product|windows|steam|cd)[ _-]?(?:code|key)s?(?: you need to login| to sign in)?["']?[ \t]{0,2}(?:[:=]|is|with|for domain transfer:|at|-)?[ \t]{0,3}(?:\n[ \t]{0,4})?["']?((?=[^\s]{0,30}[\dA-Z])[A-Z0-9]{4,8}(?:-[A-Z0-9]{2,8}){0,6})(?![\w-])/gi;
const enterThis =
  /(?:(?:enter|use|type)(?: this| the)? (?:one-time )?code(?: to sign in)?:? |code:? )((?=[A-Z0-9-]{0,12}[\dA-Z]{4})[A-Z0-9]{4}(?:-?[A-Z0-9]{4}){1,2})(?![\w-])/gi;
const door =
  /(?<![\p{L}])(?:(?:door|gate|alarm|entry|garage|lockbox|safe|house|building|tür|pin)[ -]?(?:code|combination)?|combination)(?: is)?[: ]{1,3}(\d{4,8}[#*]?|\d{1,2}-\d{1,2}-\d{1,2})(?![\d-])/giu;
const homekit =
  /(?:setup|homekit|matter)[^\d\n]{0,12}code[^\d\n]{0,4}(\d{3}-\d{2}-\d{3}|\d{4}-\d{3}-\d{4})(?![\d-])/gi;
const pin = /(?<![\p{L}\p{N}_])(?:pin|puk)(?:2|[ -]?code)?["']?(?: is|[:= ]){1,3}["']?(\d{4,8})(?![\d.])/giu;
const cardCode =
  /(?<![\p{L}\p{N}])(?:cvv2?|cvc2?|cvn|csc|card security code|security code|prüfziffer|kartenprüfnummer|cid)["']?(?: is)?[:= ]{1,3}["']?(\d{3,4})(?!\d)/giu;
const otpauth = /otpauth(?:-migration)?:\/\/[^\s"'<>]{1,200}?(?:secret|data)=([^\s&"'<>]{8,4000})/gi;
const spaced =
  /(?<![\w])(?:setup key|key|secret|authenticator|totp|2fa|mfa)(?: key| secret| seed)?[: ]{1,3}((?:[a-z2-7]{4} ){3,15}[a-z2-7]{4})(?![\w])/gi;
const base32 =
  /(?<![\w])(?:2fa|mfa|totp|otp|authenticator|oathtool)[^\n]{0,24}?[: =]((?=[A-Z]*[2-7])[A-Z2-7]{16,64})(?![\w])/gi;
const serials: readonly RegExp[] = [
  // BitLocker's groups are multiples of eleven below 720,896; Windows' product keys; FileVault's and Apple's groups.
  /(?<![\w-])(\d{6}(?:-\d{6}){7})(?![\w-])/g,
  /(?<![\w-])((?=[A-Z0-9-]{0,29}\d)(?=[A-Z0-9-]{0,29}[A-Z])[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4})(?![\w-])/g,
  /(?<![\w-])((?=[A-Z0-9-]{0,39}\d)(?=[A-Z0-9-]{0,39}[A-Z])[A-Z0-9]{4}(?:-[A-Z0-9]{4}){4,7})(?![\w-])/g,
  // A generator's groups of letters with one digit and one capital.
  /(?<![\w-])((?=[a-z0-9-]{0,20}[A-Z][a-z0-9-]{0,20}(?![A-Za-z0-9-]))(?=[A-Za-z-]{0,20}\d[A-Za-z-]{0,20}(?![A-Za-z0-9-]))[A-Za-z0-9]{6}-[A-Za-z0-9]{6}-[A-Za-z0-9]{6})(?![\w-])/g,
];
const serialNamed =
  /(?:licen[cs]e|lizenz\p{L}{0,12}|serial|product|activation|registration|cd|gift ?card|gutschein\p{L}{0,5}|redeem|voucher|steam|recovery|emergency|key|code)[^\n]{0,20}?[ :=("']((?=[A-Z0-9-]{0,60}\d)[A-Z0-9]{4,8}(?:-[A-Z0-9]{2,8}){2,7})(?![\w-])/giu;
const listHead =
  /(?:(?:backup|recovery|emergency|scratch|two-factor|2fa|one-time)[ -]{1,2}(?:recovery )?(?:codes?|kit code)|wiederherstellungscodes?|codes de (?:secours|récupération)|códigos de respaldo)/gi;
const listItem =
  /(?<![\w-])((?=[a-z0-9 -]{0,36}\d)(?:\d{4} \d{4}|\d{6,10}|[a-z0-9]{3,8}(?:-[a-z0-9]{3,8}){1,3}|(?=[a-z]{0,12}\d)[a-z0-9]{8,12})|[a-z]{5}-[a-z]{5}|[a-z]{4}-[a-z]{4}(?:-[a-z]{4})?)(?![\w-])/gi;
const phraseNamed =
  /(?:seed|recovery|mnemonic|backup|secret|wallet|master|pass|decryption|diceware|write these)[ _-]?(?:recovery )?(?:phrase|words|word|seed|password)?(?: down)?s?["']?[ \t]{0,3}(?:[:=]|is|\n| )[ \t]{0,3}["“]?((?:[a-z]{3,12}[ ,]{1,3}){4,24}[a-z]{3,12})(?![\w])/gi;
const numbered =
  /(?:(?<![\d.])\d{1,2}[.):] {0,3}[a-z]{3,8}(?![a-z])\s{1,4}){11,23}\d{1,2}[.):] {0,3}[a-z]{3,8}(?![a-z])/g;
const loneWords = /^[ \t]{0,20}((?:[a-z]{3,8} ){11,23}[a-z]{3,8})[ \t]{0,20}$/gm;
const common =
  /\b(?:the|and|for|with|that|this|from|are|was|were|not|but|you|your|have|has|had|they|which|when|where|can|will|would|should|its|our|all|any|been|into|than|then|there|these|some|such|only|other|also|may|must|use|get|set|new)\b/;

const phraseWords = /phrase|seed|mnemonic|words|diceware|wallet|master|backup|recovery|decryption/i;
const factorWords = /otpauth|setup key|2fa|mfa|totp|\botp\b|authenticator|oathtool|\bkey\b|secret/i;
const codeWords =
  /code|otp|tan\b|\bpin|\bpuk|key|combination|kod|código|codice|clave|код|парол|验证|驗證|密码|密碼|校验|コード|パスワード|番号|인증|cvv|cvc|cvn|csc|cid|ziffer|prüf|password|passwort|verify|verifi|sign|log ?in|\bG-\d/i;
const serialWords =
  /code|key|licen|lizenz|serial|product|activation|registration|gift|gutschein|redeem|voucher|steam|recovery|emergency|transfer|epp|coupon/i;

/** One-time codes, recovery and licence keys, phrases of words. */
export function findCodes(text: string, { digits, blanks, word }: Traits): Finding[] {
  const findings: Finding[] = [];
  if (phraseWords.test(text)) {
    findings.push(...scan(text, phraseNamed, 'KEY', (match) => isPhrase(match[1] ?? '', match[0])));
    for (const match of text.matchAll(listHead))
      findings.push(...listAfter(text, match.index + match[0].length));
  }
  if (blanks >= 11) {
    findings.push(...scan(text, loneWords, 'KEY', (match) => isLonePhrase(match[1] ?? '')));
    if (digits >= 12) findings.push(...whole(text, numbered));
  }
  if (factorWords.test(text))
    for (const pattern of [otpauth, spaced, base32]) findings.push(...scan(text, pattern, 'KEY'));
  if (digits >= 3 && codeWords.test(text)) {
    for (const pattern of [named, glued, yours, before, use]) {
      findings.push(...scan(text, pattern, 'CODE', (match) => !isOther(match, text)));
    }
    for (const pattern of [google, door, homekit, pin, cardCode])
      findings.push(...scan(text, pattern, 'CODE'));
  }
  if (word >= 14 && digits > 0) for (const pattern of serials) findings.push(...scan(text, pattern, 'CODE'));
  if (word >= 4 && serialWords.test(text)) findings.push(...letteredCodes(text));
  return findings;
}

function letteredCodes(text: string): Finding[] {
  const steam = /^steam guard[^\n]*[A-Z0-9]{5}$/i;
  return [
    ...scan(text, lettered, 'CODE', (match) => isCode(match[1] ?? '') || steam.test(match[0])),
    // `npm ERR! code ERESOLVE`: letters alone are a code only where somebody is asked to enter it.
    ...scan(
      text,
      enterThis,
      'CODE',
      (match) =>
        isCode(match[1] ?? '') && (/[\d-]/.test(match[1] ?? '') || /^(?:enter|use|type)|:/i.test(match[0])),
    ),
    ...scan(text, serialNamed, 'CODE', (match) => isCode(match[1] ?? '')),
  ];
}

/** All of each match, groups or not. */
function whole(text: string, pattern: RegExp): Finding[] {
  return [...text.matchAll(pattern)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    type: 'KEY',
  }));
}

/** Error codes, dates, years, amounts. */
function isOther(match: RegExpExecArray, text: string): boolean {
  const around = text.slice(Math.max(0, match.index - 20), match.index);
  if (
    /(?:error|status|exit|zip|postal|post|country|area|dial|bar|qr|source|http|return|response|char|key|dress|color|colour|promo) ?$/i.test(
      around,
    )
  )
    return true;
  const value = match[1] ?? '';
  return /^(?:19|20)\d\d$/.test(value) && !/(?:code|pin|код|код)/iu.test(match[0]);
}

function isCode(value: string): boolean {
  if (value !== value.toUpperCase()) return false;
  return /\d/.test(value) || value.length === 8 || value.includes('-');
}

function isPhrase(words: string, whole: string): boolean {
  const count = words.split(/[ ,]+/).length;
  if (/^(?:pass|master|decryption|diceware)/i.test(whole)) return count >= 5 && !common.test(words);
  return count >= 9 && !common.test(words);
}

function isLonePhrase(words: string): boolean {
  const all = words.split(' ');
  return (
    [12, 15, 18, 21, 24].includes(all.length) && !common.test(words) && new Set(all).size > all.length - 3
  );
}

/** The codes below or behind a heading, as long as there is one on every line. */
function listAfter(text: string, at: number): Finding[] {
  const findings: Finding[] = [];
  let from = at;
  for (const line of text.slice(at, at + 800).split('\n')) {
    const items = [...line.matchAll(listItem)];
    for (const item of items)
      findings.push({ start: from + item.index, end: from + item.index + item[0].length, type: 'CODE' });
    if (items.length === 0 && from > at && line.trim() !== '') break;
    from += line.length + 1;
  }
  return findings;
}
