import { strings } from '../strings.ts';
import { covers } from '../ui/covers.ts';
import { useCard } from './useCard.tsx';

/**
 * The product's one moment: bottom right, over everything, never with the focus. Its keys work anywhere but in a
 * text field, a dialog or (Enter) on another control.
 */
export function Card() {
  const { content, announced, hold } = useCard({ alone: false });
  return (
    <>
      <div aria-live="polite" className="sr-only">
        {announced}
      </div>
      {content && (
        <aside
          ref={covers}
          data-card
          aria-label={strings.card.label}
          className="fixed right-2 bottom-2 left-2 z-20 max-h-[calc(100dvh-16px)] overflow-y-auto rounded-[14px] border border-line bg-raised px-4 pt-3.5 pb-3 shadow-card motion-safe:animate-rise sm:right-6 sm:bottom-6 sm:left-auto sm:w-[360px]"
          {...hold}
        >
          {content}
        </aside>
      )}
    </>
  );
}
