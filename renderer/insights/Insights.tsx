import { ChartColumn } from 'lucide-react';
import { useEffect, useState, type ComponentType } from 'react';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Empty, Loading, Panel } from '../ui/parts.tsx';

/** The pictures come when they are looked at: what draws them is heavier than all the rest of the window. */
let loaded: ComponentType | null = null;

/** How the assistant does: answers over time, how well it judges, what it costs, and the dial. */
export function Insights() {
  const [part, setPart] = useState<ComponentType | 'failed' | null>(() => loaded);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let here = true;
    const read = async () => {
      const found = await import('./Pictures.tsx').catch(() => null);
      if (found) loaded = found.Pictures;
      if (here) setPart(() => found?.Pictures ?? 'failed');
    };
    void read();
    return () => {
      here = false;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- each try reads again
  }, [tries]);
  const Part = part === 'failed' ? null : part;
  return (
    <div className="flex-1 overflow-y-auto [scrollbar-gutter:stable]">
      <div className="max-w-[920px] px-4 pb-60 sm:px-8">
        <h1 className="sr-only">{strings.nav.insights}</h1>
        {Part && <Part />}
        {part === null && (
          <Panel className="mt-6">
            <Loading label={strings.insights.loading} rows={6} />
          </Panel>
        )}
        {part === 'failed' && (
          <Panel className="mt-6">
            <Empty icon={ChartColumn} title={strings.insights.failed}>
              <Button onClick={() => setTries(tries + 1)}>{strings.insights.retry}</Button>
            </Empty>
          </Panel>
        )}
      </div>
    </div>
  );
}
