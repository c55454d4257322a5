import { type Finding, type FindingType, scan } from './finding.ts';
import { isOdd, isPlain, isStrong } from './values.ts';

/** A value on a command line, quoted or not; group 1 of every pattern below. */
const value = `["']?((?:-(?=[^\\s"']{0,30}[\\dA-Z])[^\\s-]|[^\\s"'$<{|;&-])[^\\s"'|;&]{2,300})`;
const far = '[^\\n|;&]{0,160}?';

interface Rule {
  readonly pattern: RegExp;
  readonly type: FindingType;
  readonly accept?: (value: string) => boolean;
}

function tool(names: string, flag: string, type: FindingType = 'PASSWORD'): Rule {
  return {
    pattern: new RegExp(`(?<![\\w./-])(?:[\\w./-]{0,60}/)?(?:${names})\\s${far}(?<=\\s)${flag}${value}`, 'g'),
    type,
  };
}

/** What follows which flag of which tool is a password; from the tools' manual pages. */
const rules: readonly Rule[] = [
  // The database clients take it right behind `-p`; elsewhere that flag is a port or a path.
  tool('mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump|sshpass', '-p'),
  tool('7z|7za|7zz|rar|unrar', '-h?p'),
  tool('redis-cli|iredis', '(?:-a|--pass) '),
  tool(
    'sshpass|cqlsh|mongo|mongosh|mongodump|mongorestore|mongoexport|az|docker|podman|oc|cf|rdesktop|racadm|smbmap|crackmapexec|psexec|cypher-shell|twine|x11vnc|impacket-\\w+|evil-winrm|vncviewer',
    '(?:-p|-P|-passwd) ',
  ),
  tool(
    'sqlcmd|bcp|osql|ipmitool|mosquitto_pub|mosquitto_sub|zip|unzip|zipcloak|plink|pscp|putty',
    '(?:-P|-pw) ',
  ),
  tool('ldapsearch|ldapadd|ldapmodify|ldapdelete|ldapwhoami|ldappasswd|slappasswd', '-[ws] '),
  tool('snmp(?:walk|get|set|bulkwalk|getnext|table|trap|inform)', '-[cAX] '),
  tool('doctl|oathtool|openssl', '(?:-t|-b|-K) ', 'TOKEN'),
  tool('curl|http|https|wget', '-s?(?:u|a) ?[^\\s:"\']{1,64}:'),
  tool('lftp|open', '-u [\\w.@-]{1,40},'),
  {
    pattern: new RegExp(
      `(?<!\\S)(?:-u|--user|--proxy-user|-U|--auth|-a)[ =]["']?[\\w.@\\\\-]{1,64}[:%]([^\\s"']{3,200})`,
      'g',
    ),
    type: 'PASSWORD',
  },
  // The user by one flag, then the password by another.
  {
    pattern: new RegExp(
      `(?<!\\S)(?:-u|-U|--user|--username|-user|-username|-l|--login)[ =]?["']?[\\w.@\\\\-]{1,64}["']?\\s${far}(?<=\\s)(?:-password|--pw|-pw|-[pPAX])[ =]${value}`,
      'g',
    ),
    type: 'PASSWORD',
    accept: isNoPort,
  },
  {
    pattern: /(?<!\S)-A ["']?[^\s"']{4,100}["']? -X ["']?([^\s"']{4,100})/g,
    type: 'PASSWORD',
    accept: isOdd,
  },
  {
    pattern: new RegExp(
      `(?<!\\S)\\/(?:p|pass|password|rp|pwd):["']?([^\\s"']{3,100})|(?<!\\S)\\/rp ${value}`,
      'g',
    ),
    type: 'PASSWORD',
  },
  {
    pattern: new RegExp(`\\/user:[\\w.\\\\-]{1,40} ${value}`, 'g'),
    type: 'PASSWORD',
    accept: (each) => !each.startsWith('/'),
  },
  {
    pattern: new RegExp(`\\bnet user [\\w.-]{1,40} ${value}`, 'g'),
    type: 'PASSWORD',
    accept: (each) => !each.startsWith('/'),
  },
  {
    pattern: new RegExp(
      `\\b(?:wpa_passphrase|rclone obscure|mosquitto_passwd -b \\S{1,60} \\S{1,60}|htpasswd -\\w*b\\w* \\S{1,60} \\S{1,60}|networksetup -setairportnetwork \\S{1,20}|radtest \\S{1,40}) (?:(?!obscure)\\S{1,40} (?=\\S{3,}$))?${value}`,
      'gm',
    ),
    type: 'PASSWORD',
  },
  {
    pattern: new RegExp(
      `\\bwpa_passphrase \\S{1,40} ${value}|-setairportnetwork \\S{1,20} \\S{1,40} ${value}|\\bradtest \\S{1,40} ${value}`,
      'g',
    ),
    type: 'PASSWORD',
  },
  {
    pattern: new RegExp(
      `\\b(?:sqlplus|sqlldr|expdp|impdp|exp|imp|rman)\\s[^\\n]{0,40}?[\\w$#.]{1,30}/([^\\s@"'/]{3,60})(?=[@\\s"']|$)`,
      'g',
    ),
    type: 'PASSWORD',
  },
  {
    pattern: new RegExp(`(?<![\\w])pass(?:in|out)?[ :](?:pass:)?["']?([^\\s"'$<{:-][^\\s"']{3,100})`, 'g'),
    type: 'PASSWORD',
    accept: isOdd,
  },
  {
    pattern: new RegExp(
      `(?:vault login|vault operator unseal|unseal key \\d{1,2}:|initial root token:|secretid:|[D ]sonar\\.login=|setx \\w{1,40}|set //\\S{1,60}|join [^\\n]{0,60}--token) {0,12}${value}`,
      'gi',
    ),
    type: 'TOKEN',
    accept: isStrong,
  },
  { pattern: /(?<![\w-])-{1,2}otp[= ](\d{6,8})\b/g, type: 'CODE' },
  // A password handed over by a pipe.
  {
    pattern:
      /\b(?:echo|printf)(?: -\w{1,3}| '%s(?:\\n)?')? ["']?([^\s"'|]{3,100})["']? ?\|[^\n|]{0,40}(?:sudo -S|su(?= )|passwd|chpasswd|--password-stdin|smbpasswd|--stdin|login)\b/g,
    type: 'PASSWORD',
  },
  {
    pattern: /\becho(?: -\w{1,3})? ["'][\w.-]{1,40}:([^\s"'|]{3,100})["'] ?\| ?(?:sudo )?chpasswd/g,
    type: 'PASSWORD',
  },
  { pattern: /--password-command[ =]["'][^"\n]{0,20}echo ([^\s"']{3,100})/g, type: 'PASSWORD' },
  {
    pattern: /assword:?\*?["'][^\n]{0,10}\n?[^\n]{0,4}\bsend (?:-- )?["']([^"'\n\\]{3,100})/g,
    type: 'PASSWORD',
  },
  {
    pattern:
      /\b(?:gh|wrangler|vercel|netlify) secret (?:set|put) [^\n]{0,60}?(?:--body|-b)[ =]["']?([^\s"']{3,200})/g,
    type: 'PASSWORD',
  },
  {
    pattern: /\b(?:Wallet|privateKeyToAccount|fromPrivateKey|Keypair|importKey)\(["']([^"'\n]{20,200})/g,
    type: 'KEY',
    accept: isStrong,
  },
  {
    pattern:
      /(?<!\S)["'`]?([^\s"'`]{6,60})["'`]? (?:is|as) (?:the|your|my|a|our) (?:new |temporary |default )?(?:password|pw|passwd|passphrase|passcode)\b/gi,
    type: 'PASSWORD',
    accept: isOdd,
  },
  { pattern: /\bu(?:ser)?[:=] ?\S{1,40}[ ,;/]{1,3}p(?:ass|w)?[:=] ?([^\s]{4,80})/gi, type: 'PASSWORD' },
  {
    pattern:
      /(?<![\w.])(?:log-?in|creds?|credentials|zugangsdaten|access|account|user(?:name)?|usuario|identifiant|benutzer|логин|账号)[:= ]{1,3}[\w.@-]{2,40} ?[ /|,:–-]{1,3} ?([^\s"'<>()]{6,80})/giu,
    type: 'PASSWORD',
    accept: (each) => isOdd(each) && /[!#$%^&*?+~@]/.test(each) && /\d/.test(each),
  },
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
  {
    pattern:
      /\bIDENTIFIED (?:WITH \w{1,40} )?(?:BY|AS)(?: PASSWORD)? (?:["']([^"'\n]{3,200})|([^\s"'`;]{6,200}))/gi,
    type: 'PASSWORD',
    accept: (each) => !isPlain(each) && (isOdd(each) || !/^[a-z]+$/.test(each)),
  },
  { pattern: /\b(?:PASSWORD|pwd)[ (]{1,3}N?'([^'\n]{3,200})'/gi, type: 'PASSWORD' },
  { pattern: /\bpgp_sym_(?:de|en)crypt\([^)\n]{1,80}?,\s?'([^'\n]{3,100})'\)/gi, type: 'PASSWORD' },
  // Calls that take a user and a password.
  {
    pattern:
      /\b(?:auth|basic_?auth|setbasicauth|login|connect|authenticate|networkcredential|pscredential|passwordauthentication|changeuserpassword|getconnection|new PDO|httpbasicauth|credentials)\W{0,3}[ (=]{1,3}\(?(?:[\w$.]{1,30},\s?)?["'][^"'\n]{1,60}["'],\s?(?:Some\()?["']([^"'\n]{4,200})["']/gi,
    type: 'PASSWORD',
    accept: (each) => !isPlain(each),
  },
  { pattern: /\bConvertTo-SecureString (?:-String )?["']([^"'\n]{3,200})["']/gi, type: 'PASSWORD' },
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
  {
    pattern: /^(?:[\w.*-]{1,100}:(?:\d{1,5}|\*):[\w*-]{1,60}:[\w.*-]{1,60}):([^\s:]{3,200})$/gm,
    type: 'PASSWORD',
  },
];

/** Anything that can begin a rule above: one pass over the text decides whether they are tried at all. */
const trigger =
  /(?<![\w-])-{1,2}[a-z]|\/rp |createUser|message-digest|neighbor|expect|machine |default login|wallet|variable|\/(?:user|p|pass|password|rp|pwd):|\||requirep|masterauth|rootpw|community|\bAUTH\b|com2sec|\bsecret|password|passwd|pwd|server key|isakmp|key|identified|crypt|auth|login|connect|credential|PDO|securestring|csrf|saml|WIFI:|is the|as the|is my|is your|as my|\bu(?:ser)?[:=]|zugangs|creds|access|account|usuario|identifiant|benutzer|логин|账号|\bon >|unseal|token:|secretid|sonar\.|sqlplus|sqlldr|expdp|impdp|obscure|wpa_|radtest|net user|:[^\s:]{1,80}:/i;

/** Secrets that a command line, a statement or a directive takes by its position. */
export function findInCommands(text: string): Finding[] {
  if (!trigger.test(text)) return [];
  return rules.flatMap(({ pattern, type, accept }) =>
    scan(text, pattern, type, (match) => !accept || accept(match[1] ?? match[2] ?? match[3] ?? '')),
  );
}

function isNoPort(text: string): boolean {
  return !/^\d{1,5}(?::\d{1,5})?$/.test(text) && !/^\.{0,2}\//.test(text);
}
