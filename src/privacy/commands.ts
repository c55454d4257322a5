import type { Finding, FindingType } from './finding.ts';
import { findByRules, type Rule, type RuleGroup } from './rules.ts';
import { isOdd, isStrong } from './values.ts';

/** A value on a command line, quoted or not; group 1 of every pattern below. */
const value = `["']?((?:-(?=[^\\s"']{0,30}[\\dA-Z])[^\\s-]|[^\\s"'$<{|;&-])[^\\s"'|;&]{2,300})`;
const far = '[^\\n|;&]{0,160}?';

function tool(names: string, flag: string, type: FindingType = 'PASSWORD'): Rule {
  return {
    pattern: new RegExp(`(?<![\\w./-])(?:[\\w./-]{0,60}/)?(?:${names})\\s${far}(?<=\\s)${flag}${value}`, 'g'),
    type,
  };
}

/** What follows which flag of which tool is a password; from the tools' manual pages. */
const groups: readonly RuleGroup[] = [
  {
    when: /(?<!\S)-{1,2}[A-Za-z]/,
    rules: [
      // The database clients take it right behind `-p`; elsewhere that flag is a port or a path.
      tool('mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump|sshpass', '-p'),
      tool('7z|7za|7zz|rar|unrar', '-h?p'),
      tool('redis-cli|iredis', '(?:-a|--pass) '),
      tool(
        'sshpass|cqlsh|mongo|mongosh|mongodump|mongorestore|mongoexport|az|docker login|podman login|oc|cf|rdesktop|racadm|smbmap|crackmapexec|psexec|cypher-shell|twine|x11vnc|impacket-\\w+|evil-winrm|vncviewer',
        '(?:-p|-P|-passwd) ',
      ),
      tool(
        'sqlcmd|bcp|osql|ipmitool|mosquitto_pub|mosquitto_sub|zip|unzip|zipcloak|plink|pscp|putty',
        '(?:-P|-pw) ',
      ),
      tool('ldapsearch|ldapadd|ldapmodify|ldapdelete|ldapwhoami|ldappasswd|slappasswd', '-[ws] '),
      tool('snmp(?:walk|get|set|bulkwalk|getnext|table|trap|inform)', '-[cAX] '),
      tool('doctl|oathtool|openssl', '(?:-t|-b|-K) ', 'TOKEN'),
      tool('openssl enc', '-k '),
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
      { pattern: /(?<![\w-])-{1,2}otp[= ](\d{6,8})\b/g, type: 'CODE' },
      { pattern: /--password-command[ =]["'][^"\n]{0,20}echo ([^\s"']{3,100})/g, type: 'PASSWORD' },
      {
        pattern:
          /\b(?:gh|wrangler|vercel|netlify) secret (?:set|put) [^\n]{0,60}?(?:--body|-b)[ =]["']?([^\s"']{3,200})/g,
        type: 'PASSWORD',
      },
    ],
  },
  {
    when: /(?<!\S)\/(?:user|p|pass|password|rp|pwd)[: ]|\bnet user\b/,
    rules: [
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
    ],
  },
  {
    when: /wpa_|obscure|mosquitto_p|htpasswd|setairport|radtest|sqlplus|sqlldr|expdp|impdp|\bexp |\bimp |rman|pass(?:in|out)?[ :]|vault |unseal|token|secretid|sonar\.|setx|set \/\//i,
    rules: [
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
        pattern: new RegExp(
          `(?<![\\w])pass(?:in|out)?[ :](?:pass:)?["']?([^\\s"'$<{:-][^\\s"']{3,100})`,
          'g',
        ),
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
    ],
  },
  {
    when: /\becho\b|\bprintf\b|\bsend\b/,
    rules: [
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
      {
        pattern: /assword:?\*?["'][^\n]{0,10}\n?[^\n]{0,4}\bsend (?:-- )?["']([^"'\n\\]{3,100})/g,
        type: 'PASSWORD',
      },
    ],
  },
];

/** Secrets that a command line takes by their position. */
export function findInCommands(text: string): Finding[] {
  return findByRules(text, groups);
}

function isNoPort(text: string): boolean {
  return !/^\d{1,5}(?::\d{1,5})?$/.test(text) && !/^\.{0,2}\//.test(text);
}
