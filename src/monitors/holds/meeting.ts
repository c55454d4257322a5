/** What is known about a window, unredacted: for recognising only, nothing of it is kept or told. */
export interface Looked {
  readonly app?: string;
  readonly title?: string;
  readonly page?: string;
}

/** A meeting service by the names that its windows and pages carry. */
interface Service {
  readonly name: string;
  /** The program, by its name as the platform tells it; absent for what runs in browsers alone. */
  readonly app?: RegExp;
  /** A title that only a running meeting has. */
  readonly title?: RegExp;
  /** Host and path of a page that is a meeting. */
  readonly page?: RegExp;
  /** A page or title of the service that may be a meeting: it is one while the microphone is in use. */
  readonly near?: RegExp;
}

/**
 * The titles of running meetings, as far as they can be told from the other windows of the same program: a mail or a
 * calendar of the same service is no meeting. What is told by neither title nor page counts while the microphone is in use.
 */
const SERVICES: readonly Service[] = [
  {
    name: 'Zoom',
    app: /^(?:zoom(?:\.us)?|zoom workplace|zoom meetings?)$/i,
    title: /^(?:zoom (?:meeting|webinar)\b|meeting controls$)/i,
    page: /^https?:\/\/(?:[\w-]+\.)?zoom\.us\/wc\/\d+/i,
    near: /\bzoom\.us\//i,
  },
  {
    name: 'Teams',
    app: /^(?:microsoft teams|teams(?:-for-linux)?|ms-teams|msteams)\b/i,
    title:
      /^(?:\(\d+\) )?(?:meeting (?:with|in|now|compact view)\b|call with\b|besprechung (?:mit|in)\b|anruf mit\b|réunion (?:avec|dans)\b|reunión con\b).*\bmicrosoft teams\b/i,
    near: /\bteams\.(?:microsoft|live)\.com\//i,
  },
  {
    name: 'Meet',
    title: /^(?:🔴 ?)?meet [–—-] [a-z]{3}-[a-z]{4}-[a-z]{3}\b/i,
    page: /^https?:\/\/meet\.google\.com\/[a-z]{3}-[a-z]{4}-[a-z]{3}\b/i,
    near: /^(?:meet [–—-] )|\bmeet\.google\.com\//i,
  },
  {
    name: 'Jitsi',
    app: /^jitsi(?:[ -]meet)?$/i,
    title: /\S \| jitsi meet\b/i,
    page: /^https?:\/\/meet\.jit\.si\/[^/?#]+/i,
  },
  {
    name: 'Webex',
    app: /^(?:cisco )?webex|^ciscocollab/i,
    title: /^(?:cisco )?webex meetings?\b|\bpersonal room\b.*\bwebex\b/i,
    page: /^https?:\/\/[\w-]+\.webex\.com\/(?:wbxmjs|webappng|meet)\//i,
    near: /\.webex\.com\//i,
  },
  { name: 'Whereby', page: /^https?:\/\/whereby\.com\/[\w-]+\/[\w-]+/i, near: /\bwhereby\.com\//i },
  { name: 'FaceTime', app: /^facetime$/i },
  { name: 'Skype', app: /^skype(?:forlinux)?$/i },
  { name: 'Slack', app: /^slack$/i, title: /^huddle\b/i },
  { name: 'Discord', app: /^discord$/i },
  { name: 'Signal', app: /^signal$/i },
  { name: 'Element', app: /^element$/i },
];

/** A bare program name without its ending. */
const bare = (name: string) => name.trim().replace(/\.(?:exe|app)$/i, '');

/**
 * The meeting that a window is, by its service's name. `sure` is true where title or page say it; where only the program
 * or the service is known, it is a meeting while the microphone is in use.
 */
export function meetingIn(look: Looked): { readonly name: string; readonly sure: boolean } | null {
  const { app = '', title = '', page = '' } = look;
  for (const { name, ...service } of SERVICES) {
    if ((title && service.title?.test(title)) || (page && service.page?.test(page)))
      return { name, sure: true };
  }
  for (const { name, ...service } of SERVICES) {
    const near = service.near?.test(title) || (page && service.near?.test(page));
    if (near || service.app?.test(bare(app))) return { name, sure: false };
  }
  return null;
}

/** The meeting program with this process name, or null. Process names are cut at 15 characters (proc(5), `comm`). */
export function meetingProgram(comm: string): string | null {
  return SERVICES.find(({ app }) => app?.test(bare(comm)))?.name ?? null;
}

/**
 * Titles of the bars that programs put up while a screen is shared: Chromium, Firefox, Teams and Zoom. Chromium's is
 * looked for in five languages; in others a shared screen is not told by its title.
 */
const BARS: readonly RegExp[] = [
  /^.{1,200} is sharing (?:your screen|a window|a tab|this tab)\b.{0,40}$/i,
  /^you(?:’|'|\s+a)re (?:now )?(?:screen )?sharing\b/i,
  /^.{1,200} teilt (?:ihren|deinen) bildschirm\.?$/i,
  /^.{1,200} partage votre écran\.?$/i,
  /^.{1,200} está compartiendo tu pantalla\.?$/i,
  /^.{1,200} está compartilhando sua tela\.?$/i,
  /^(?:firefox\b.{0,20})?sharing indicator$/i,
  /^sharing (?:control bar|toolbar)\b.*\bteams\b/i,
  /^(?:as_toolbar|zoom share (?:statusbar|toolbar) window|screen sharing meeting controls)$/i,
];

/** Whether a window with this title says that the screen is being shared. */
export function saysShared(title: string): boolean {
  return BARS.some((bar) => bar.test(title.trim()));
}
