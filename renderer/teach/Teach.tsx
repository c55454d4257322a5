import { strings } from '../strings.ts';
import { useActions } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { Heading } from '../ui/parts.tsx';
import { Annotating } from './Annotating.tsx';
import { PlaceForm } from './PlaceForm.tsx';
import { RewardPart } from './RewardPart.tsx';
import { TraceList } from './TraceList.tsx';
import { useTeach } from './useTeach.ts';

/** Traces judged by the person: a folder, its traces, one of them event by event, and what came of it. */
export function Teach() {
  const teach = useTeach();
  const { setExporting } = useActions();
  return (
    <div className="flex-1 overflow-y-auto [scrollbar-gutter:stable]">
      <div className="max-w-[760px] px-4 pb-60 sm:px-8">
        <h1 className="sr-only">{strings.teaching.title}</h1>
        {teach.open && <Annotating teach={teach} open={teach.open} />}
        {!teach.open && teach.desk && <TraceList teach={teach} desk={teach.desk} />}
        {!teach.open && !teach.desk && <PlaceForm teach={teach} />}
        {!teach.open && (
          <>
            <RewardPart />
            <Heading>{strings.teaching.own}</Heading>
            <p className="mb-2.5 text-small text-dim">{strings.teaching.ownHint}</p>
            <Button onClick={() => setExporting(true)}>{strings.exporting.open}</Button>
          </>
        )}
      </div>
    </div>
  );
}
