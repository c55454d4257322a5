/** Words that stand where a password or token would, in code, forms and sentences, and are none. */
const word =
  /^(?:string|str|text|number|int|integer|bool|boolean|null|nil|none|undefined|true|false|any|unknown|never|void|object|required|optional|hidden|visible|passwords?|passwd|passwort|kennwort|passphrase|token|secret|key|value|varchar|char|bytes?|buffer|input|request|response|default|example|changed|expired|invalid|missing|wrong|incorrect|correct|reset|field|forgotten|forgot|empty|self|this|await|async|new|function|const|let|var|return|the|not|too|an?|your|my|our|no|yes|on|off|safe|strong|weak|n\/a|set|unset|stored|sent|hashed|encrypted|protected|manager|managers|always|only|also|never|being|used|needed|saved|hint|login|user|username|email|mail|name|e-mail|session|cookie|bearer|basic|digest|type|file|env|code|id|data|list|map|dict|array|error|errors|is|in|of|for|to|and|or|if|at|by|as|with|from|must|should|can|will|was|has|bad|good|see|use|using|enter|click|here|please|below|above|same|change|update|create|delete|show|hide|copy|generate|confirm|confirmation|current|old|disabled|enabled|auto|inherit|redacted|masked|removed|omitted|placeholder|changeme|todo|tbd|xxx+|\*+|x+|•+|\.+|-+)$/i;

/** References, calls, templates, paths, commands: code, not a value. */
const code =
  /^(?:\$[A-Za-z_({]|%[sdv({]|%[A-Z_]+%|@[a-z]|[|&;,<>(){}[\]]|(?:\.{0,2}|~)\/|--[a-z]|\{\{|<%|#\{|\\)|^[A-Za-z_$][A-Za-z_$]*(?:\??\.[A-Za-z_$]+)+$|^[A-Za-z_$][\w$.]*[([]|^[A-Z][A-Z0-9]*_[A-Z0-9_]+$|^[\w.]+::|=>|^(?:process|import|os|sys|config|options|settings|env|ctx|req|args|props|params|this|self)\b[.[]|^https?:\/\/[^:@\s]*$|^(?:ConvertTo-|Get-|New-)/;

/** A sentence or a label of a form rather than a passphrase. */
const sentence =
  /\b(?:your|the|must|is|are|please|enter|password|passwort|kennwort|at least|to|of|not|and|or|with|this|should|cannot|can't|for|characters|again|new|forgot|show|hide|field|required|invalid|wrong|mot de passe|token|key|secret)\b/i;

/** True for a value that code, a template or a form would have there. */
export function isPlain(value: string): boolean {
  return word.test(value) || code.test(value) || /^\[(?:[A-Z]{2,9}_\d+|USER)\]/.test(value);
}

/** True for text between quotes that may be a password: no template, no label of a form. */
export function isQuotedPassword(value: string): boolean {
  if (value.length < 3 || word.test(value) || /^--[a-z]/.test(value)) return false;
  if (
    /^(?:\$\{|\$\(|\{\{|<[^>]*>$|%[sd(]|%[A-Z_]+%$|process\.env|#\{|\$[A-Z_]+$|\[[A-Z]+_\d+\])/i.test(value)
  )
    return false;
  if (/\s/.test(value) && sentence.test(value)) return false;
  if (/^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(value)) return false;
  return (
    !/^[a-z]+(?:[-_.:][a-z]+)+$/i.test(value) ||
    !/(?:pass|token|secret|key|pwd|auth|user|login|form|input|field)/i.test(value)
  );
}

/** A word that nobody writes for its meaning: letters with digits, or marks inside. Names, versions, dates, files are not. */
export function isOdd(value: string): boolean {
  const bare = value.replace(/[.,;:!?)\]}'"]+$/, '');
  if (bare.length < 4 || isPlain(bare) || isPublic(bare) || /^[a-z]+(?:_[a-z]+)+$/.test(bare)) return false;
  if (/\d/.test(bare) && /\p{L}/u.test(bare)) return true;
  if (/[^\p{L}\p{N}'’\-/.,:]/u.test(bare)) return /[\p{L}\p{N}]/u.test(bare) && bare.length >= 6;
  return /[a-z][A-Z]/.test(bare) && /[A-Z].*[A-Z]/.test(bare) && bare.length >= 8;
}

/** Dates, times, versions, sizes, files, addresses without a password. */
export function isPublic(value: string): boolean {
  return (
    /^\d{4}-\d\d?-\d\d?/.test(value) ||
    /^v?\d+(?:\.\d+)+(?:[-+][\w.]*)?$/i.test(value) ||
    /^\d+(?:[.,]\d+)*(?:px|em|rem|ms|s|m|h|d|kb|mb|gb|k|x|%|st|nd|rd|th)?$/i.test(value) ||
    /^0x[0-9a-f]{1,16}$/i.test(value) ||
    /#L\d+/.test(value) ||
    /^(?:https?|file|ftp|mailto|data|urn|git|ssh|node|npm):/i.test(value) ||
    /^[\w-]+\.(?:[a-z]{2,4}|html|json|yaml|conf|config|properties|tsx?|jsx?|mjs|example|service)$/i.test(
      value,
    ) ||
    /^(?:1password|bcrypt|argon2i?d?|sha-?\d+|md5|pbkdf2|oauth2?|saml2|2fa|base64|utf-?8|ssh2|win32|x509|web3|mp3|h1|h2)$/i.test(
      value,
    )
  );
}

/** A token as programs make them: digits among letters and some length; a name with a number behind it is none. */
export function isStrong(value: string): boolean {
  if (value.length < 6 || isPlain(value) || isPublic(value) || /^\d{1,7}$/.test(value)) return false;
  if (/^[a-z]+(?:[-_. /:][a-z]+)*[-_. ]?\d{1,4}$/i.test(value)) return false;
  if (/\s/.test(value) && !/^[A-Za-z2-7]{4}(?: [A-Za-z2-7]{4}){3,}$/.test(value)) return false;
  if (/\d/.test(value) && /[A-Za-z]/.test(value)) return value.length >= 8 && !isReadable(value);
  if (/^[A-Za-z!_-]+$/.test(value) && value.length >= 12 && isScrambled(value)) return true;
  return value.length >= 20 && /[^A-Za-z]/.test(value) && !/^[a-z]+(?:[-_. /:][a-z]+)*$/i.test(value);
}

/** Letters whose case changes as no name's does. */
export function isScrambled(value: string): boolean {
  const runs = value.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && value.length / Math.max(1, runs.length) < 2.7;
}

/** Words joined by marks, with at most a number or two among them: `user-settings-v2`, `page/2/edit`. */
function isReadable(value: string): boolean {
  const parts = value.split(/[-_./:\\#]+/);
  return (
    parts.length > 1 &&
    parts.every((part) => /^(?:[A-Za-z]*|\d{1,4}|[A-Za-z]{1,14}\d{1,2}|\d{1,3}[a-z]{1,3})$/.test(part)) &&
    value.length < 40 &&
    parts.some((part) => /^[A-Za-z]{3,}/.test(part))
  );
}
