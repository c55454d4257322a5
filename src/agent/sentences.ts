import { appFacts } from '../model/app.ts';
import { titleFacts } from '../model/title.ts';
import { sameTopic, topicOf } from '../model/topic.ts';
import { ADDRESS, ASKS, queryOf, RESULTS, SEARCH_PAGE, searchIn } from './searchSentence.ts';
import { isKey, onlyKeys, type Quote, QUOTED, quotes } from './quotes.ts';
import { AI_CHAT, BLANK, clean, errorIn, isWritten, type Step } from './steps.ts';

/** What names the place: `in Visual Studio Code`, `using Xfce Terminal`. */
const PLACE = /\b(?:in|on|into|to|of|using) ((?:[A-Z][\w+-]*)(?: [A-Z][\w+-]*){0,3})(?=[ .,:]|$)/g;

const COPY = /\bcop(?:y|ies|ied)\b|\b(?:cmd|ctrl|ctrl_l)\s*\+?\s*c\b/i;
/** What stands before the copied text itself. */
const COPIES_IT = /\bcop(?:y|ies|ied)\b[^:'‘“]*:\s*$|\bcop(?:y|ies|ied)(?: the| an?)?(?: \w+){0,3}:?\s*$/i;
const PASTE = /\bpast(?:e|es|ed)\b|\b(?:cmd|ctrl|ctrl_l)\s*\+?\s*v\b/i;
const RENAME = /\brenam(?:e|es|ed)\b/i;
const WRITES =
  /(?<!\b(?:the|their|an?|additional|specific user) )(?!\bwriting a mail\b)\b(?:types|to type|inputs?|typed|typing|writes?|wrote|writing|edits?|edited|editing|adds?|added|updates?|updated|records?|modif(?:y|ies|ied)|revises?|revised|rewrites?|completes?|drafts?|notes down|takes notes|makes? (?:some |more |further )?changes|(?:starts|started|begins|began|continues|resumes) (?:coding|implementing|integrating)|saved the file)\b/i;
/** What is typed where pages are looked at is an address or a query, not work. */
const TYPED_IN_BROWSER =
  /\b(?:typ\w+|inputs?|inputt\w+|enters?|entered)\b(?![^.]*\b(?:file|markdown|docs)\b)[^.]*\b(?:in|on|into) (?:the |a |an )?(?:new tab|(?:web )?browser|web application|website|web page)\b/i;
const PASSIVE =
  /\b(?:clicks?|clicked|scrolls?|scrolled|switch(?:es|ed)?|returns?|returned|stays?|stayed|mov(?:es|ed)|remained|navigat(?:es|ed)|views?|viewed|continues?|continued|interact(?:s|ed)|opens?|opened|works on|start(?:s|ed) working|paus(?:es|ed)|check(?:s|ed)|visits?|visited|looks?|browses?|is (?:working|reading|looking|using|chatting|asking)|writing a mail)\b/i;
const READS =
  /\b(?:reads?|reading|reviews?|reviewed|scrolls?|scrolled|studies|watch(?:es|ed)|in front|views?|viewed)\b/i;
const READABLE =
  /\b(?:pdf|document|article|page|paper|documentation|guide|book|chapter|blog|readme|website|tutorial)\b/i;
const DOCUMENT_FILE = /\.(?:pdf|docx?|odt|epub)\b/i;
/** How our own descriptions say that a page is in front. */
const OWN_READING = /^The user is reading ['“]/;
/** Our own descriptions of keys, copies and files: they do not say what is in front. */
const OWN_BACKGROUND =
  /^The user (?:typed \d+ words?|pressed (?:\d+ keys?|'Enter')|used (?:save|copy|paste|undo|find)|copied|saved the file|renamed ['“]|created the file|deleted the file)/;
const OWN_WORKING = /\bworking on (?:the file )?['“]/;
const RAW =
  /\b(?:ctrl_l|caps_lock|cmd[acvwxz]|cmd\+[a-z]|shift\w*ctrl|presses and releases|pressed and released|keyboard (?:activity|inputs?)|keys? without|pressed \d+ keys?|used (?:save|copy|paste|undo|find))\b|\bpressed 'Enter'(?: in [\w ]+)?\.$/i;
const ERROR_SHOWN = /\berrors?(?: message)?\b|\bexception\b|\btraceback\b/i;

/**
 * What a sentence is about: what it quotes and what it says beside, without the names of programs, which say where, and
 * numbers, which say how much.
 */
function aboutOf(sentence: string, found: readonly Quote[]): string {
  const beside = sentence
    .replace(QUOTED, ' ')
    .replace(PLACE, (whole, name: string) => (appFacts(name).kind === 'other' ? whole : ' '))
    .replace(/\b\d+\b/g, ' ');
  const named = found.filter(({ text }) => !namesProgram(text) || AI_CHAT.test(text));
  return [...named.map((each) => each.text), beside].join(' ');
}

/** An AI chat is named, and not just searched for: "Claude Monet" is a painter. */
function isChat(lowered: string, found: readonly Quote[]): boolean {
  if (AI_CHAT.test(lowered)) return true;
  if (ASKS.test(lowered) || RESULTS.test(lowered)) return false;
  return found.some(({ text }) => {
    const rest = text.replace(AI_CHAT, '');
    return (
      rest !== text &&
      (/^(?:\.ai\b.*)?$/i.test(rest.trim()) || titleFacts(text, 'firefox').assistant === true)
    );
  });
}

/** A picture or an archive that was saved is no writing. */
function savesData(sentence: string, found: readonly Quote[]): boolean {
  return (
    OWN_BACKGROUND.test(sentence) && /\bsaved the file\b/.test(sentence) && !isWritten(found[0]?.text ?? '')
  );
}

/** A quoted name of a program is not the title of a page. */
function namesProgram(text: string): boolean {
  return !/[.]/.test(text) && text.split(' ').length <= 3 && appFacts(text).kind !== 'other';
}

/** Words counted in a browser or a terminal are a query or a command, not work. */
function isCommand(lowered: string): boolean {
  const place = /\btyped \d+ words? in ([^,.]+)/.exec(lowered)?.[1];
  const kind = place ? appFacts(place).kind : null;
  return (
    kind === 'browser' || kind === 'terminal' || kind === 'chat' || /\btyped [12] words? in\b/.test(lowered)
  );
}

/** What a sentence quotes as the page or document in front. */
function titleOf(found: readonly Quote[], query: string | null): string | undefined {
  return found.find(
    (each) =>
      each.text !== query &&
      !ADDRESS.test(each.text) &&
      searchIn(each.text) === null &&
      !namesProgram(each.text) &&
      !/\b(?:types?|typed|inputs?|input text|typing|copies|copied|pastes?|saying|indicating|stating)(?: the text| that)?\s*$/i.test(
        each.before,
      ),
  )?.text;
}

function errorOf(
  sentence: string,
  found: readonly Quote[],
  query: string | null,
  copies: boolean,
): Step['error'] {
  if (query) {
    const text = errorIn(query, false);
    return text ? { text, via: 'searched' } : undefined;
  }
  for (const each of found) {
    const text = errorIn(each.text, true);
    if (text)
      return {
        text,
        via: copies
          ? 'copied'
          : /\bwindow|\bpage|\btab|\bswitch|\bis reading/i.test(sentence)
            ? 'title'
            : 'shown',
      };
  }
  if (
    !/\b(?:displays?|displayed|shows?|showed|sees|saw|gets|got|prints?|reports?|returns|appears?|appeared|notic(?:es|ed)|encounters?|encountered|receives?|received|throws|threw|outputs)\b/i.test(
      sentence,
    )
  )
    return undefined;
  if (!ERROR_SHOWN.test(sentence)) return undefined;
  const told =
    /\b(?:indicating|saying|stating)(?: that)?:?\s+(.{4,})$/i.exec(sentence) ??
    /\b(?:error|message):?\s+(.{12,})$/i.exec(sentence);
  const said = found.find(
    (each) =>
      /\b(?:indicating|saying|stating|error|message)(?: that)?:?\s*$/i.test(each.before) ||
      /^\s*(?:error|exception)\b/i.test(each.after),
  );
  return { text: clean((said?.text ?? told?.[1] ?? sentence).replace(/^['“"]|['”".]+$/g, '')), via: 'shown' };
}

/**
 * Reads one English sentence about a user's action, in our own wording or in that of ProactiveBench's `obs`.
 * Never throws; a sentence it cannot place gives a step with its words alone.
 */
export function stepFromSentence(id: string, at: number, sentence: string): Step {
  const all = quotes(sentence);
  const found = all.filter((quote) => quote.text !== '' && !isKey(quote.text));
  const keys = onlyKeys(all);
  const lowered = sentence.replace(QUOTED, ' “” ');
  const chat = isChat(lowered, found);
  const onEngine = found.some((each) => searchIn(each.text) !== null);
  const asks = !chat && ASKS.test(lowered) && (!keys || /\bsearch(?:es|ed)\b/i.test(lowered));
  // Whoever has searched sees results, named or not.
  const results = !chat && (asks || RESULTS.test(lowered) || onEngine || (keys && SEARCH_PAGE.test(lowered)));
  const query = chat ? null : queryOf(sentence, found, asks, results);
  const copies = COPY.test(lowered) || COPY.test(sentence);
  const pasted = PASTE.test(sentence);
  const title = titleOf(found, query);
  const writes =
    !asks &&
    !chat &&
    !keys &&
    WRITES.test(lowered) &&
    !RENAME.test(lowered) &&
    !TYPED_IN_BROWSER.test(lowered) &&
    !isCommand(lowered) &&
    !savesData(sentence, found);
  const looks = READS.test(lowered) || PASSIVE.test(lowered);
  const reads =
    !asks &&
    !writes &&
    !results &&
    looks &&
    !OWN_WORKING.test(sentence) &&
    (READABLE.test(lowered) || OWN_READING.test(sentence) || DOCUMENT_FILE.test(title ?? ''));
  const app = /\b(?:in|on|into|to|of) ([A-Z][\w+-]*(?: [A-Z][\w+-]*){0,3})(?=[ .,]|$)/.exec(lowered)?.[1];
  const site =
    title ??
    /\b(?:in|on|with|through|to|from|of) (?:the )?([A-Z][\w.-]+)(?:'s)? (?:website|page|documentation|site)\b/.exec(
      sentence,
    )?.[1];
  const names = RENAME.test(lowered) && found.length >= 2 ? found : null;
  const error = errorOf(sentence, found, query, copies);
  return {
    id,
    at,
    duration: 0,
    text: aboutOf(sentence, found),
    ...(OWN_BACKGROUND.test(sentence) && { background: true }),
    ...(app && appFacts(app).kind !== 'other' && { app }),
    ...(site && !ADDRESS.test(site) && { title: site }),
    ...(query && { query: clean(query) }),
    ...(asks && { asks }),
    ...(results && { results }),
    ...(error && { error }),
    ...(copies && { copied: found.find((each) => COPIES_IT.test(each.before))?.text ?? '' }),
    ...(pasted && { pasted }),
    ...(names && {
      renamed: { from: names[0]!.text, to: names[1]!.text, ...(names[2] && { folder: names[2].text }) },
    }),
    ...(reads &&
      site &&
      !BLANK.test(site) &&
      !chat && { document: { title: site, kind: kindOf(site, lowered) } }),
    ...(writes && { writes }),
    ...(!writes && !asks && !error && !copies && looks && { passive: true }),
    ...((keys || RAW.test(sentence)) && { raw: true }),
    ...(chat && { chat }),
    ...(/\b(?:stepped away|is away|went away|left the computer|is AFK)\b/i.test(lowered) && { afk: true }),
    ...(/\buser (?:came back|is at the computer|paused the assistant|let the assistant go on)\b/i.test(
      lowered,
    ) && { afk: false }),
  };
}

/** Steps of sentences, as long as these are kept: a turn reads the new ones only. */
const known = new WeakMap<object, Step>();

/**
 * Steps of a window of sentences, oldest first. As on a live desktop, a search is asked when its results first come to the
 * front, whoever tells of it, and only looked at when the same one comes back.
 */
export function stepsFromSentences(
  sentences: readonly { readonly time: number; readonly event: string }[],
): readonly Step[] {
  let asked: string | undefined;
  return sentences.map((sentence, at) => {
    const { time, event } = sentence;
    const step = known.get(sentence) ?? stepFromSentence(String(at), time, event);
    known.set(sentence, step);
    if (step.query === undefined) return step;
    const before = asked;
    asked = step.query;
    if (step.asks) {
      if (step.query !== before) return step;
      const { asks: _asked, ...looked } = step;
      return { ...looked, passive: true };
    }
    const fresh =
      step.results === true && (before === undefined || !sameTopic(topicOf(step.query), topicOf(before)));
    return fresh ? { ...step, asks: true, passive: false } : step;
  });
}

/** Whether something to read is a PDF, another document, or a page. */
export function kindOf(title: string, around = ''): 'pdf' | 'document' | 'article' {
  if (/\.pdf\b/i.test(title) || /\bpdf\b/i.test(around)) return 'pdf';
  return /\.(?:docx?|odt|epub|rtf|md|pptx?|odp)\b/i.test(title) || /\bdocument\b/i.test(around)
    ? 'document'
    : 'article';
}
