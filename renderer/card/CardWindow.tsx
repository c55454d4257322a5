import { useEffect, useLayoutEffect, useRef } from 'react';
import { useActions, useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../ui/Button.tsx';
import { X } from 'lucide-react';
import { offered } from '../view.ts';
import { useCard } from './useCard.tsx';

/** The card as a window of its own: it is as high as what it shows, and tells so; nothing shown is no window. */
export function CardWindow() {
  const { bridge, view, actions } = useAssistant();
  const { content, announced, hold } = useCard({ alone: true });
  const notice = useView((state) => (state.notice?.tone === 'bad' ? state.notice.text : null));
  const typing = useView((state) => state.editing !== null);
  const { dismissNotice } = useActions();
  const box = useRef<HTMLDivElement>(null);
  const told = useRef(-1);
  const was = useRef(false);

  // Measured as it is laid out, since a window that is hidden paints nothing.
  useLayoutEffect(() => {
    const element = box.current;
    const tell = () => {
      const height = element ? Math.ceil(element.getBoundingClientRect().height) : 0;
      if (height === told.current) return;
      told.current = height;
      void bridge.call('card.size', { height }).catch(() => {});
    };
    tell();
    if (!element) return undefined;
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    return () => observer.disconnect();
  });

  useEffect(() => {
    if (typing === was.current) return;
    was.current = typing;
    void bridge.call('card.typing', { typing }).catch(() => {});
  }, [bridge, typing]);

  // Where a window cannot be given the focus later, it is made anew with this address.
  useEffect(() => {
    if (location.hash !== '#edit') return undefined;
    return view.subscribe((state) => {
      const offer = offered(state);
      if (!offer || location.hash !== '#edit') return;
      history.replaceState(null, '', location.pathname);
      was.current = true;
      actions.edit(offer);
    });
  }, [view, actions]);

  return (
    <>
      <div aria-live="polite" className="sr-only">
        {announced}
      </div>
      <div className="h-full overflow-y-auto bg-raised">
        {(content ?? notice) && (
          <main
            ref={box}
            data-card
            aria-label={strings.card.label}
            className="border border-line px-4 pt-3.5 pb-3"
            {...hold}
          >
            {notice && (
              <p role="alert" className="mb-2 flex items-start gap-2 text-small text-bad">
                <span className="min-w-0 flex-1 break-words">{notice}</span>
                <IconButton label={strings.card.close} className="-my-1" onClick={dismissNotice}>
                  <X aria-hidden="true" className="size-3.5" />
                </IconButton>
              </p>
            )}
            {content}
          </main>
        )}
      </div>
    </>
  );
}
