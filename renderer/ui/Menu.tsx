import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';

/** One line of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly danger?: boolean;
  readonly onSelect: () => void;
}

/** A menu below a button. Not modal: the modal one locks scrolling by an injected style, which the CSP forbids. */
export function Menu({
  items,
  opened = false,
  children,
}: {
  readonly items: readonly MenuItem[];
  /** Open from the beginning. */
  readonly opened?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen={opened}>
      <DropdownMenu.Trigger asChild>{children}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-40 min-w-44 rounded-xl border border-line bg-raised p-1 text-ink shadow-card"
        >
          {items.map((item) => (
            <DropdownMenu.Item
              key={item.label}
              onSelect={item.onSelect}
              className={`max-w-72 truncate rounded-lg px-2.5 py-1.5 outline-none data-highlighted:bg-hover ${item.danger ? 'text-bad' : ''}`}
            >
              {item.label}
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
