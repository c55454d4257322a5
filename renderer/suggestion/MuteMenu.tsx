import { strings } from '../strings.ts';
import { BellOff } from 'lucide-react';
import type { Suggestion } from '../../src/model/suggestion.ts';
import { useActions, useAssistant } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { Menu } from '../ui/Menu.tsx';

/** Mutes for good what a suggestion stands for: its topic, its kind, or the app it was in. */
export function MuteMenu({ suggestion }: { readonly suggestion: Suggestion }) {
  const { bridge } = useAssistant();
  const { fail, say } = useActions();
  const app = suggestion.seen.some((each) => each.app !== undefined);
  const whats = app ? (['topic', 'kind', 'app'] as const) : (['topic', 'kind'] as const);
  return (
    <Menu
      items={whats.map((what) => ({
        label: strings.learning.mutes.choices[what],
        onSelect: () =>
          void bridge
            .call('policy.mute', { suggestion: suggestion.id, what })
            .then(() => say(strings.learning.mutes.muted), fail),
      }))}
    >
      <Button look="ghost">
        <BellOff aria-hidden="true" className="size-3.5" />
        {strings.learning.mutes.mute}
      </Button>
    </Menu>
  );
}
