import { assertNever } from '../errors.ts';
import { appFacts } from '../model/app.ts';
import type { WindowEvent } from '../model/event.ts';
import { type TitleFacts, titleFacts } from '../model/title.ts';
import { inApp, quote } from './wording.ts';

const emptyTab =
  /^(?:new (?:private )?tab|neuer tab|nouvel onglet|nueva pestaña|nuova scheda|nova (?:aba|guia)|nieuw tabblad|nowa karta|новая вкладка|新标签页|新建标签页|新しいタブ|새 탭|about:blank|start page|speed dial)?$/i;
const homePage =
  /^(?:Google|Bing|DuckDuckGo|Ecosia|Kagi Search|Kagi|Brave Search|Startpage|百度一下，你就知道|YouTube|GitHub)$/i;
const compose = /^(?:Write|Compose|New message|Verfassen|Rédaction)[:：] ?(.*)$/i;
const mailbox =
  /^(?:Inbox|Posteingang|Boîte de réception|Bandeja de entrada|Posta in arrivo|Caixa de entrada|Postvak IN|Sent|Drafts|Archive|Junk|Trash|Unified Folders|Local Folders|Home)\b/i;

/** What the user does in a window, by what its title says it is. */
export function describeWindow(event: WindowEvent, previous?: WindowEvent): string {
  const app = appFacts(event.app);
  const title = event.data.title?.trim();
  const arrived = previous?.app !== event.app;
  if (!title) {
    if (event.app === undefined) return 'The user switched to a window that is not recorded.';
    return arrived ? `The user switched to '${app.name}'.` : `The user is using '${app.name}'.`;
  }
  const facts = titleFacts(title, event.app, event.data.page);
  const where = inApp(event.app);
  switch (facts.kind) {
    case 'search':
    case 'results':
      return searching(facts, where, previous);
    case 'page':
      return reading(facts, where, event.app);
    case 'editor':
      return moved(arrived, app.name, working(facts), where);
    case 'terminal':
      return moved(arrived, app.name, facts.file ? `editing ${quote(facts.file)}` : shell(facts), where);
    case 'chat':
      return facts.assistant
        ? `The user is asking the assistant ${quote(facts.site ?? '')} in ${quote(facts.page ?? title)}${where}.`
        : moved(arrived, app.name, `chatting in ${quote(facts.page ?? title)}`, where);
    case 'mail':
      return moved(arrived, app.name, mailing(facts.page ?? title), where);
    case 'files':
      return moved(arrived, app.name, `looking at the folder ${quote(facts.page ?? title)}`, where);
    case 'other':
      return facts.page === app.name || !facts.page
        ? `The user switched to '${app.name}'.`
        : `The user switched to ${quote(facts.page)}${where}.`;
    default:
      return assertNever(facts.kind, 'observations');
  }
}

function searching(facts: TitleFacts, where: string, previous?: WindowEvent): string {
  const site = facts.site ?? 'the web';
  if (!facts.query) return `The user is looking at search results on ${site}${where}.`;
  const before = previous?.data.title
    ? titleFacts(previous.data.title, previous.app, previous.data.page)
    : null;
  return before?.query === facts.query && before.site === facts.site
    ? `The user is reading the results of ${site} for ${quote(facts.query)}${where}.`
    : `The user searched ${site} for ${quote(facts.query)}${where}.`;
}

function reading(facts: TitleFacts, where: string, app: string | undefined): string {
  const page = facts.page ?? '';
  if (appFacts(app).kind === 'media') return `The user is looking at ${quote(facts.file ?? page)}${where}.`;
  if (facts.file) return `The user is reading the document ${quote(facts.file)}${where}.`;
  if (appFacts(app).kind === 'browser') {
    if (emptyTab.test(page)) return `The user opened a new tab${where}.`;
    if (homePage.test(page)) return `The user opened the ${page} homepage${where}.`;
  }
  return `The user is reading ${quote(page)}${where}.`;
}

function working(facts: TitleFacts): string {
  if (!facts.file) return `working on ${quote(facts.page ?? '')}`;
  return `working on the file ${quote(facts.file)}${facts.project ? ` in the project ${quote(facts.project)}` : ''}`;
}

function shell(facts: TitleFacts): string {
  return facts.page ? `working in the terminal at ${quote(facts.page)}` : 'working in the terminal';
}

function mailing(page: string): string {
  const subject = compose.exec(page)?.[1];
  if (subject === undefined)
    return mailbox.test(page)
      ? `looking through the mailbox ${quote(page)}`
      : `reading the mail ${quote(page)}`;
  return subject ? `writing a mail about ${quote(subject)}` : 'writing a mail';
}

function moved(arrived: boolean, app: string, doing: string, where: string): string {
  return arrived ? `The user switched to '${app}', ${doing}.` : `The user is ${doing}${where}.`;
}
