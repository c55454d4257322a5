/**
 * When typed text sounds as if a secret stands in it or comes next. Redaction finds secrets in text that is whole;
 * these decide what must be whole before it is looked at, and what is not worth the risk. They are wide on purpose:
 * what they take for a secret costs one sentence.
 */

const passwords =
  'assword|pass[\\s_-]?(?:words?|wor|wort|wörter|phrases?|codes?|keys?)|passwd|\\bpwd|kennw[oö]rt|geheimzahl|zugangsdaten|mots? de passe|contraseñ|contrasena|\\bsenhas?\\b|palavra-passe|wachtwoord|lösenord|adgangskode|passord|salasana|hasł|haslo|\\bhesl|\\bparol|şifre|jelszó|jelszav|парол|密码|密碼|口令|パスワード|暗証|비밀번호|كلمة المرور|סיסמה|mật khẩu|kata sandi|รหัสผ่าน';
const numbers = '\\b(?:pins?|puk|m?tans?|cvv2?|cvc2?|otp|totp|2fa)\\b';
const phrases =
  '\\b(?:seed|recovery|backup|mnemonic|wallet|secret|unlock|verification|security|login|sms)[\\s_-]{0,3}(?:phrases?|words?|codes?|keys?|answers?|questions?)\\b|credential|private key|authorization|\\bbearer\\b';
const strong = new RegExp(`${passwords}|${numbers}|${phrases}|\\bpass\\s*[:=]`, 'iu');

const weak =
  /\b(?:key|keys|token|tokens|secrets?|codes?|cards?|iban|bic|konto\p{L}*|accounts?|api|seed|recovery|backup|mnemonic|logins?|user(?:name)?|ssn|pass|auth\p{L}*|identified|schlüssel|karte\p{L}*|clés?|clave|chiave|senha|ключ\p{L}*|код\p{L}*)(?![\p{L}])|_(?:key|token|secret|pass|pwd)\b/iu;

/** A label and what it labels: whatever it is, it is looked at only as a whole. */
const labelled = /[:=：＝]/u;

/** 2: nothing of the sentence is kept. 1: it is kept only once it is finished. 0: ordinary. */
export function secrecy(sentence: string): 0 | 1 | 2 {
  const plain = sentence.normalize('NFKC');
  if (strong.test(plain)) return 2;
  return weak.test(plain) || labelled.test(sentence) ? 1 : 0;
}

/** The sentence ends by naming a secret or by announcing one: what comes next may be the secret itself. */
export function announces(sentence: string): boolean {
  const level = secrecy(sentence);
  if (level === 0) return false;
  const plain = sentence.trimEnd();
  if (/[:=：＝]["'”’»)\]]*$/u.test(plain)) return true;
  const words = plain.split(/\s+/u);
  if (level === 2) return plain.endsWith('?') || secrecy(words.slice(-3).join(' ')) === 2;
  return secrecy(words.at(-1) ?? '') > 0 && !/[.!…]$/.test(plain);
}

/** A word as people write them: letters, perhaps a capital in front, perhaps an apostrophe or a hyphen inside. */
const ordinary =
  /^["'“”‘’«»„¿¡(]*\p{L}?[\p{Ll}\p{Lo}\p{M}]*(?:['’-]\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+)*["'“”‘’«»)]*[,;:.!?…]*["'”’»)]*$/u;

/** False for anything that could be a piece of a number, a key or a password. */
export function isOrdinary(word: string): boolean {
  return word.length <= 30 && ordinary.test(word);
}

/** A word that looks as if somebody chose it for a password: two or more kinds of characters in one word. */
export function looksChosen(word: string): boolean {
  const bare = word.replace(/[,;:.!?…)]+$/, '');
  return bare.length >= 6 && !/\s/.test(bare) && kindsOf(bare) >= 2;
}

/** How many of the four kinds of characters that password rules ask for a word has; a capital in front is none. */
export function kindsOf(word: string): number {
  const rest = word.slice(1);
  return [
    /\p{Ll}/u.test(word),
    /\p{Lu}/u.test(rest),
    /\d/.test(word),
    /[^\p{L}\p{N}\s.,'’/-]/u.test(word),
  ].filter(Boolean).length;
}
