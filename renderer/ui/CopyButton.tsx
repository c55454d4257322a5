import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useActions, useAssistant } from '../store.ts';
import type { Bridge } from '../bridge.ts';
import { strings } from '../strings.ts';
import { Button } from './Button.tsx';

/** Puts text on the clipboard, plain and with its paragraphs and code set as they are shown, and says so for two seconds. */
export function CopyButton({ text }: { readonly text: string }) {
  const { fail } = useActions();
  const { bridge } = useAssistant();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const Icon = copied ? Check : Copy;
  return (
    <Button onClick={() => void copy(text, bridge).then(() => setCopied(true), fail)} disabled={text === ''}>
      <Icon aria-hidden="true" className="size-3.5" />
      {copied ? strings.card.copied : strings.card.copy}
    </Button>
  );
}

/** A page without the focus may not copy by itself: the host does it then, where it can. */
async function copy(text: string, bridge: Bridge): Promise<void> {
  const html = htmlOf(text);
  try {
    await navigator.clipboard.write([
      new ClipboardItem({ 'text/plain': blob('text/plain', text), 'text/html': blob('text/html', html) }),
    ]);
  } catch (error) {
    const { copied } = await bridge.call('card.copy', { text, html });
    if (!copied) throw error;
  }
}

const blob = (type: string, content: string) => new Blob([content], { type });

const safe = (part: string) => part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The text as `Prose` shows it, as HTML that holds nothing but paragraphs, line breaks and code. */
export function htmlOf(text: string): string {
  return text
    .split('```')
    .map((part, at) => {
      if (at % 2 === 1) return `<pre><code>${safe(part.replace(/^[\w+#.-]*\n/, '').trimEnd())}</code></pre>`;
      const paragraphs = part
        .trim()
        .split(/\n{2,}/)
        .filter((each) => each !== '');
      return paragraphs.map((each) => `<p>${safe(each).replaceAll('\n', '<br>')}</p>`).join('');
    })
    .join('');
}
