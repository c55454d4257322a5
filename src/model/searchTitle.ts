/** The results of a search on screen, by a web search engine or inside one site. */
export interface SearchFacts {
  readonly kind: 'search' | 'results';
  readonly site: string;
  readonly query?: string;
}

interface Engine {
  readonly site: string;
  readonly kind: 'search' | 'results';
  /** First group is the query; a group that is missing or empty means that the title does not carry it. */
  readonly title: RegExp;
}

/**
 * How engines title their results, in the languages they are used in. Each pattern is anchored at a literal end, and
 * the query is the only unbounded group, so none backtracks.
 */
const engines: readonly Engine[] = [
  {
    site: 'Google Scholar',
    kind: 'search',
    title: /^(.+) [-–—] (?:Google Scholar|Google Acadêmico|Google Académico)$/i,
  },
  {
    site: 'Google',
    kind: 'search',
    title:
      /^(.+) ?[-–—] ?(?:Google Search|Google[- ]Suche|Recherche Google|Buscar con Google|Cerca con Google|Pesquisa Google|Google Pesquisa|Google zoeken|Google'da Ara|Google Arama|Szukaj w Google|Sök på Google|Google[- ]sökning|Google-søgning|Google-haku|Căutare Google|Google-keresés|Поиск в Google|Пошук Google|Google 検索|Google 搜[索尋]|Google Search 搜尋|Google 검색|بحث Google|Google खोज|חיפוש ב-Google|Tìm trên Google|Penelusuran Google|ค้นหาด้วย Google)$/i,
  },
  {
    site: 'DuckDuckGo',
    kind: 'search',
    title: /^(.+) (?:at|bei|chez|su|en|na|в|на|by|op|på|w|در|에서|の|于) DuckDuckGo$/i,
  },
  { site: 'Brave', kind: 'search', title: /^(.+) [-–—] Brave Search$/i },
  { site: 'Kagi', kind: 'search', title: /^(.+) [-–—] Kagi(?: Search)?$/i },
  { site: 'Ecosia', kind: 'search', title: /^(.+) [-–—] Ecosia(?: [-–—] \S{1,20})?$/i },
  {
    site: 'Yahoo',
    kind: 'search',
    title: /^(.+) [-–—] Yahoo(?:! JAPAN)? (?:Search|検索)(?: Results)?(?: [-–—] .{1,30})?$/i,
  },
  { site: 'Qwant', kind: 'search', title: /^(.+) [-–—] Qwant(?: Search)?$/i },
  { site: 'Startpage', kind: 'search', title: /^(.+) [-–—] Startpage(?: Search)?$/i },
  { site: 'Yandex', kind: 'search', title: /^(.+) [-–—] (?:Яндекс|Yandex)(?::.{0,80})?$/i },
  { site: 'Baidu', kind: 'search', title: /^(.+)_百度搜索$/ },
  { site: 'Sogou', kind: 'search', title: /^(.+) ?[-_] ?搜狗搜索$/ },
  { site: 'Naver', kind: 'search', title: /^(.+) ?[-:] ?네이버(?: 통합)?검색$/ },
  { site: 'Wikipedia', kind: 'results', title: /^(?:(.+) [-–—] )?Search results [-–—] Wikipedia$/i },
  {
    site: 'Stack Overflow',
    kind: 'results',
    title:
      /^(?:Posts containing|Newest|Highest scored|Recent|Frequent|Active|Unanswered) '(.+)'(?: Questions)? [-–—] Stack Overflow$/i,
  },
  { site: 'Stack Overflow', kind: 'results', title: /^Search Results for '?(.+?)'? [-–—] Stack Overflow$/i },
  { site: 'GitHub', kind: 'results', title: /^Search · (.+) · GitHub$/i },
  {
    site: 'GitHub',
    kind: 'results',
    title:
      /^(?:Repository|Code|Issue|Pull request|Discussion|User|Wiki|Commit)s? search results()(?: · GitHub)?$/i,
  },
  { site: 'MDN', kind: 'results', title: /^Search: ["“](.+)["”] \| MDN$/i },
  { site: 'npm', kind: 'results', title: /^(.+) [-–—] npm search$/i },
  { site: 'PyPI', kind: 'results', title: /^Search results() · PyPI$/i },
  { site: 'Amazon', kind: 'results', title: /^Amazon\.[a-z.]{2,6} ?: (.+)$/i },
  { site: 'Reddit', kind: 'results', title: /^(?:reddit\.com: search results - )(.+)$/i },
  { site: 'Reddit', kind: 'results', title: /^(.+) [-–—] Reddit Search!?$/i },
  // A video's title ends the same way. Queries are short, lower-case and plain; titles of videos hardly ever.
  { site: 'YouTube', kind: 'results', title: /^([^A-Z|()[\]!#:,.]{2,60}) [-–—] YouTube$/ },
  {
    site: 'Bing',
    kind: 'search',
    title:
      /^(.+) [-–—] (?:(?:Search|Suchen|Rechercher|Buscar|Cerca|Zoeken|検索|搜索|Поиск) [-–—] )?(?:Microsoft )?(?:Bing|国内版 Bing|必应)$/i,
  },
  { site: 'Bing', kind: 'search', title: /^(.+) [-–—] (?:Search|Suchen|Rechercher|検索|搜索)$/ },
];

const parameters: readonly (readonly [RegExp, string, 'search' | 'results', string])[] = [
  [/(?:^|\.)google\.[a-z.]{2,7}$/, 'Google', 'search', 'q'],
  [/(?:^|\.)bing\.com$/, 'Bing', 'search', 'q'],
  [/(?:^|\.)duckduckgo\.com$/, 'DuckDuckGo', 'search', 'q'],
  [/(?:^|\.)ecosia\.org$/, 'Ecosia', 'search', 'q'],
  [/(?:^|\.)kagi\.com$/, 'Kagi', 'search', 'q'],
  [/^search\.brave\.com$/, 'Brave', 'search', 'q'],
  [/(?:^|\.)baidu\.com$/, 'Baidu', 'search', 'wd'],
  [/(?:^|\.)youtube\.com$/, 'YouTube', 'results', 'search_query'],
  [/^github\.com$/, 'GitHub', 'results', 'q'],
  [/(?:^|\.)stackoverflow\.com$/, 'Stack Overflow', 'results', 'q'],
];

/** Recognises the results of a search by the page's title, or by its address where one is known. */
export function readSearch(title: string, page?: string): SearchFacts | null {
  const byAddress = page ? fromAddress(page) : null;
  if (byAddress) return byAddress;
  for (const engine of engines) {
    const match = engine.title.exec(title);
    if (!match) continue;
    const query = match[1]?.trim();
    if (engine.kind === 'search' && !query) continue;
    return { kind: engine.kind, site: engine.site, ...(query ? { query } : {}) };
  }
  return null;
}

/** Name of the query parameter that holds the search where a host is one of a search; undefined elsewhere. */
export function searchParameter(host: string): string | undefined {
  return parameters.find(([pattern]) => pattern.test(host))?.[3];
}

function fromAddress(page: string): SearchFacts | null {
  const url = URL.parse(page);
  if (!url) return null;
  for (const [host, site, kind, parameter] of parameters) {
    const query = host.test(url.hostname) ? url.searchParams.get(parameter)?.trim() : undefined;
    if (query) return { kind, site, query };
  }
  return null;
}
