import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useActions } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from './Button.tsx';

/** Puts text on the clipboard and says so for two seconds. */
export function CopyButton({ text }: { readonly text: string }) {
  const { fail } = useActions();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <Button
      onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true), fail)}
      disabled={text === ''}
    >
      <Icon aria-hidden="true" className="size-3.5" />
      {copied ? strings.card.copied : strings.card.copy}
    </Button>
  );
}
