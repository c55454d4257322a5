import {
  AppWindow,
  CircleSlash,
  ClipboardList,
  FileText,
  Keyboard,
  MessageSquareText,
  Power,
  UserRound,
  type LucideIcon,
} from 'lucide-react';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  window: AppWindow,
  afk: UserRound,
  idle: UserRound,
  clipboard: ClipboardList,
  keyboard: Keyboard,
  file: FileText,
  files: FileText,
  capture: Power,
  dropped: CircleSlash,
};

/** The picture of a kind of event; the sentence beside it says it in words. */
export function KindIcon({ kind }: { readonly kind: string }) {
  const Icon = ICONS[kind] ?? MessageSquareText;
  return <Icon aria-hidden="true" className="size-[15px] shrink-0 text-mark" strokeWidth={1.75} />;
}
