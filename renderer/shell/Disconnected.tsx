import { LoaderCircle, Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Link } from '../bridge.ts';
import { useAssistant } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';

/** A moment of grace, ms, so that a normal start shows no alarm. */
const GRACE = 1200;

/** What stands in place of the screens, or above them, while nothing answers. */
export function Disconnected({ link, inline = false }: { readonly link: Link; readonly inline?: boolean }) {
  const { bridge } = useAssistant();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), GRACE);
    return () => clearTimeout(timer);
  }, []);
  const refused = link === 'refused';
  const lost = refused || (link === 'closed' && late);
  const words = (
    <>
      <p>{refused ? strings.link.refusedBody : strings.link.body}</p>
      <p className="flex flex-wrap items-center gap-2">
        <span>{strings.link.mend}</span>
        <code className="rounded bg-hover px-1.5 py-0.5 font-mono text-[12px] text-ink">
          {strings.link.command}
        </code>
        <span>{strings.link.retrying}</span>
      </p>
    </>
  );
  if (inline) {
    if (!lost) return null;
    return (
      <div role="alert" className="mx-4 mt-2 rounded-xl border border-bad/40 bg-bad-soft px-4 py-3 sm:mx-8">
        <div className="flex items-center gap-2">
          <Unplug aria-hidden="true" className="size-4 text-bad" />
          <strong className="font-semibold">{refused ? strings.link.refused : strings.link.title}</strong>
          <Button small className="ml-auto" onClick={bridge.retry}>
            {strings.link.retry}
          </Button>
        </div>
        <div className="mt-1 space-y-1 text-small">{words}</div>
      </div>
    );
  }
  return (
    <main className="grid h-full place-items-center p-6">
      {lost ? (
        <div role="alert" className="max-w-[460px] space-y-3 text-dim">
          <Unplug aria-hidden="true" className="size-7 text-bad" strokeWidth={1.5} />
          <h1 className="text-[20px] font-semibold tracking-tight text-ink">
            {refused ? strings.link.refused : strings.link.title}
          </h1>
          {words}
          <Button onClick={bridge.retry}>{strings.link.retry}</Button>
        </div>
      ) : (
        <p role="status" className="flex items-center gap-2.5 text-dim">
          <LoaderCircle aria-hidden="true" className="size-4 motion-safe:animate-spin" />
          {strings.link.connecting}
        </p>
      )}
    </main>
  );
}
