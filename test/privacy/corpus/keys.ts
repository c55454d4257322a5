import type { Kinds } from './fill.ts';

/** A PEM-like armour; built here so that no armour stands in the repository. */
function pem(name: string, head = '', lines = 8): readonly string[] {
  const line = (edge: string): string => `-----${edge} ${name}-----`;
  const whole = `«${line('BEGIN')}\n${head}{armour${lines}}\n${line('END')}»`;
  const flat = `«${line('BEGIN')}\\n${head.replaceAll('\n', '\\n')}{armourEscaped${lines}}\\n${line('END')}\\n»`;
  return [
    whole,
    `cat id\n${whole}\ndone`,
    `key: |\n${whole}\n`,
    `"private_key": "${flat}",`,
    `KEY="${flat}"`,
    // The end of a clipboard that was cut.
    `«${line('BEGIN')}\n${head}{armour${lines}}»`,
  ];
}

/** Private keys in their armours and notations. */
export const keys: Kinds = {
  'rsa private key': pem('RSA PRIVATE KEY'),
  'rsa encrypted private key': pem(
    'RSA PRIVATE KEY',
    'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,{H32}\n\n',
  ),
  'pkcs8 private key': pem('PRIVATE KEY'),
  'pkcs8 encrypted key': pem('ENCRYPTED PRIVATE KEY'),
  'ec private key': pem('EC PRIVATE KEY', '', 3),
  'dsa private key': pem('DSA PRIVATE KEY'),
  'openssh private key': pem('OPENSSH PRIVATE KEY', '', 6),
  'pgp private key': pem('PGP PRIVATE KEY BLOCK', '\n', 12),
  'sigstore private key': pem('ENCRYPTED SIGSTORE PRIVATE KEY', '', 5),
  'ssh2 private key': [
    '«---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: "{word}"\n{armour6}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----»',
  ],
  'putty key': [
    'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: {word}\nPublic-Lines: 2\n{armour2}\nPrivate-Lines: 1\n«{bytes36}»\nPrivate-MAC: {h64}',
    'PuTTY-User-Key-File-2: ssh-rsa\nEncryption: none\nComment: {word}\nPublic-Lines: 4\n{armour4}\nPrivate-Lines: 8\n«{armour8}»\nPrivate-MAC: {h40}\n',
  ],
  'openvpn static key': [
    '«-----BEGIN OpenVPN Static key V1-----\n{h32}\n{h32}\n{h32}\n{h32}\n{h32}\n{h32}\n-----END OpenVPN Static key V1-----»',
    '<tls-auth>\n«-----BEGIN OpenVPN Static key V1-----\n{h32}\n{h32}\n{h32}\n{h32}\n-----END OpenVPN Static key V1-----»\n</tls-auth>',
  ],
  'age secret key': [
    '«AGE-SECRET-KEY-1{r58}»',
    '# created: today\n«AGE-SECRET-KEY-1{r58}»',
    'AGE_KEY=«AGE-SECRET-KEY-1{r58}»',
  ],
  'wireguard private key': [
    '[Interface]\nPrivateKey = «{bytes32}»\nAddress = fd00::2/64',
    'wg set wg0 private-key «{bytes32}»',
    'PrivateKey=«{bytes32}»',
  ],
  'wireguard preshared key': [
    '[Peer]\nPresharedKey = «{bytes32}»\nPersistentKeepalive = 25',
    'PresharedKey=«{bytes32}»',
  ],
  'jwk private exponent': [
    '{"kty":"EC","crv":"P-256","x":"{bytesUrl32}","y":"{bytesUrl32}","d":"«{bytesUrl32}»"}',
    '{"kty":"OKP","crv":"Ed25519","d":"«{bytesUrl32}»","x":"{bytesUrl32}"}',
  ],
  'jwk symmetric key': [
    '{"kty":"oct","k":"«{bytesUrl32}»","alg":"HS256"}',
    '{ "kty": "oct", "kid": "{word}", "k": "«{bytesUrl64}»" }',
  ],
  'minisign secret key': ['untrusted comment: minisign encrypted secret key\n«RWRTY0Iy{b204}=»'],
  'nostr secret key': ['«nsec1{c58}»', 'my key is «nsec1{c58}»', '"sk": "«nsec1{c58}»"'],
  'bitcoin wif key': ['«{wif}»', 'import «{wif}» into the wallet', 'wif: «{wif}»'],
  'extended private key': ['«xprv{k107}»', 'root: «xprv{k107}»', 'bitcoin-cli import "«xprv{k107}»"'],
  'ethereum private key': [
    'PRIVATE_KEY=«0x{h64}»',
    'private key: «0x{h64}»',
    'privateKey: "«{h64}»",',
    'new Wallet("«0x{h64}»", provider)',
    'cast send --private-key «0x{h64}» 0x{h40}',
  ],
  'solana keypair': ['[«{numbers64}»]', 'solana-keygen: [«{numbers64}»]', '"secretKey": [«{numbers64}»]'],
  'stellar seed': ['«S{stellar}{t54}»', 'stellar seed: «S{stellar}{t54}»', 'SEED=«S{stellar}{t54}»'],
  'ripple seed': ['ripple secret: «s{k28}»', '"seed": "«s{k28}»"', 'wallet seed «s{k28}»'],
  'monero spend key': ['secret spend key: «{h64}»', 'spend_key=«{h64}»', 'view key (private): «{h64}»'],
  'dnssec private key': [
    'Private-key-format: v1.3\nAlgorithm: 13 (ECDSAP256SHA256)\nPrivateKey: «{bytes32}»',
  ],
  'tsig secret': [
    'key "{word}." {\n  algorithm hmac-sha256;\n  secret "«{bytes32}»";\n};',
    'nsupdate -y hmac-sha256:{word}:«{bytes32}»',
  ],
  'ssh host key in yaml': ['ssh_host_key: «{bytes96}»', 'ed25519_private: «{bytes96}»'],
  'android signing': ["storePassword '«{safe}»'", 'keyPassword "«{safe}»"', 'storePassword=«{safe}»'],
  'gpg session key': ['gpg: session key: «9:{H64}»', "--override-session-key '«9:{H64}»'"],
  'luks key': ['luks passphrase: «{password}»', 'cryptsetup key = «{h64}»', 'luks_key: «{h128}»'],
  'bearer macaroon': ['macaroon: «MDA{w160}»', 'Authorization: Macaroon root="«MDA{w160}»"'],
  'paseto local': ['«v4.local.{w140}»', 'token «v4.local.{w140}» sent', 'v2: «v2.local.{w120}»'],
  'paseto public': ['«v4.public.{w160}»', 'session=«v4.public.{w160}»'],
  jwt: [
    '«{jwt}»',
    'Authorization: Bearer «{jwt}»',
    'token=«{jwt}»',
    'saw «{jwt}» in the log',
    '"id_token":"«{jwt}»"',
  ],
  'jwt with key id': [
    '«{jwtKeyed}»',
    'cookie: session=«{jwtKeyed}»; path=/',
    'https://{host}/cb#id_token=«{jwtKeyed}»',
  ],
  jwe: [
    '«eyJlbmMiOiJBMjU2R0NNIn0.{bytesUrl64}.{bytesUrl12}.{bytesUrl80}.{bytesUrl16}»',
    'jwe: «eyJlbmMiOiJBMjU2R0NNIn0.{bytesUrl64}.{bytesUrl12}.{bytesUrl80}.{bytesUrl16}»',
  ],
  'fernet key': ['FERNET_KEY=«{bytesUrl32}=»', 'Fernet(b"«{bytesUrl32}=»")', 'fernet key «{bytesUrl32}=»'],
  'fernet token': ['«gAAAAAB{w112}==»', 'encrypted: «gAAAAAB{w112}==»'],
  'laravel app key': ['APP_KEY=«base64:{bytes32}»', "'key' => '«base64:{bytes32}»',"],
  'rails secret base': [
    'secret_key_base: «{h128}»',
    'SECRET_KEY_BASE=«{h128}»',
    'config.secret_key_base = "«{h128}»"',
  ],
  'django secret key': ["SECRET_KEY = '«django-insecure-{w50}»'", 'SECRET_KEY = "«{a30}@$%{a17}»"'],
  'ansible vault block': ['$ANSIBLE_VAULT;1.1;AES256\n«{h80}\n{h80}\n{h80}»'],
};
