import { strings } from '../strings.ts';
import { Heading, Panel } from '../ui/parts.tsx';
import { Eagerness } from '../today/Eagerness.tsx';

/** How the assistant does: answers over time, how well it judges, what it costs, and the dial. */
export function Insights() {
  return (
    <div className="flex-1 overflow-y-auto [scrollbar-gutter:stable]">
      <div className="max-w-[920px] px-4 pb-60 sm:px-8">
        <h1 className="sr-only">{strings.nav.insights}</h1>
        <Heading>{strings.today.eager}</Heading>
        <Panel className="px-4 py-3.5">
          <Eagerness />
        </Panel>
      </div>
    </div>
  );
}
