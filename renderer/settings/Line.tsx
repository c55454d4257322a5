import type { ReactNode } from 'react';

/** One setting: its name and hint, and its control at the end of the line. */
export function Line({
  title,
  hint,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-2.5 first:border-t-0">
      <div className="min-w-40 flex-1">
        <p className="font-medium">{title}</p>
        {hint && <p className="text-small text-dim">{hint}</p>}
      </div>
      {children}
    </div>
  );
}
