import { X } from 'lucide-react';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { IconButton } from '../ui/Button.tsx';

/** The last thing that happened, in one line at the foot; an error stays until dismissed. */
export function NoticeLine() {
  const { dismissNotice } = useActions();
  const notice = useView((view) => view.notice);
  return (
    <div
      aria-live="polite"
      className="pointer-events-none fixed bottom-4 left-4 z-30 flex max-w-[calc(100vw-32px)] sm:left-[212px] sm:max-w-[440px]"
    >
      {notice && (
        <div
          className={`pointer-events-auto flex items-center gap-2 rounded-xl border bg-raised py-1.5 pr-1.5 pl-3.5 text-[13px] shadow-card motion-safe:animate-rise ${notice.tone === 'bad' ? 'border-bad/50 text-bad' : 'border-line'}`}
        >
          <span className="min-w-0 break-words">{notice.text}</span>
          <IconButton label={strings.common.dismiss} onClick={dismissNotice}>
            <X className="size-3.5" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
