import type { ComponentProps } from 'react';

type Look = 'plain' | 'primary' | 'ghost' | 'danger';

const LOOK: Readonly<Record<Look, string>> = {
  plain: 'border-line bg-raised text-ink hover:bg-hover',
  primary: 'border-accent bg-accent text-accent-ink hover:brightness-108',
  ghost: 'border-transparent bg-transparent text-dim hover:bg-hover hover:text-ink',
  danger: 'border-line bg-raised text-bad hover:bg-bad-soft',
};

/** A button; `small` for rows and toolbars. */
export function Button({
  look = 'plain',
  small = false,
  className = '',
  ...rest
}: ComponentProps<'button'> & { readonly look?: Look; readonly small?: boolean }) {
  const size = small ? 'h-7 px-2.5 text-small' : 'h-8 px-3';
  return (
    <button
      type="button"
      {...rest}
      className={`inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg border font-medium whitespace-nowrap transition-colors duration-100 disabled:pointer-events-none disabled:opacity-50 ${size} ${LOOK[look]} ${className}`}
    />
  );
}

/** A button that is only an icon; `label` is its name for everyone who cannot see it. */
export function IconButton({
  label,
  className = '',
  ...rest
}: ComponentProps<'button'> & { readonly label: string }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={`inline-flex size-7 shrink-0 items-center justify-center rounded-md text-dim transition-colors duration-100 hover:bg-hover hover:text-ink ${className}`}
    />
  );
}
