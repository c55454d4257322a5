import type { Finding } from './finding.ts';
import { findByRules, type RuleGroup } from './rules.ts';
import { isOdd, isPlain, isStrong } from './values.ts';

/** Directives of settings, statements of databases, calls of programs, forms and sentences. */
const groups: readonly RuleGroup[] = [
  {
    when: / (?:is|as) (?:the|your|my|a|our) /i,
    rules: [
      {
        pattern:
          /(?<!\S)["'`]?([^\s"'`]{6,60})["'`]? (?:is|as) (?:the|your|my|a|our) (?:new |temporary |default )?(?:password|pw|passwd|passphrase|passcode)\b/gi,
        type: 'PASSWORD',
        accept: isOdd,
      },
    ],
  },
  {
    when: /passwor[dt]|passphrase|kennwort|mot de passe|contraseña|senha|wachtwoord|hasło|парол|(?<!\w)p(?:w|wd)(?!\w)/iu,
    rules: [
      // `Passwort geändert auf …`, `the new password (…) works`: a word of letters, digits and marks soon after.
      {
        pattern:
          /(?:passwor[dt]|passphrase|kennwort|mot de passe|contraseña|senha|wachtwoord|hasło|парол\p{L}{0,3}|(?<!\w)pwd?)(?![\w=:])[^\n.!?]{0,24}?[\s("'“„«]((?=[^\s]{0,59}\p{L})(?=[^\s]{0,59}\d)(?=[^\s]{0,59}[!#$%&*?+~])[^\s"'“”„«»()<>/\\={}[\]|]{6,60})/giu,
        type: 'PASSWORD',
        accept: isOdd,
      },
    ],
  },
  {
    when: /\bu(?:ser)?[:=]|log-?in|creds|credential|zugangs|access|account|user|usuario|identifiant|benutzer|логин|账号/i,
    rules: [
      { pattern: /\bu(?:ser)?[:=] ?\S{1,40}[ ,;/]{1,3}p(?:ass|w)?[:=] ?([^\s]{4,80})/gi, type: 'PASSWORD' },
      {
        pattern:
          /(?<![\w.])(?:log-?in|creds?|credentials|zugangsdaten|access|account|user(?:name)?|usuario|identifiant|benutzer|логин|账号)[:= ]{1,3}[\w.@-]{2,40} ?[ /|,:–-]{1,3} ?([^\s"'<>()]{6,80})/giu,
        type: 'PASSWORD',
        accept: (each) => isOdd(each) && /[!#$%^&*?+~@]/.test(each) && /\d/.test(each),
      },
    ],
  },
  {
    when: /requirep|masterauth|rootpw|community|\bAUTH\b|com2sec|user \w{1,30} on|(?:server|isakmp|\S) key|key-string|digest-key|secret|password|createUser/,
    rules: [
      // Words of settings after which a value stands bare.
      {
        pattern:
          /^[ \t]*(?:requirepass|masterauth|rootpw|rocommunity6?|rwcommunity|AUTH|com2sec(?: -Cn \S{1,30})? \S{1,30} \S{1,30}|user \w{1,30} on) ["'>]?([^\s"'>]{3,100})/gm,
        type: 'PASSWORD',
      },
      {
        pattern:
          /\b(?:CONFIG SET (?:requirepass|masterauth)|snmp-server community|enable (?:secret|password)(?: \d)?|server key|isakmp key|key-string|message-digest-key \d{1,3} md5|(?<=\bhost \S{1,60}) key|(?<=username [^\n]{1,40})(?:password|secret)(?: \d)?|(?<=neighbor \S{1,60} )password|\bpassword 7|(?<=createUser \S{1,40} )(?:MD5|SHA|SHA-?\d{3})|(?<=SHA "[^"\n]{1,60}" )(?:AES|DES)|(?<=authserver [^\n]{1,60})secret|shared-secret) ["']?([^\s"']{3,100})/g,
        type: 'PASSWORD',
      },
    ],
  },
  {
    when: /identified|password|pwd|pgp_sym/i,
    rules: [
      {
        pattern:
          /\bIDENTIFIED (?:WITH \w{1,40} )?(?:BY|AS)(?: PASSWORD)? (?:["']([^"'\n]{3,200})|([^\s"'`;]{6,200}))/gi,
        type: 'PASSWORD',
        accept: (each) => !isPlain(each) && (isOdd(each) || !/^[a-z]+$/.test(each)),
      },
      { pattern: /\b(?:PASSWORD|pwd)[ (]{1,3}N?'([^'\n]{3,200})'/gi, type: 'PASSWORD' },
      { pattern: /\bpgp_sym_(?:de|en)crypt\([^)\n]{1,80}?,\s?'([^'\n]{3,100})'\)/gi, type: 'PASSWORD' },
    ],
  },
  {
    when: /['"],\s?(?:Some\()?['"]|SecureString|Wallet|PrivateKey|Keypair|importKey/i,
    rules: [
      {
        pattern: /\b(?:Wallet|privateKeyToAccount|fromPrivateKey|Keypair|importKey)\(["']([^"'\n]{20,200})/g,
        type: 'KEY',
        accept: isStrong,
      },
      // Calls that take a user and a password.
      {
        pattern:
          /\b(?:auth|basic_?auth|setbasicauth|login|connect|authenticate|networkcredential|pscredential|passwordauthentication|changeuserpassword|getconnection|new PDO|httpbasicauth|credentials)[ (=]{1,3}\(?(?:[\w$.]{1,30},\s?)?["'][^"'\n]{1,60}["'],\s?(?:Some\()?["']([^"'\n]{4,200})["']/gi,
        type: 'PASSWORD',
        accept: (each) => !isPlain(each),
      },
      { pattern: /\bConvertTo-SecureString (?:-String )?["']([^"'\n]{3,200})["']/gi, type: 'PASSWORD' },
    ],
  },
  {
    when: /(?:type|name)=|WIFI:|machine |default login/i,
    rules: [
      {
        pattern:
          /(?:type|name)=["']?(?:password|passwd|pwd|authenticity_token|csrf-token|csrfmiddlewaretoken|samlresponse)["']?[^>\n]{0,80}?(?:value|content)=["']([^"'\n]{4,20000})["']/gi,
        type: 'PASSWORD',
      },
      { pattern: /WIFI:[^\n]{0,80}?(?<=[;:])P:((?:\\.|[^;\\\n]){3,80});/g, type: 'PASSWORD' },
      {
        pattern:
          /\bmachine \S{1,80}\s{1,8}login \S{1,60}\s{1,8}password (\S{3,200})|\bdefault login \S{1,60}\s{1,8}password (\S{3,200})/g,
        type: 'PASSWORD',
      },
    ],
  },
  {
    when: /:(?:\d{1,5}|\*):[\w*-]{1,60}:/,
    rules: [
      {
        pattern: /^(?:[\w.*-]{1,100}:(?:\d{1,5}|\*):[\w*-]{1,60}:[\w.*-]{1,60}):([^\s:]{3,200})$/gm,
        type: 'PASSWORD',
      },
    ],
  },
];

/** Secrets that a statement, a directive or a call takes by their position. */
export function findInStatements(text: string): Finding[] {
  return findByRules(text, groups);
}
