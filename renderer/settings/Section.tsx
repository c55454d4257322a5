import { createContext, useContext, type ReactNode } from 'react';
import { strings } from '../strings.ts';
import { Heading } from '../ui/parts.tsx';
import { idOf, SECTIONS, type SectionName } from './sections.ts';

const ShownContext = createContext<ReadonlySet<SectionName>>(new Set(SECTIONS));

/** The parts that a search leaves in view; the others stay on the page, hidden, so that they can be found again. */
export const Shown = ShownContext.Provider;

/** One part of Settings: a landmark with its heading, where the list of parts leads. */
export function Section({
  name,
  aside,
  children,
}: {
  readonly name: SectionName;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}) {
  const id = idOf(name);
  const shown = useContext(ShownContext).has(name);
  return (
    <section
      id={id}
      hidden={!shown}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      className="scroll-mt-2 outline-none"
    >
      <Heading aside={aside}>
        <span id={`${id}-title`}>{strings.settings.sections[name]}</span>
      </Heading>
      {children}
    </section>
  );
}
