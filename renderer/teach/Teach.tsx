import { Annotating } from './Annotating.tsx';
import { PlaceForm } from './PlaceForm.tsx';
import { strings } from './strings.ts';
import { TraceList } from './TraceList.tsx';
import { useTeach } from './useTeach.ts';

/** Traces judged by the person: a folder, its traces, one of them event by event, and what came of it. */
export function Teach() {
  const teach = useTeach();
  return (
    <div className="flex-1 overflow-y-auto [scrollbar-gutter:stable]">
      <div className="max-w-[760px] px-4 pb-60 sm:px-8">
        <h1 className="sr-only">{strings.title}</h1>
        {teach.open && <Annotating teach={teach} open={teach.open} />}
        {!teach.open && teach.desk && <TraceList teach={teach} desk={teach.desk} />}
        {!teach.open && !teach.desk && <PlaceForm teach={teach} />}
      </div>
    </div>
  );
}
