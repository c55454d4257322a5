import { Sparkles } from 'lucide-react';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Empty } from '../ui/parts.tsx';

/** What stands on Today before anything was ever suggested: what happens next, when, and how to see it at once. */
export function FirstDay({ shadow }: { readonly shadow: boolean }) {
  const { go, recordNeed, resume } = useActions();
  const paused = useView((view) => view.state?.capture === 'paused');
  const seen = useView((view) => (view.day?.length ?? 0) > 0);
  const words = strings.today.first;
  return (
    <Empty
      icon={Sparkles}
      title={paused ? words.paused : seen ? words.watching : words.waiting}
      hint={shadow ? words.nextShadow : words.next}
    >
      <div className="mx-auto max-w-[52ch] text-left">
        <p className="font-medium">{words.tryIt}</p>
        <ol className="mt-1 list-decimal space-y-1 pl-5 text-small text-dim">
          {words.steps.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ol>
        <div className="mt-3 flex flex-wrap gap-2">
          {paused && (
            <Button look="primary" onClick={resume}>
              {strings.status.resume}
            </Button>
          )}
          <Button onClick={() => go({ name: 'timeline' })}>{words.timeline}</Button>
          <Button onClick={recordNeed}>{strings.status.need}</Button>
        </div>
      </div>
    </Empty>
  );
}
