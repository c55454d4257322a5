import { strings } from '../strings.ts';
import { reach, type SectionName, SECTIONS } from './sections.ts';

/** A search over the parts of the page, and the parts; each leads there, with the keyboard too. */
export function Contents({
  search,
  shown,
  onSearch,
}: {
  readonly search: string;
  /** The parts that the search finds. */
  readonly shown: ReadonlySet<SectionName>;
  readonly onSearch: (text: string) => void;
}) {
  const words = strings.keys;
  return (
    <>
      <input
        type="search"
        aria-label={words.find}
        placeholder={words.find}
        value={search}
        maxLength={100}
        onChange={(event) => onSearch(event.target.value)}
        className="mt-4 h-8 w-full rounded-lg border border-line bg-surface px-2.5 placeholder:text-faint"
      />
      <p role="status" className={shown.size === 0 ? 'mt-3 text-dim' : 'sr-only'}>
        {search.trim() === ''
          ? null
          : shown.size === 0
            ? words.notFound(search.trim())
            : words.found(shown.size)}
      </p>
      <nav aria-label={strings.settings.contents} className="mt-3 flex flex-wrap gap-1">
        {SECTIONS.filter((name) => shown.has(name)).map((name) => (
          <button
            key={name}
            type="button"
            onClick={() => reach(name)}
            className="rounded-lg border border-line px-2 py-0.5 text-small text-dim hover:bg-hover hover:text-ink"
          >
            {strings.settings.sections[name]}
          </button>
        ))}
      </nav>
    </>
  );
}
