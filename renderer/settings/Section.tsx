import type { ReactNode } from 'react';
import { strings } from '../strings.ts';
import { Heading } from '../ui/parts.tsx';
import { idOf, type SectionName } from './sections.ts';

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
  return (
    <section id={id} tabIndex={-1} aria-labelledby={`${id}-title`} className="scroll-mt-2 outline-none">
      <Heading aside={aside}>
        <span id={`${id}-title`}>{strings.settings.sections[name]}</span>
      </Heading>
      {children}
    </section>
  );
}
