import { strings } from '../strings.ts';
import { useEffect, useState } from 'react';
import type { Mute } from '../../src/model/mute.ts';
import { useActions, useAssistant } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { appName } from '../ui/format.ts';

/** What the user never wants to be offered again; each can be taken back. */
export function Muted() {
  const { bridge } = useAssistant();
  const { fail } = useActions();
  const [mutes, setMutes] = useState<readonly Mute[] | 'failed' | null>(null);
  useEffect(() => {
    void bridge.call('policy.mutes', {}).then(setMutes, () => setMutes('failed'));
  }, [bridge]);
  const unmute = ({ what, name }: Mute) =>
    void bridge.call('policy.unmute', { what, name }).then(setMutes, fail);
  return (
    <div className="border-t border-line px-4 py-2.5">
      <p className="font-medium">{strings.learning.mutes.title}</p>
      <p className="text-small text-dim">{strings.learning.mutes.hint}</p>
      {mutes === 'failed' && <p className="mt-1 text-small text-warn">{strings.learning.mutes.failed}</p>}
      {Array.isArray(mutes) && mutes.length === 0 && (
        <p className="mt-1 text-small text-faint">{strings.learning.mutes.empty}</p>
      )}
      {Array.isArray(mutes) && mutes.length > 0 && (
        <ul aria-label={strings.learning.mutes.title} className="mt-1.5 max-h-60 overflow-y-auto">
          {(mutes as readonly Mute[]).map((each) => (
            <li key={`${each.what} ${each.name}`} className="flex items-center gap-3 py-1">
              <span className="w-12 shrink-0 text-[12px] text-faint">
                {strings.learning.mutes.whats[each.what]}
              </span>
              <span className="min-w-0 flex-1 truncate" title={each.name}>
                {each.task ?? (each.what === 'app' ? appName(each.name) : each.name.replace(/^pattern:/, ''))}
              </span>
              <Button
                small
                look="ghost"
                aria-label={strings.learning.mutes.removeLabel(each.task ?? each.name)}
                onClick={() => unmute(each)}
              >
                {strings.learning.mutes.remove}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
