import { appFacts } from './app.ts';
import { readSearch } from './searchTitle.ts';

/**
 * What a window title says.
 * - `search`: results of a web search engine are on screen; `query` and `site` (the engine) are set.
 * - `results`: results of a search inside one site (YouTube, GitHub, Stack Overflow …); `site` is set, `query` where the title has it.
 * - `page`: a web page, or a document in a reader; `page` is its title, `file` is set for a document.
 * - `editor`: a file open for writing (code editor, office program); `file`, and `project` where the title has it.
 * - `terminal`: `page` is the command or folder the title shows.
 * - `chat`: `page` is the conversation; `assistant` is true for an AI chat.
 */
export interface TitleFacts {
  readonly kind: 'search' | 'results' | 'page' | 'editor' | 'terminal' | 'chat' | 'mail' | 'files' | 'other';
  readonly query?: string;
  readonly page?: string;
  readonly file?: string;
  readonly project?: string;
  readonly site?: string;
  readonly assistant?: boolean;
}

/** A title longer than any real one is cut, so that every pattern below stays cheap. */
const longest = 1024;

const separator = / [-–—|·:] /;

/** Names that browsers, editors and readers append to a title, as the last part. Edge's has a zero-width space. */
const ownSuffix =
  / ?[-–—] (?:Google Chrome|Chromium|Mozilla Firefox|Firefox|Firefox ESR|Microsoft Edge|Brave|Vivaldi|Opera|LibreWolf|Tor Browser|Safari|Waterfox|Floorp|Falkon|Konqueror|qutebrowser)(?: \([^()]{1,40}\))?$/i;

const edgeProfile = / (?:and \d+ more pages? )?[-–—] (?:Personal|Work|Profile \d+|Guest)$/i;

const programSuffix =
  / ?[-–—] (?:Visual Studio Code|Code - OSS|VSCodium|Cursor|Sublime Text(?: \(UNREGISTERED\))?|gedit|Text Editor|Mousepad|Kate|KWrite|Geany|Notepad\+*|Obsidian[^-–—]{0,20}|GNU Emacs at \S{1,80}|G?N?VIM\d?|IntelliJ IDEA|PyCharm|WebStorm|LibreOffice(?: \w{1,20})?(?: \d[\d.]{0,8})?|Word|Excel|PowerPoint|Zed|Mozilla Thunderbird|Thunderbird|Evolution|Geary|Slack|Discord|Element|Telegram|Signal|Okular|Document Viewer|Files|Thunar|Dolphin|File Manager|Microsoft Teams|Zulip|Mattermost|zathura|Xfce Terminal|Terminal|Konsole)$/i;

const fileName = /^[^\s/\\:*?"<>|][^/\\:*?"<>|]{0,200}\.[A-Za-z][A-Za-z0-9]{0,9}$/;
const documentName = /\.(?:pdf|epub|djvu|ps|xps|mobi|cbz)$/i;
const assistants = /\b(?:ChatGPT|Claude|Gemini|Copilot|Perplexity|DeepSeek|Mistral|Le Chat|Kimi|Grok)$/i;
const webMail = /\b(?:Gmail|Outlook|Proton Mail|Fastmail|Roundcube|Yahoo Mail|iCloud Mail)$/i;
const webChat =
  /\b(?:Slack|Discord|WhatsApp|Messenger|Microsoft Teams|Telegram Web|Element|Mattermost|Zulip)$/i;

/** Chats put their own name behind a bar. */
const chatSuffix = / \| (?:Element(?: Call)?|Slack|Discord|Microsoft Teams|Zulip|Mattermost|Rocket\.Chat)$/i;
const shellPrefix = /^(?:Terminal|Konsole|xterm) [-–—] /i;

/** Reads a title. `page` is the address, where a source gives one; pure, never throws. */
export function titleFacts(title: string, app?: string, page?: string): TitleFacts {
  const kind = appFacts(app).kind;
  const clean = tidy(title);
  const bare = withoutProgram(clean);
  switch (kind) {
    case 'editor':
    case 'office':
      return { kind: 'editor', ...fileOf(bare) };
    case 'terminal':
      return terminal(bare);
    case 'reader':
      return reader(bare);
    case 'chat':
      return { kind: 'chat', page: bare.replace(chatSuffix, '') || bare };
    case 'mail':
      return { kind: 'mail', page: bare };
    case 'files':
      return { kind: 'files', page: bare };
    case 'media': {
      const { file } = fileOf(bare);
      return { kind: 'page', page: bare, ...(file ? { file } : {}) };
    }
    case 'browser':
      return web(bare, page);
    default:
      return unknownApp(clean, bare, page);
  }
}

/** The title without zero-width characters, unread counters, unsaved marks and the program's own name. */
export function bareTitle(title: string): string {
  return withoutProgram(tidy(title));
}

function tidy(title: string): string {
  return title
    .slice(0, longest)
    .replace(/[\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:\(\d{1,5}\+?\)|\[\d{1,5}\]|[●•*]) ?/, '');
}

function withoutProgram(title: string): string {
  const web = title.replace(ownSuffix, '');
  if (web !== title) return web.replace(edgeProfile, '') || title;
  return title.replace(programSuffix, '') || title;
}

function web(bare: string, page?: string): TitleFacts {
  const found = readSearch(bare, page);
  if (found) return found;
  if (documentName.test(bare)) return { kind: 'page', page: bare, file: lastPart(bare) };
  const assistant = assistants.exec(bare);
  if (assistant) return { kind: 'chat', page: bare, site: assistant[0], assistant: true };
  const mail = webMail.exec(bare);
  if (mail) return { kind: 'mail', page: bare, site: mail[0] };
  const chat = webChat.exec(bare);
  if (chat) return { kind: 'chat', page: bare, site: chat[0] };
  const parts = bare.split(separator);
  const site = parts.length > 1 ? parts.at(-1)?.trim() : undefined;
  return { kind: 'page', page: bare, ...(site && site.length <= 40 ? { site } : {}) };
}

/** `main.py - shop`, `shop – main.py`, `~/notes/a.txt (~/notes)`, `report.odt`. */
function fileOf(bare: string): { file?: string; project?: string; page?: string } {
  const parts = bare.split(/ [-–—] /).map((part) => part.replace(/^[●•*] ?/, '').trim());
  for (const [index, part] of parts.entries()) {
    const name = lastPart(part.replace(/ \([^()]{1,200}\)$/, '').replace(/ \[[^[\]]{1,40}\]$/, ''));
    if (!fileName.test(name)) continue;
    const project = parts[index === 0 ? 1 : 0];
    return { file: name, ...(project ? { project } : {}) };
  }
  return { page: bare };
}

function terminal(title: string): TitleFacts {
  const bare = title.replace(shellPrefix, '');
  const editing =
    /^(?:n?vim?|nano|emacs|less|micro|hx) (\S{1,200})$/.exec(bare) ??
    /^(\S{1,200}) \([^()]{1,200}\)$/.exec(bare);
  const file = editing?.[1] ? lastPart(editing[1]) : undefined;
  return { kind: 'terminal', page: bare, ...(file && fileName.test(file) ? { file } : {}) };
}

function reader(bare: string): TitleFacts {
  const part = bare
    .split(/ [-–—] /)
    .map((piece) => lastPart(piece.replace(/ \[\d+\/\d+\]$/, '').trim()))
    .find((piece) => documentName.test(piece));
  return { kind: 'page', page: bare, ...(part ? { file: part } : {}) };
}

/** An app we have no name for: the title's own suffix may still tell. */
function unknownApp(clean: string, bare: string, page?: string): TitleFacts {
  if (ownSuffix.test(clean) || page) return web(bare, page);
  const found = readSearch(bare);
  if (found?.kind === 'search' && found.site !== 'Bing') return found;
  const open = fileOf(bare);
  if (open.file && documentName.test(open.file)) return { kind: 'page', page: bare, file: open.file };
  if (open.file) return { kind: 'editor', ...open };
  if (/^[\w.-]{1,64}@[\w.-]{1,64}:/.test(bare)) return { kind: 'terminal', page: bare };
  return { kind: 'other', page: bare };
}

function lastPart(path: string): string {
  return path.split(/[/\\]/).at(-1)?.trim() ?? path;
}
