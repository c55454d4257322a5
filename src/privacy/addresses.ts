import { type Finding, scan } from './finding.ts';
import { looksRandom } from './entropy.ts';
import type { Traits } from './traits.ts';
import { isOdd, isStrong } from './values.ts';

/** What stands between `://` and the host: `user:password@`, `:password@` or `token@`; the password may not hold `/`. */
const beforeHost = /^([^\s:/@"'<>]{0,100}:[^\s@"'<>/]{1,200}|[^\s:/@"'<>]{16,200})@/;
/** `jdbc:oracle:thin:user/password@host`, `sip:user:password@host`. */
const slashLogin = /(?<![a-z0-9])(?:thin|oci8?):[\w$#.-]{1,40}\/([^\s@"'<>/]{1,100})@/gi;
const sip = /(?<![a-z0-9])(?:sips?:|register => ?)[\w.-]{1,40}:([^\s@"'<>/:]{1,100})@/gi;
const parameter =
  /[?&#;](?:[a-z][\w.-]{0,40}[_.-])?(?:token|key|apikey|sig|signature|secret|password|passwd|pass|pwd|credential|session|sessionid|jsessionid|sid|jwt|code|otp|appid|app_id|ticket|auth|data|t|state|key-pair-id)=([^\s&#"'<>\\)\]]{5,4000})/gi;
/** Folders of an address after which a word opens something. */
const opening =
  /\/(?:reset|password|reset-password|magic|magic-link|verify|verification|confirm|confirmation|activate|activation|invite|invitation|join|unlock|unsubscribe|webhooks?|hooks?|hook|services|triggers|workflows|webhookb2|catch|key|v[1-9]|feeds?|private|token|auth|login|spaces|ping|s)\/([\w%.~@+=/-]{6,500})/gi;
const calendar = /\/private-([\w-]{16,100})/g;
const hook =
  /(?:hooks\.slack\.com\/(?:services|workflows|triggers)|discord(?:app)?\.com\/api\/webhooks|webhook\.office\.com\/webhookb2|chat\.googleapis\.com\/v1\/spaces|hooks\.zapier\.com\/hooks\/catch|hc-ping\.com|open\.feishu\.cn\/open-apis\/bot\/v2\/hook|hook\.[\w.]{2,20}make\.com|api\.telegram\.org\/bot)\/?([^\s"'<>)\]\\]{10,400})/g;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const header =
  /(?<![\w])(?:(?:proxy-)?authorization|www-authenticate|cookie|set-cookie|x-[\w-]{0,40}(?:key|token|auth|secret|session|signature)[\w-]{0,20}|private-token)["']{0,2}[:=,][ \t]{0,3}["']{0,2}([^\r\n]{6,3000})/gi;
const bearer =
  /(?<![\w])(?:bearer|token|basic|apikey|api-key|ssws|splunk|geniekey|oauth|negotiate|ntlm|macaroon|key=)[ \t]{0,3}["']?([\w.~+/=%:-]{16,4000})/gi;
const wordpress = /(?<![\w])wordpress_\w{0,60}=([^\s;'"]{16,400})/g;
const pair = /(?:^|[\s;,'"])([\w.-]{1,60})=["']?([^\s;,"']{6,3000})/g;
/** Cookies that count visits or hold a choice. */
const harmless =
  /^(?:_ga.*|_gid|lang|theme|locale|path|expires|domain|max-age|samesite|secure|httponly|realm|username|uri|qop|nc|nonce|cnonce|opaque|algorithm|signedheaders|credential)$/i;

const headerWords =
  /authorization|cookie|authenticate|x-|private-token|bearer|token|basic|api-?key|ssws|splunk|geniekey|oauth|negotiate|ntlm|macaroon|key=|wordpress/i;

/** Passwords and tokens in addresses, headers and cookies. */
export function findInAddresses(text: string, { at, word }: Traits): Finding[] {
  const findings: Finding[] = [];
  if (word < 6) return findings;
  if (at) {
    findings.push(...logins(text));
    if (/thin:|oci8?:/i.test(text)) findings.push(...scan(text, slashLogin, 'PASSWORD'));
    if (/sip|register/i.test(text)) findings.push(...scan(text, sip, 'PASSWORD'));
  }
  if (/[?&#;][a-z][\w.-]{0,60}=/i.test(text)) {
    findings.push(...scan(text, parameter, 'TOKEN', (match) => isOpening(match[1] ?? '', match[0])));
  }
  if (text.includes('://')) {
    if (/hook|\/spaces|hc-ping|\/bot|\/private-/.test(text)) {
      findings.push(...scan(text, hook, 'TOKEN'));
      findings.push(...scan(text, calendar, 'TOKEN', (match) => isStrong(match[1] ?? '')));
    }
    if (word >= 16) for (const match of text.matchAll(opening)) findings.push(...openingParts(match));
  }
  if (headerWords.test(text)) findings.push(...inHeaders(text));
  return findings;
}

/** A password or token before the host of every address. */
function logins(text: string): Finding[] {
  const findings: Finding[] = [];
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const login = beforeHost.exec(text.slice(at + 3, at + 306))?.[1];
    if (!login || /:(?:\$\{|\{|<|\d{1,5}$)/.test(login)) continue;
    const lone = !login.includes(':');
    if (lone && !isStrong(login)) continue;
    findings.push({ start: at + 3, end: at + 3 + login.length, type: lone ? 'TOKEN' : 'PASSWORD' });
  }
  return findings;
}

function inHeaders(text: string): Finding[] {
  const loose = /[a-z][A-Z].*[a-z][A-Z].*[a-z][A-Z]/;
  const findings = [
    ...scan(text, bearer, 'TOKEN', (match) => isStrong(match[1] ?? '') || loose.test(match[1] ?? '')),
    ...scan(text, wordpress, 'TOKEN'),
  ];
  for (const match of text.matchAll(header)) findings.push(...inHeader(match));
  return findings;
}

function isOpening(value: string, whole: string): boolean {
  if (/^.(?:t|data|state|code|key)=/i.test(whole))
    return isStrong(value) && value.length >= 12 && /\d/.test(value);
  if (/pass|pwd/i.test(whole)) return isOdd(value) || value.length >= 8;
  return isStrong(value);
}

function openingParts(match: RegExpExecArray): Finding[] {
  const findings: Finding[] = [];
  let at = match.index + match[0].length - match[1]!.length;
  for (const part of match[1]!.split('/')) {
    if (isKeyLike(part)) findings.push({ start: at, end: at + part.length, type: 'TOKEN' });
    at += part.length + 1;
  }
  return findings;
}

/** A path's part that no one would name so. */
function isKeyLike(part: string): boolean {
  if (/\.\w{2,5}$/.test(part)) return false;
  return (
    (part.length >= 15 && /\d/.test(part) && /[a-z]/i.test(part) && isStrong(part) && !uuid.test(part)) ||
    looksRandom(part)
  );
}

function inHeader(match: RegExpExecArray): Finding[] {
  const findings: Finding[] = [];
  const content = match[1]!;
  const begin = match.index + match[0].length - content.length;
  let named = false;
  for (const each of content.matchAll(pair)) {
    named = true;
    const value = each[2]!;
    if (harmless.test(each[1]!) || !isStrong(value)) continue;
    const start = begin + each.index + each[0].lastIndexOf(value);
    findings.push({ start, end: start + value.length, type: 'TOKEN' });
  }
  if (named) return findings;
  const word = /^(?:[A-Za-z][\w-]{1,30} )?([\w.~+/=%:|-]{8,3000})/.exec(content)?.[1];
  if (!word || !isStrong(word)) return findings;
  const start = begin + content.indexOf(word);
  return [{ start, end: start + word.length, type: 'TOKEN' }];
}
