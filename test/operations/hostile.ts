/** New names that must be refused, with what is wrong with each; a name that is fine is a bug in the test. */
export function hostileNames(): readonly string[] {
  const controls = Array.from({ length: 32 }, (_, code) => `a${String.fromCharCode(code)}b.txt`);
  const bidi = [...'\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c'].flatMap(
    (sign) => [`photo${sign}gpj.txt`, `${sign}a.txt`],
  );
  const unseen = [...'\u200b\u2060\u2063\ufeff\u00ad\u180e\u3164\u115f\u2800\u2028\u2029\u0085\u009f'].map(
    (sign) => `re${sign}port.txt`,
  );
  const devices = ['con', 'PRN', 'aux', 'NUL', 'CONIN$', 'conout$', ...ports('com'), ...ports('LPT')].flatMap(
    (each) => [each, `${each}.txt`, `${each} .txt`],
  );
  const elsewhere = (
    '.. . ../a.txt ../../etc/passwd.txt /etc/a.txt /a.txt sub/a.txt ./a.txt a/../b.txt a/ a.txt/ ~/a.txt %2e%2e/a.txt ' +
    '..\\a.txt C:\\a.txt \\\\host\\share\\a.txt sub\\a.txt \\a.txt C:a.txt //host/a.txt file:///etc/a.txt ..../a.txt ' +
    './../a.txt ..//..//a.txt /proc/self/cwd/a.txt /dev/null ./. ../Papers/a.txt a.txt/.. a.txt/../../b.txt'
  ).split(' ');
  const streams = ['a.txt:hidden', 'a.txt::$DATA', ':a.txt', 'a:b.txt', 'a.txt:evil.exe:$DATA', 'a.txt:'];
  const long = [
    `${'a'.repeat(252)}.txt`,
    `${'ä'.repeat(126)}.txt`,
    `${'😀'.repeat(63)}.txt`,
    `${'日'.repeat(84)}.txt`,
    `${'e\u0301'.repeat(84)}.txt`,
  ];
  const edges = [
    'a.txt.',
    'a.txt ',
    ' a.txt',
    'a.txt...',
    'a.txt. ',
    'a.',
    ' ',
    '\u00a0a.txt',
    'a.txt\u3000',
    '\ta.txt',
  ];
  const programs =
    'exe sh desktop bat cmd lnk js vbs ps1 py jar scr com app msi url html svg docm hta cpl pif reg inf wsf xhtml xlsm pptm run appimage'
      .split(' ')
      .flatMap((each) => [`a.${each}`, `a.txt.${each}`, `a.${each.toUpperCase()}`]);
  const hidden = ['.a.txt', '.bashrc', '.ssh', '.profile', '..a.txt', '...txt'];
  const secret = [
    'id_rsa',
    'credentials.json',
    'my passwords.txt',
    'wallet.dat',
    'hush.txt',
    'Hush hush.txt',
  ];
  const halves = [
    '\ud800.txt',
    'a\udc00b.txt',
    '\udfff\ud800.txt',
    '\uffff.txt',
    'a\ufdd0.txt',
    '\ue000.txt',
  ];
  const none = [''];
  return [
    ...controls,
    ...bidi,
    ...unseen,
    ...devices,
    ...elsewhere,
    ...streams,
    ...long,
    ...edges,
    ...programs,
    ...hidden,
    ...secret,
    ...halves,
    ...none,
  ];
}

const ports = (name: string) => [...'0123456789¹²³'].map((digit) => name + digit);

/** Names that people really give, which must go through unchanged. */
export const plainNames: readonly string[] = [
  'Report 2026.txt',
  'résumé.txt',
  'Привет мир.txt',
  '日本語の書類.txt',
  'تقرير.txt',
  'می‌خواهم.txt',
  '👨‍👩‍👧 trip.txt',
  'a-b_c (1) [final], v2!.txt',
  '-rf.txt',
  '$(rm -rf ~).txt',
  '`id`; echo.txt',
  "it's & that.txt",
  '%00.txt',
  'a'.repeat(251) + '.txt',
  'concert.txt',
  'comma.txt',
  'null.txt',
  'what is it? yes.txt',
];
