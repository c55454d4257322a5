const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean));

/** Names of folders, files and machines that everybody has: they tell nothing, and are words of many sentences. */
const COMMON = set(`
  home users user usr var etc opt tmp temp bin lib lib64 sbin srv root mnt media dev proc sys run boot data local share
  shared public private applications library volumes system system32 windows program files programs appdata roaming
  documents document docs doc downloads download desktop pictures picture photos photo images image img music videos
  video movies templates projects project repos repo repository repositories git github code source sources src app apps
  test tests testing spec specs fixtures examples example samples sample demo demos assets asset static styles css js ts
  scripts script build dist out output outputs target release releases debug node_modules packages package modules module
  components component pages page views view models model controllers services service utils util helpers helper hooks
  api server client core common main index types config configs configuration settings setup install notes note todo
  readme changelog license licence contributing makefile dockerfile gemfile procfile log logs cache backup backups
  archive archives old new misc other work school university study studies research papers paper thesis reports report
  letters letter mail mails inbox invoices invoice budget taxes tax finance bank contracts contract presentations slides
  drafts draft final copy untitled file folder folders resources resource results result figures figure tables table data
  dataset datasets training models notebook notebooks lecture lectures course courses homework exercise exercises chapter
  chapters book books reading references bibliography recipes travel family personal general daily weekly monthly meeting
  meetings agenda minutes plan plans planning schedule calendar contacts todo tasks task ideas journal diary blog website
  web site sites html http https www ftp mailto localhost localdomain debian ubuntu fedora arch linux macbook macos laptop
  desktop pc computer machine server host router printer default guest admin administrator nobody ubuntu pi vagrant runner
  login office excel word powerpoint chrome firefox safari terminal editor browser trash bookmarks extensions plugins
  themes fonts icons icon logo public_html webroot wwwroot migrations locale locales i18n lang vendor third_party external
  include includes headers internal pkg cmd deploy deployment docker k8s terraform ansible ci workflows actions
  requirements pyproject setup tsconfig jsconfig webpack vite rollup babel eslint prettier jest vitest cargo pom gradle
  error errors warning problem help helper support feedback export exports import imports event events task message
  messages chat chats channel general random announcements
`);

/** Words of the language that are also first names or login names: replaced only where their place says what they are. */
const WORDS = set(`
  will mark art grant bill may april june hope grace rose faith joy max drew chase jack page rich pat sue dean frank dick
  ray guy gene sky bob rob miles penny dawn eve iris ivy lily olive ruby summer autumn victor christian angel destiny
  an am be do go he it me my no of on or so to up us we the and for you are not but all any can had her was one our out
  day get has him his how man now old see two way who boy did its let put say she too use her with from this that have
  help open read write type text note save copy paste find look make take want need time page file work next last first
`);

/** Whether a name tells nothing about anybody. */
export function isCommon(name: string): boolean {
  const plain = name.normalize('NFC').toLowerCase();
  return plain.length < 3 || /^[\d._-]+$/.test(plain) || COMMON.has(plain);
}

/** Whether replacing it in every sentence would take words of the language out of them. */
export function isOrdinary(name: string): boolean {
  return isCommon(name) || WORDS.has(name.normalize('NFC').toLowerCase());
}
