/** What an application is for, as far as its name tells. */
export type AppKind =
  | 'browser'
  | 'editor'
  | 'terminal'
  | 'chat'
  | 'mail'
  | 'files'
  | 'reader'
  | 'office'
  | 'media'
  | 'other';

/** The name a person would use for an application, and what it is for. */
export interface AppFacts {
  readonly name: string;
  readonly kind: AppKind;
}

/** First match wins; tested against the name without `.exe`, reverse-domain prefix or case. */
const known: readonly (readonly [RegExp, string | null, AppKind])[] = [
  [/^chromium/, 'Chromium', 'browser'],
  [/^(google[- ])?chrome/, 'Google Chrome', 'browser'],
  [/^(firefox|navigator$|mozilla firefox)/, 'Firefox', 'browser'],
  [/^librewolf/, 'LibreWolf', 'browser'],
  [/^tor[- ]browser/, 'Tor Browser', 'browser'],
  [/^(microsoft[- ]edge|msedge)/, 'Microsoft Edge', 'browser'],
  [/^brave/, 'Brave', 'browser'],
  [/^vivaldi/, 'Vivaldi', 'browser'],
  [/^opera/, 'Opera', 'browser'],
  [/^safari/, 'Safari', 'browser'],
  [/^(epiphany|gnome web)/, 'GNOME Web', 'browser'],
  [/^(falkon|konqueror|qutebrowser|midori|waterfox|floorp|zen|arc|duckduckgo)$/, null, 'browser'],
  [/^(code|code - oss|code-oss|visual studio code|vscode)$/, 'Visual Studio Code', 'editor'],
  [/^(vscodium|codium)/, 'VSCodium', 'editor'],
  [/^cursor$/, 'Cursor', 'editor'],
  [/^jetbrains-(\w+)/, null, 'editor'],
  [
    /^(intellij|pycharm|webstorm|goland|clion|rider|phpstorm|rubymine|android studio|xcode|eclipse)/,
    null,
    'editor',
  ],
  [/^sublime[_ ]text/, 'Sublime Text', 'editor'],
  [/^(gedit|gnome-text-editor|texteditor|text editor|textedit)/, 'Text Editor', 'editor'],
  [
    /^(mousepad|kate|kwrite|geany|emacs|gvim|neovide|zed|dev\.zed\.zed|notepad\+*|xed|pluma|featherpad|obsidian|leafpad|l3afpad)/,
    null,
    'editor',
  ],
  [
    /^(gnome-terminal|xfce4-terminal|xfce terminal|ptyxis|kgx|console|terminal|windowsterminal|iterm2?|konsole|xterm|uxterm|alacritty|kitty|foot|tilix|terminator|wezterm|urxvt|lxterminal|qterminal|powershell|cmd|ghostty|st|st-256color)(-server|-gui)?$/,
    null,
    'terminal',
  ],
  [
    /^(slack|discord|element|telegram|signal|teams|microsoft teams|whatsapp|mattermost|zulip|hexchat|pidgin|gajim|dino|fractal|polari|wechat|skype|zoom|messages|rocket\.chat|chat)/,
    null,
    'chat',
  ],
  [/^(thunderbird|evolution|geary|kmail|claws-mail|outlook|mail|mailspring|betterbird)/, null, 'mail'],
  [
    /^(org\.gnome\.)?(nautilus|thunar|dolphin|nemo|pcmanfm|caja|files|finder|explorer|file explorer)/,
    'Files',
    'files',
  ],
  [
    /^(evince|papers|okular|zathura|xreader|atril|mupdf|xpdf|qpdfview|preview|acrord32|acrobat|sumatrapdf|foliate|document viewer|foxitreader)/,
    null,
    'reader',
  ],
  [
    /^(libreoffice|soffice|winword|excel|powerpnt|microsoft (word|excel|powerpoint)|word|pages|numbers|keynote|onlyoffice|abiword|gnumeric|calligra)/,
    null,
    'office',
  ],
  [
    /^(vlc|mpv|totem|rhythmbox|spotify|audacious|celluloid|ristretto|gwenview|shotwell|image viewer|eog|loupe|gimp|inkscape|krita)/,
    null,
    'media',
  ],
];

const spelled: Readonly<Record<string, string>> = {
  'xfce4-terminal': 'Xfce Terminal',
  'gnome-terminal': 'Terminal',
  kgx: 'Terminal',
  ptyxis: 'Terminal',
  xterm: 'XTerm',
  evince: 'Document Viewer',
  papers: 'Document Viewer',
  'libreoffice-writer': 'LibreOffice Writer',
  'libreoffice-calc': 'LibreOffice Calc',
  'libreoffice-impress': 'LibreOffice Impress',
  libreoffice: 'LibreOffice',
  soffice: 'LibreOffice',
  winword: 'Microsoft Word',
  powerpnt: 'Microsoft PowerPoint',
  gvim: 'GVim',
  vlc: 'VLC',
  mpv: 'mpv',
};

/** Reads an application's name (WM_CLASS, bundle name or program file) into what a person calls it and its kind. */
export function appFacts(app: string | undefined): AppFacts {
  const raw = (app ?? '').trim();
  if (!raw) return { name: 'an unknown application', kind: 'other' };
  const seen = asked.get(raw);
  if (seen) return seen;
  if (asked.size >= ASKED_MAX) asked.clear();
  const facts = read(raw);
  asked.set(raw, facts);
  return facts;
}

/**
 * Whether an application is the one a person means by `written`: its own name or the one it is called by, in any case.
 * `chromium` and `Chromium` are meant by either, `org.gnome.Evince` by `Document Viewer`.
 */
export function isApp(app: string | undefined, written: string): boolean {
  if (app === undefined) return false;
  if (app === written) return true;
  const meant = plain(written);
  return meant !== '' && (plain(app) === meant || plain(appFacts(app).name) === meant);
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

/** A desktop has few applications and each event asks several times. Names only, and as few as this. */
const ASKED_MAX = 200;
const asked = new Map<string, AppFacts>();

function read(raw: string): AppFacts {
  const bare = raw
    .replace(/\.(exe|app|desktop|bin)$/i, '')
    .replace(/^(?:org|com|net|io|dev)\.(?:[\w-]+\.)+(?=[\w-]+$)/i, '')
    .replace(/-esr$/i, '');
  const key = bare.toLowerCase();
  for (const [pattern, name, kind] of known) {
    const match = pattern.exec(key);
    if (!match) continue;
    return { name: name ?? spelled[key] ?? spelled[match[0]] ?? titled(bare), kind };
  }
  return { name: titled(bare), kind: 'other' };
}

/** `jetbrains-pycharm-ce` -> `PyCharm Ce` is nobody's name, so only all-lower-case single words are capitalised. */
function titled(name: string): string {
  const short = name.replace(/^jetbrains-/i, '');
  return /^[a-z][a-z0-9]*$/.test(short) ? short[0]!.toUpperCase() + short.slice(1) : short;
}
