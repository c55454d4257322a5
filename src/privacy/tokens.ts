import { type Finding, scan } from './finding.ts';
import { isScrambled } from './values.ts';

/**
 * Keys that say by their shape what they are. Written for this project from the vendors' descriptions of their formats.
 * Each is tried where a word starts, so a failed long match is not tried again inside the same word: linear.
 */
const shapes: readonly string[] = [
  // Clouds
  '(?:AKIA|ASIA|ABIA|ACCA|AGPA|AIDA|AROA|AIPA|ANPA|ANVA)[A-Z0-9]{16}',
  'AIza[\\w-]{30,45}',
  'ya29\\.[\\w-]{20,2000}',
  'GOCSPX-[\\w-]{20,60}',
  '1//0[\\w-]{30,200}',
  'AQ\\.[\\w-]{40,200}',
  '\\d{6,20}-[a-z0-9]{32}\\.apps\\.googleusercontent\\.com',
  '[\\w~.]{3}\\dQ~[\\w~.-]{31,34}',
  'do[oprt]_v1_[a-f0-9]{32,64}',
  'LTAI[A-Za-z0-9]{12,24}',
  'AKID[A-Za-z0-9]{13,40}',
  'AQVN[\\w-]{35,60}',
  'SCW[A-Z0-9]{17}',
  'HRKU-[\\w-]{30,80}',
  'fm[12][ar]?_[\\w+/=]{20,2000}',
  'fo1_[\\w-]{20,80}',
  'vc[pkiar]_[A-Za-z0-9]{20,80}',
  'nfp_[A-Za-z0-9]{20,80}',
  'cf(?:ut|at|k)_[A-Za-z0-9]{30,80}',
  'v1\\.0-[a-f0-9]{24}-[a-f0-9]{100,160}',
  'sbp_(?:v0_)?[a-f0-9]{40}',
  'sb_(?:secret|publishable)_[\\w-]{20,80}',
  'pscale_(?:tkn|pw|oauth)_[\\w.=-]{20,80}',
  'dapi[a-f0-9]{32}(?:-\\d)?',
  'pul-[a-f0-9]{40}',
  '[A-Za-z0-9]{14}\\.atlasv1\\.[\\w-]{60,80}',
  'hv[sbr]\\.[\\w-]{20,300}',
  'dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}',
  'sha256~[\\w-]{43}',
  'tskey-[\\w-]{10,100}',
  'ops_eyJ[\\w+/=-]{40,2000}',
  'A3-[A-Z0-9]{6}-(?:[A-Z0-9]{4,11}-){2,6}[A-Z0-9]{4,11}',
  'AGE-SECRET-KEY-1[0-9A-Z]{50,60}',
  'LS0tLS1[\\w+/=]{20,20000}',
  // Code hosting, packages, builds
  'gh[pousr]_[A-Za-z0-9]{16,255}',
  'github_pat_\\w{20,255}',
  'gl(?:pat|ptt|dt|rt|rtr|cbt|ft|soat|agent|imt|oas|ffct)-[\\w.-]{16,300}',
  'GR1348941[\\w-]{20,60}',
  'ATATT3[\\w=-]{60,300}',
  'ATCTT3[\\w=-]{60,300}',
  'ATBB[A-Za-z0-9]{24,60}',
  'npm_[A-Za-z0-9]{30,60}',
  'pypi-[\\w-]{16,300}',
  'rubygems_[a-f0-9]{48}',
  'cio[A-Za-z0-9]{32}',
  'oy2[a-z0-9]{43}',
  'dckr_(?:pat|oat)_[\\w-]{20,80}',
  'CLOJARS_[a-z0-9]{60}',
  'AKCp[A-Za-z0-9]{60,80}',
  'cmVmdGtuO[\\w+/=]{40,100}',
  'bk[a-z]{2}_[a-f0-9]{40}',
  'CCI(?:PAT|PRJ)_[\\w-]{20,120}',
  'sq[aup]_[a-f0-9]{40}',
  'sgp_(?:[a-z0-9]{2,20}_)?[a-f0-9]{40}',
  'API-[A-Z0-9]{25,40}',
  'pnu_[a-z0-9]{36}',
  // Messages and mail
  'xox[abeoprs](?:\\.xox[bp])?-[\\w-]{10,300}',
  'xapp-\\d-[\\w-]{10,300}',
  'SG\\.[\\w-]{16,32}\\.[\\w-]{16,64}',
  '(?:SK|AC)[a-f0-9]{32}',
  '(?:pub)?key-[a-f0-9]{32}',
  '[a-f0-9]{32}-us\\d{1,2}',
  'xkeysib-[a-f0-9]{64}-\\w{16}',
  're_[A-Za-z0-9]{8,12}_[A-Za-z0-9]{16,40}',
  '[MNO][\\w-]{23,27}\\.[\\w-]{6}\\.[\\w-]{27,40}',
  '\\d{8,10}:AA[\\w-]{32,34}',
  // Payments and shops
  '(?:sk|pk|rk)_(?:live|test|prod)_[A-Za-z0-9]{10,255}',
  'whsec_[\\w+/=]{20,100}',
  'sq0[a-z]{3}-[\\w-]{22,60}',
  'EAAA[\\w-]{50,70}',
  'EAA[A-Za-z0-9]{80,400}',
  'shp(?:at|ca|pa|ss|ua|rt|tka)_[a-fA-F0-9]{32,64}',
  'rzp_(?:live|test)_[A-Za-z0-9]{14,24}',
  'FLW(?:PUB|SEC)K(?:_TEST)?-[a-z0-9]{12,40}(?:-X)?',
  'access_token\\$(?:production|sandbox)\\$[a-z0-9]{16}\\$[a-f0-9]{32}',
  'access-(?:sandbox|development|production)-[a-f0-9-]{36}',
  'EZ[AT]K[A-Za-z0-9]{54,60}',
  'shippo_(?:live|test)_[a-f0-9]{40}',
  '(?:live|test)_(?:pub_)?[a-f0-9]{31,40}',
  'duffel_(?:live|test)_[\\w=-]{43}',
  // Models
  'sk-(?:ant|proj|svcacct|admin|None|or|lf)-[\\w-]{16,300}',
  'hf_[A-Za-z0-9]{20,60}',
  'api_org_[A-Za-z0-9]{20,60}',
  'r8_[A-Za-z0-9]{20,60}',
  'gsk_[A-Za-z0-9]{20,80}',
  'xai-[A-Za-z0-9]{20,120}',
  'pplx-[A-Za-z0-9]{20,80}',
  'lsv2_(?:pt|sk)_[a-f0-9_]{32,60}',
  'pcsk_[\\w]{20,120}',
  'nvapi-[\\w-]{20,120}',
  'tvly-[\\w-]{20,80}',
  'wandb_v1_[\\w-]{20,120}',
  'sk_[a-f0-9]{48}',
  // Everything else
  'secret_[A-Za-z0-9]{40,50}',
  'ntn_[A-Za-z0-9]{40,60}',
  'lin_(?:api|oauth)_[A-Za-z0-9]{32,64}',
  'fig[dorhu]_[\\w-]{20,80}',
  'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}',
  'pat-(?:na|eu)\\d-[a-f0-9-]{36}',
  'NR(?:AK|JS|II|RA|AA|IQ)-[\\w-]{19,40}',
  'sntry[su]_[\\w+/=-]{40,300}',
  'dt0[a-z]\\d{2}\\.[A-Z0-9]{24}\\.[A-Z0-9]{64}',
  'gl(?:sa|c)_[\\w+/=]{32,300}',
  'hc[a-z]{2}k_[A-Za-z0-9]{30,70}',
  'ph[cx]_[A-Za-z0-9]{30,60}',
  'PMAK-[a-f0-9]{24}-[a-f0-9]{34}',
  'CFPAT-[\\w-]{43}',
  'tfp_[\\w.=-]{40,80}',
  'rdme_[a-z0-9]{70}',
  'sl\\.(?:u\\.)?[\\w-]{60,2000}',
  'dnkey-[\\w=-]{26}-[\\w=-]{52}',
  'fio-u-[\\w=-]{64}',
  's-s4t2(?:ud|af)-[a-f0-9]{64}',
  '[A-Za-z0-9]{6}_[A-Za-z0-9]{29}_mmk',
  '(?:sdk|mob|api)-[a-f0-9]{8}-[a-f0-9]{4}-4[a-f0-9]{3}-[a-f0-9]{4}-[a-f0-9]{12}',
  'A{20,25}[\\w%]{40,200}',
  '[a-f0-9]{8}:[A-Za-z0-9]{16}(?![A-Za-z0-9])',
  'waka_(?:sec_|tok_)?[a-f0-9]{8}-(?:[a-f0-9]{4}-){3}[a-f0-9]{12}',
  'napi_[a-z0-9]{50,70}',
  't-[A-Za-z0-9]{10}[a-f0-9]{32}(?![A-Za-z0-9])',
  'KEY0[A-F0-9]{32}_[A-Za-z0-9]{22}',
  'fw_[A-Za-z0-9]{20,40}',
  'dag_[a-z0-9]{1,30}_[A-Za-z0-9]{40,60}',
  'nsec1[a-z0-9]{58}',
  'S[A-D][A-Z2-7]{54}(?![A-Z0-9])',
  '[a-f0-9]{36}FFFFNRAL',
  'cs[a-f0-9]{34}(?![a-f0-9])',
  '\\d/\\d{15,17}(?:/\\d{15,17})?:[a-f0-9]{32}',
];

const shaped = new RegExp(`(?<![A-Za-z0-9])(?:${shapes.join('|')})`, 'g');
const webToken = /(?<![\w-])eyJ[\w-]{8,8000}(?:\.[\w-]{0,8000}){1,4}/g;
const webTokenPart = /(?<![\w-])eyJrIjoi[\w+/=-]{30,400}/g;
const loose = /(?<![A-Za-z0-9])sk-[\w-]{20,300}/g;
const cloudinary = /cloudinary:\/\/[^\s"'<>,]{10,120}/g;
const armourStart =
  /-{4,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)? ?-{4,5}|-{5}BEGIN OpenVPN Static key V1-{5}|PuTTY-User-Key-File-\d: /g;
const vaulted = /\$ANSIBLE_VAULT;[\d.]{1,5};AES256[^\n]{0,60}((?:\s{1,40}[0-9a-f]{20,80})+)/g;
/** Hashes of passwords in the notation of crypt(3), of LDAP and of Windows' dumps: they can be tried offline. */
const hashes =
  /\$(?:apr1|[1567y]|2[abxy]?|gy|argon2(?:id|i|d)|scrypt|pbkdf2[\w-]{0,12})\$[\w./+=,$-]{16,400}|\{(?:S?SHA(?:256|384|512)?|S?MD5|CRYPT)\}[\w+/=.$]{16,200}|pbkdf2_\w{4,8}\$\d{1,8}\$[\w+/=$]{20,200}|scrypt:\d{1,8}:\d:\d\$[\w$+/=]{20,300}|(?<=:\d{3,7}:)[0-9a-fA-F]{32}:[0-9a-fA-F]{32}(?=:)/g;

/**
 * Tokens and private keys that can be told by their shape alone. Shapes are looked for in the long words of a text,
 * which are few; keys in armours and hashes of passwords in all of it. Linear in the length of `text`.
 */
export function findTokens(text: string, words: readonly number[]): Finding[] {
  const findings: Finding[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const start = words[at]!;
    const word = text.slice(start, words[at + 1]);
    for (const each of inWord(word))
      findings.push({ ...each, start: start + each.start, end: start + each.end });
  }
  if (text.includes('cloudinary://')) findings.push(...scan(text, cloudinary, 'TOKEN'));
  if (/PRIVATE KEY|OpenVPN Static|PuTTY-User/.test(text)) findings.push(...privateKeys(text));
  if (/\$\w{1,12}\$|SHA|MD5\}|CRYPT|pbkdf2|scrypt|:\d{3,7}:/.test(text))
    findings.push(...scan(text, hashes, 'TOKEN'));
  if (text.includes('$ANSIBLE')) findings.push(...scan(text, vaulted, 'KEY'));
  return findings;
}

function isKey(all: string): boolean {
  return (/\d/.test(all) && (/[A-Z]/.test(all) || all.length >= 32)) || isScrambled(all.slice(3));
}

function inWord(word: string): Finding[] {
  const findings = scan(word, shaped, 'TOKEN');
  if (word.includes('eyJ'))
    findings.push(...scan(word, webToken, 'TOKEN'), ...scan(word, webTokenPart, 'TOKEN'));
  // `sk-` alone begins CSS classes too; a key has digits, and capitals unless it is long.
  if (word.includes('sk-')) {
    findings.push(...scan(word, loose, 'TOKEN', ([all]) => isKey(all)));
  }
  return findings;
}

/** From the armour's first line to its last; to the end of the text if the last line was cut off. */
function privateKeys(text: string): Finding[] {
  const findings: Finding[] = [];
  armourStart.lastIndex = 0;
  for (let match = armourStart.exec(text); match; match = armourStart.exec(text)) {
    const last = match[0].startsWith('PuTTY')
      ? 'Private-MAC: '
      : match[0].startsWith('-----')
        ? '-----END '
        : '---- END ';
    const at = text.indexOf(last, armourStart.lastIndex);
    const line = at < 0 ? -1 : text.indexOf(last === 'Private-MAC: ' ? '\n' : '----', at + last.length);
    const end =
      at < 0
        ? text.length
        : line < 0
          ? text.length
          : last === 'Private-MAC: '
            ? line
            : line + (last === '-----END ' ? 5 : 4);
    findings.push({ start: match.index, end, type: 'KEY' });
    armourStart.lastIndex = end;
  }
  return findings;
}
