import { strings } from '../strings.ts';
import { Models } from '../ui/Models.tsx';
import { Heading } from '../ui/parts.tsx';

/** The models there are, and the one in use. */
export function ModelsScreen() {
  return (
    <div className="flex-1 overflow-y-auto [scrollbar-gutter:stable]">
      <div className="max-w-[920px] px-4 pb-60 sm:px-8">
        <h1 className="sr-only">{strings.nav.models}</h1>
        <Heading>{strings.nav.models}</Heading>
        <Models />
      </div>
    </div>
  );
}
