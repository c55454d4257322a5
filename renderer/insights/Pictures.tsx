import { Activity, ChartColumn, Grid2x2, Target } from 'lucide-react';
import { useState } from 'react';
import { strings } from '../strings.ts';
import { Segments } from '../ui/controls.tsx';
import { Note } from '../ui/parts.tsx';
import { Answers } from './Answers.tsx';
import { CaptureHealth } from './CaptureHealth.tsx';
import { DialPicture } from './DialPicture.tsx';
import { Instead } from './Picture.tsx';
import { ReceiptsPicture } from './ReceiptsPicture.tsx';
import { Reliability } from './Reliability.tsx';
import { RowsDialog, type Opened } from './RowsDialog.tsx';
import { Square } from './Square.tsx';
import { useAsked } from './useAsked.ts';

/** How many days are looked back on. */
export type Range = '7' | '30' | '90';

/** All pictures over one range of days. Each waits and fails alone. */
export function Pictures() {
  const [range, setRange] = useState<Range>('30');
  const [opened, setOpened] = useState<Opened | null>(null);
  const days = Number(range);
  const { found, failed, again } = useAsked(`insights ${range}`, (bridge) =>
    bridge.call('insights.get', { days }),
  );
  const words = strings.insights;
  const state = failed ? 'failed' : 'loading';
  const parts = [
    { title: words.answers.title, icon: ChartColumn },
    { title: words.square.title, icon: Grid2x2 },
    { title: words.reliability.title, icon: Target },
    { title: words.capture.title, icon: Activity },
  ].map(({ title, icon }) => (
    <Instead key={title} title={title} state={state} icon={icon} empty="" emptyHint="" again={again} />
  ));
  return (
    <div className="forced-colors:[--accent:CanvasText] forced-colors:[--dim:CanvasText] forced-colors:[--edge:CanvasText] forced-colors:[--ink:CanvasText] forced-colors:[--surface:Canvas]">
      <div className="mt-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p className="max-w-[62ch] text-small text-dim">{words.lead}</p>
        <Segments label={words.range} value={range} choices={words.ranges} onChange={setRange} />
      </div>
      {found?.madeUp && (
        <div className="mt-3">
          <Note tone="warn">{words.madeUp}</Note>
        </div>
      )}
      {found ? <Answers days={found.days} onOpen={setOpened} again={again} /> : parts[0]}
      <div className="grid grid-cols-1 gap-x-4 md:grid-cols-2">
        {found ? <Square found={found} onOpen={setOpened} again={again} /> : parts[1]}
        {found ? <Reliability found={found.reliability} onOpen={setOpened} /> : parts[2]}
      </div>
      <DialPicture days={days} />
      <ReceiptsPicture days={days} />
      {found ? <CaptureHealth found={found.capture} again={again} /> : parts[3]}
      {opened && <RowsDialog opened={opened} days={days} onClose={() => setOpened(null)} />}
    </div>
  );
}
