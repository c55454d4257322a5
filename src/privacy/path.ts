/** Folders that hold keys and saved passwords. Compared without case. */
const folders = new Set([
  'keychains',
  'keyrings',
  'kwalletd',
  'keepass',
  'keepassxc',
  'bitwarden',
  '1password',
  'gnupg',
  'private-keys-v1.d',
  'credentials',
  'secrets',
  'vault',
  'wallets',
  'microsoft\\credentials',
  'node_modules',
  '__pycache__',
]);

/** Kinds of files that are keys, key stores or password stores. */
const kinds =
  /\.(?:kdbx?|kdb|psafe3|agilekeychain|opvault|1pux|1pif|keychain(?:-db)?|keystore|jks|p12|pfx|pkcs12|p8|pem|key|ppk|gpg|pgp|asc|sig|ovpn|rdp|tfstate|tfvars|kwl|keyring|wallet|htpasswd|pwd|age|cer|crt|der|mobileprovision|netrc|vnc|otp)(?:\.(?:bak|old|backup|tmp|lock|swp|~))?~?$/i;

const names =
  /^(?:id_(?:rsa|dsa|ecdsa|ed25519)(?:[-_.].*)?|authorized_keys|known_hosts|shadow|gshadow|passwd|sudoers|htpasswd|master\.key|credentials?(?:[-_.].*)?|secrets?(?:\..*)?|client_secret.*\.json|service[-_]?account.*\.json|wallet\.dat|login data.*|logins\.json|key[34]\.db|signons\.sqlite|cookies(?:\.sqlite)?(?:-journal|-wal)?|web data|local state|env(?:\.(?:local|prod|production|dev|development|test))?|.*\.env(?:\..*)?|auth\.json|kubeconfig|application_default_credentials\.json|ntds\.dit|sam|system\.keychain)$/i;

const words =
  /(?:^|[^\p{L}])(?:passwords?|passwörter|kennwörter|passwort|kennwort|mots? de passe|contraseñas?|senhas?|recovery[ _-]?(?:codes?|phrase|key)|backup[ _-]?codes?|seed[ _-]?phrase|private[ _-]?key|пароли?ь?|密码|密碼|パスワード|비밀번호)(?:[^\p{L}]|$)/iu;

/** True for a path of which not even the name may be kept: hidden, or a place or kind of file that holds secrets. */
export function isHiddenPath(path: string): boolean {
  const segments = path
    .normalize('NFKC')
    .split(/[/\\]+/)
    .filter((segment) => segment !== '' && segment !== '.');
  if (segments.some((segment) => segment === '..' || segment.startsWith('.'))) return true;
  if (segments.some((segment) => folders.has(segment.toLowerCase()))) return true;
  const name = segments.at(-1) ?? '';
  return kinds.test(name) || names.test(name) || words.test(name);
}
