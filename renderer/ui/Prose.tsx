/**
 * Text of a model or of the desktop: shown as text, never as markup. Lines stay as they are; what stands between
 * triple backticks is set in a fixed-width font.
 */
export function Prose({ text, writing = false }: { readonly text: string; readonly writing?: boolean }) {
  const parts = text.split('```');
  return (
    <div className="space-y-2 break-words">
      {parts.map((part, at) => {
        const last = at === parts.length - 1;
        const code = at % 2 === 1;
        // The word after an opening fence names a language.
        const shown = code ? part.replace(/^[\w+#.-]*\n/, '').trimEnd() : part.trim();
        const caret = writing && last && (
          <span
            aria-hidden="true"
            className="ml-0.5 inline-block h-[1em] w-[2px] translate-y-[2px] bg-accent motion-safe:animate-blink"
          />
        );
        if (!shown && !caret) return null;
        return code ? (
          <pre
            key={at}
            tabIndex={0}
            className="overflow-x-auto rounded-lg bg-bg px-2.5 py-2 font-mono text-[12px] leading-[18px]"
          >
            {shown}
            {caret}
          </pre>
        ) : (
          <p key={at} dir="auto" className="whitespace-pre-wrap">
            {shown}
            {caret}
          </p>
        );
      })}
    </div>
  );
}
