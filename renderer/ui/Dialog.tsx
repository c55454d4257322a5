import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { strings } from '../strings.ts';
import { Button, IconButton } from './Button.tsx';

/**
 * A modal over everything. The browser's own dialog element: it traps focus, restores it and closes on Escape without
 * the injected style sheet of Radix's scroll lock, which the page's CSP forbids.
 */
export function Dialog({
  title,
  hideTitle = false,
  wide = false,
  top = false,
  onClose,
  children,
}: {
  readonly title: string;
  readonly hideTitle?: boolean;
  readonly wide?: boolean;
  readonly top?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before the next key, so that quick typing lands in the dialog.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => dialog?.close();
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- Escape closes; a click on the backdrop is extra
    <dialog
      ref={ref}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
      className={`mx-auto max-h-[min(680px,calc(100dvh-32px))] w-[calc(100vw-32px)] flex-col overflow-hidden rounded-2xl border border-line bg-raised text-ink shadow-card open:flex ${wide ? 'max-w-[640px]' : 'max-w-[440px]'} ${top ? 'mt-[12vh] mb-auto' : 'my-auto'}`}
    >
      <div className={hideTitle ? 'sr-only' : 'flex items-center justify-between py-3 pr-3 pl-5'}>
        <h2 id={id} className="text-[15px] font-semibold tracking-tight">
          {title}
        </h2>
        {!hideTitle && (
          <IconButton label={strings.common.close} onClick={onClose}>
            <X className="size-4" />
          </IconButton>
        )}
      </div>
      {children}
    </dialog>
  );
}

/** Asks before something that cannot be undone. */
export function Confirm({
  title,
  body,
  action,
  disabled = false,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string;
  readonly body: string;
  readonly action: string;
  readonly disabled?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly children?: ReactNode;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className="px-5 pb-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled) onConfirm();
        }}
      >
        <p className="text-dim">{body}</p>
        {children}
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={onClose}>{strings.common.cancel}</Button>
          <Button type="submit" look="danger" disabled={disabled}>
            {action}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
