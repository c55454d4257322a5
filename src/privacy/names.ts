/**
 * What a name says about the value beside it: `password` may be any word, `secret` was made by a program, `key` may
 * just as well be the key of a table.
 */
export type NameKind = 'password' | 'secret' | 'key';

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const passwords = set(
  'password passwords passwd passphrase passcode pass pwd pw psw passw passwort kennwort kenncode schlüssel psk mdp clave senha wachtwoord adgangskode passord salasana haslo heslo parola sandi requirepass masterauth rootpw masterpw storepass keypass sshpass keymaterial rpcpassword maiden diceware',
);
const secrets = set(
  'secret secrets token tokens jwt jwe apikey authkey accesskey secretkey privatekey credential credentials cred creds cookie session sessionid sid csrf csrftoken xsrf sig signature hmac bearer auth authorization authtoken accesstoken refreshtoken authinfo macaroon licence license lizenzschlüssel serial seed mnemonic salt webhook apitoken pat wif totp otp sha1pass nsec',
);
/** Endings of names written in one word: `dbpassword`, `authtoken`. */
const passwordEnd = /(?:password|passwd|passphrase|passwort|pwd|rootpw|_pw)$/;
const secretEnd = /(?:secret|token|apikey|secretkey|accesskey|privatekey|cookie|sessid|sessionid)$/;
const keyBefore = set(
  'api access secret private signing encryption account shared consumer master deploy subscription license licence product activation registration recovery setup auth admin write app application ingest integration service server client session cookie fernet spend view wep wpa wpa2 network wifi wlan wireless host decryption storage security functions global rest licensekey developer personal provider gateway webhook preshared cd steam windows authenticator unseal management project partner sdk',
);
/** A key that is public, or the key of a table, a cache, a lock, a keyboard. */
const keyNever = set(
  'public cache foreign sort partition hot arrow react row map object i18n translation message unique primary composite index lookup hash group order column shortcut escape enter return ctrl alt shift pub routing idempotency route query state storybook dedupe ssh-rsa',
);
const otherNever = set(
  'next cancel cancellation abort syntax lexer parser css design jsx eof max min total prompt completion input output n num count cached estimated page continuation sync change-token punctuation keyword',
);
/** What may follow the word that says it: `passwordValue`, `SECRET_KEY_BASE`, `client-key-data`, `token2`. */
const tails = set(
  'value plain plaintext text old new confirm confirmation current base data env prod production dev staging test live b64 base64 encoded string raw default hash digest answer primary secondary id1 bytes hex root admin user for',
);

/** A name in its words: `dbPassword`, `DB_PASSWORD`, `db.password`, `--db-password` -> `db`, `password`. Lower case. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .replace('p/w', 'pw')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');
}

/** What a name promises, or nothing; `before` is the word in front of it, for names of several words. */
export function kindOfName(name: string, before: string): NameKind | undefined {
  const words = wordsOf(name);
  if (passwords.has(words.join(''))) return 'password';
  if (words.length < 4 && secrets.has(words.slice(-2).join(''))) return 'secret';
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const word = words[at]!;
    const previous = at > 0 ? words[at - 1]! : before.toLowerCase();
    const kind = kindOfWord(word, previous);
    if (kind) return kind;
    if (kind === null) return undefined;
    if (!tails.has(word) && !/^\d{1,3}$/.test(word)) return undefined;
  }
  return undefined;
}

/** `null`: the word is one of ours, but what stands before it makes it harmless. */
function kindOfWord(word: string, previous: string): NameKind | null | undefined {
  if (passwords.has(word) || passwordEnd.test(word))
    return previous === 'no' || previous === 'one' ? null : 'password';
  if (secrets.has(word) || secretEnd.test(word)) return otherNever.has(previous) ? null : 'secret';
  if (word === 'key' || word === 'keys' || word === 'apikeys') {
    if (keyNever.has(previous)) return null;
    if (/^(?:network|wi-?fi|fi|wlan|wep|wpa\d?|wireless)$/.test(previous)) return 'password';
    return keyBefore.has(previous) || keyBefore.has(previous.replace(/s$/, '')) ? 'secret' : 'key';
  }
  return undefined;
}
