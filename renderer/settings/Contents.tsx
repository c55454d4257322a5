import { strings } from '../strings.ts';
import { idOf, SECTIONS } from './sections.ts';

/** The parts of the page; each leads there, with the keyboard too. */
export function Contents() {
  return (
    <nav aria-label={strings.settings.contents} className="mt-3 flex flex-wrap gap-1">
      {SECTIONS.map((name) => (
        <button
          key={name}
          type="button"
          onClick={() => {
            const part = document.getElementById(idOf(name));
            part?.scrollIntoView();
            part?.focus({ preventScroll: true });
          }}
          className="rounded-lg border border-line px-2 py-0.5 text-small text-dim hover:bg-hover hover:text-ink"
        >
          {strings.settings.sections[name]}
        </button>
      ))}
    </nav>
  );
}
