import { decoded, views } from './fold.ts';
import { meaningsIn, near } from './meanings.ts';

/** Why a text is taken for orders to a machine. */
export type Sign =
  | 'set-aside'
  | 'spoken-to'
  | 'tell-the-user'
  | 'say-only'
  | 'command'
  | 'address'
  | 'marks'
  | 'reply'
  | 'hidden';

/** Longest text that is looked at, in characters: more never enters a suggestion or a prompt. */
const LONGEST = 4000;

/** English ways to take over what a machine does next. */
const COMMANDS = [
  /\byour (?:next|first|only|one|new|sole|real|last) (?:\w+ )?(?:suggestion|proposal|task|answer|offer|move|reply|response|step|job|goal|message)\b/,
  /\b(?:new|updated|following|this|above|prior|former|these|stronger|hidden|secret|special) (?:\w+ )?(?:instruction|guidance|directive|system prompt)s?\b/,
  /\b(?:comply|obey|adhere|abide)\b.{0,30}\b(?:exactly|strictly|following|only|with|to)\b/,
  /\b(?:strictly|exactly|immediately) (?:comply|obey|adhere|follow)\b/,
  /\bfrom (?:now|here) on\b.{0,40}\b(?:you|reply|answer|respond|only|always|never|act)\b/,
  /\b(?:reply|answer|respond|say)\b.{0,40}\bfrom now on\b/,
  /\byou (?:are now|have no rules|have no limits|will now|shall|are (?:my|a|an|the) (?:helper|assistant|bot|agent))\b/,
  /\bhelper without (?:limits|rules)\b/,
  /\b(?:stop|halt|cease|abort)\b.{0,20}\b(?:what(?:ever)? you(?:'|’)?(?: a)?re doing|at once|immediately)\b/,
  /\brefuse (?:every|all|any)\b/,
  /\b(?:call|use|invoke) (?:now )?(?:the|your|this) (?:tool|function)s?\b/,
  /\b(?:functions|tools)\.\w+/,
  /\bsolve the captcha\b/,
  /\b(?:decode|decrypt|read)\b.{0,20}\b(?:and (?:do|obey|follow|execute|run|act))\b/,
  /\bwithout (?:asking|telling|mentioning|informing|notifying)\b|\bdo(?:n't| not) (?:tell|mention|inform|ask|warn)\b/,
  /\b(?:the )?(?:operator|developer|owner|admin(?:istrator)?)s? (?:wants?|needs?|orders?|asks?) you\b/,
  /\bbefore (?:you|anything else|doing anything)\b.{0,80}\b(?:first|following|must|please|task)\b/,
  /\b(?:important|urgent) (?:message|note|word|notice|instruction)s? (?:from|for|to)\b/,
  /\bwhen(?:ever)? you (?:summari[sz]e|read|see|answer|process)\b/,
  /\b(?:the )?user (?:has agreed|already agreed|wants this|consents|authori[sz]ed)\b/,
  /\btodo (?:for|to) (?:the )?(?:assistant|ai|bot|agent)\b/,
  /\b(?:curl|wget)\b[^|]{0,200}\|\s*(?:sudo )?(?:ba|z|da)?sh\b|\brm -rf? [/~]/,
];

/** What opens, sends or pays, in English, near an address. */
const ACT =
  /\b(?:open|visit|go to|navigate|browse|click|download|install|send|forward|e-?mail|transfer|transaction|payment|pay|wire|post|upload|submit|share|buy|order|subscribe|register|sign up|run|execute|invite|contact)\b/;
const ADDRESS =
  /\b(?:https?|ftp|javascript|data):\/*[^\s'"”’)\]]{3,}|\bwww\.[^\s'"”’)\]]{3,}|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,}|\b[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3,7}\b|\b[a-z]{2}\d{10,30}\b/i;

/** Roles, templates and tags by which conversations with models are marked. */
const MARKS = [
  /<\|?[/｜|]?\|? ?(?:im_(?:start|end|sep)|system|user|assistant|tool|endoftext|eot_id|start_header_id|end_header_id|begin_of_text|end_of_text|eom_id|end|channel|message|return|constrain)\b ?[|｜]?>/,
  /<\/?(?:start_of_turn|end_of_turn|s|bos|eos|inst|sys|system|assistant|user|human|instructions?|information|important|notice|prompt|context|tool_calls?|tool_use|tool_response|function_calls?|invoke|reminder|system-reminder|admin|override)>/,
  /\[\/?(?:inst|sys|system|assistant|system message|tool_calls|available_tools)\]|<<\/?sys>>/,
  /#{2,}\s*\(?(?:system|instruction|assistant|user|response|human|input|new task)/,
  /(?:^|[\n'"“‘.!?>] ?)(?:system|assistant|human|developer|ai) ?(?:message|prompt)?\s*[:：]/,
  /\(system_message\)|\bsystem (?:message|policy|override)\b|\bbegin system\b/,
  /<!--.{0,60}\b(?:assistant|ai|model|system|instruction)|\b(?:note|message|word|attention) (?:to|for) (?:the |any )?(?:ai|llm|model|assistant|bot|agent)s?\b/,
  /javascript:|<script\b|\bon(?:error|load|click)\s*=/,
];
/** Pieces of a reply, ours or a tool call. */
const REPLY =
  /"(?:help|task|message|why|operation|argument|arguments|kind|tool|function|tool_calls?|command|action)"\s*:.{0,400}"(?:task|message|why|operation|argument|arguments|kind|order|tool|name|command|to|query)"\s*:|"help"\s*:|\btool_calls?\s*[:=]|\bfunction_call\b/;

/** Hides what it says: overriding the direction, tags, many signs without width, many letters of another script. */
function hides(text: string): boolean {
  if (/[\u202d\u202e\u{e0020}-\u{e007e}]/u.test(text)) return true;
  const widthless = text.match(/[\u00ad\u200b\u2060\u2062-\u2064\ufeff]/g)?.length ?? 0;
  if (widthless >= 4 && widthless * 10 > text.length) return true;
  const mixed =
    text.match(/[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]|[a-z][\u0370-\u03ff][a-z]/giu)?.length ?? 0;
  if (mixed >= 3) return true;
  if ((text.match(/&#x?[0-9a-f]+;/gi)?.length ?? 0) >= 6) return true;
  if ((text.match(/(?<!\S)[\p{L}\p{P}](?= [\p{L}\p{P}](?!\S))/gu)?.length ?? 0) >= 10) return true;
  return decoded(text).length > 0 || (text.match(/%20|%2c|%3a/gi)?.length ?? 0) >= 3;
}

/**
 * Whether a captured text gives orders to a machine, and by what sign; null for text that does not. Text may speak of
 * assistants, instructions and users for honest reasons: whoever asks must lose little by a wrong yes. Pure; a few
 * hundred microseconds for a long text.
 */
export function ordersIn(given: string): Sign | null {
  const text = given.slice(0, LONGEST);
  if (text.length < 6) return null;
  if (hides(text)) return 'hidden';
  for (const view of views(text)) {
    const found = meaningsIn(view);
    if (near(found, 'ignore', 'order', 70) && near(found, 'past', 'order', 50)) return 'set-aside';
    if (MARKS.some((mark) => mark.test(view))) return 'marks';
    if (REPLY.test(view)) return 'reply';
    if (COMMANDS.some((command) => command.test(view))) return 'command';
    if (near(found, 'agent', 'you', 40)) return 'spoken-to';
    if (near(found, 'tell', 'user', 40)) return 'tell-the-user';
    if (near(found, 'answer', 'only', 60)) return 'say-only';
    if (ACT.test(view) && ADDRESS.test(view)) return 'address';
  }
  return null;
}

/** Whether a text holds an address to open or to write to. */
export function hasAddress(text: string): boolean {
  return views(text).some((view) => ADDRESS.test(view));
}

const ADDRESSES = new RegExp(ADDRESS.source, 'gi');

/** A text with every address amid other words masked. One that stands alone in its quotes is the page that somebody is on. */
export function withoutAddresses(text: string): string {
  if (!ADDRESS.test(text) || /^\S+$/.test(text)) return text;
  return text.replace(ADDRESSES, (found, ...rest: unknown[]) => {
    const at = rest.find((each) => typeof each === 'number') ?? 0;
    return isQuote(text[at - 1]) && isQuote(text[at + found.length]) ? found : '[address]';
  });
}

function isQuote(sign: string | undefined): boolean {
  return sign !== undefined && /['"‘“’”]/.test(sign);
}
