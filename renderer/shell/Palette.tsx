import { Command } from 'cmdk';
import type { LanguageChoice } from '../../src/model/language.ts';
import { wordsOf } from '../card/editing.ts';
import { chord } from '../keys.ts';
import { pauses } from '../pauses.ts';
import { reach, SECTIONS } from '../settings/sections.ts';
import { useActions, useView } from '../store.ts';
import { languageNames, strings } from '../strings.ts';
import { setTheme } from '../theme.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Kbd } from '../ui/parts.tsx';
import { offered, SCREENS } from '../view.ts';

interface Entry {
  readonly label: string;
  readonly keys?: string;
  readonly run: () => void;
}

/** Every action by name. */
export function Palette() {
  const actions = useActions();
  const current = useView(offered);
  const paused = useView((view) => view.state?.capture === 'paused');
  const mode = useView((view) => view.settings?.mode);
  const close = () => actions.setPalette(false);
  const { settings, palette, status, nav, card } = strings;
  const other = mode === 'shadow' ? 'live' : 'shadow';

  const groups: readonly { readonly title: string; readonly entries: readonly Entry[] }[] = [
    {
      title: palette.suggestion,
      entries: current
        ? [
            { label: card.accept, keys: chord('enter'), run: () => actions.accept(current, 'card') },
            ...(wordsOf(current.proposal) === null
              ? []
              : [{ label: strings.doing.edit, keys: 'E', run: () => actions.edit(current) }]),
            { label: card.later, keys: 'S', run: () => actions.snooze(current, 'card') },
            { label: card.dismiss, keys: chord('esc'), run: () => actions.refuse(current) },
            { label: card.details, run: () => actions.go({ name: 'suggestion', id: current.id }) },
          ]
        : [],
    },
    {
      title: palette.go,
      entries: [
        ...SCREENS.map((name, at) => ({
          label: nav[name],
          keys: chord('mod', String(at + 1)),
          run: () => actions.go({ name }),
        })),
        {
          label: palette.search,
          keys: '/',
          run: () => {
            actions.go({ name: 'timeline' });
            requestAnimationFrame(() => document.getElementById('search')?.focus());
          },
        },
      ],
    },
    {
      title: palette.do,
      entries: [
        {
          label: paused ? status.resume : status.pause,
          keys: chord('mod', 'shift', 'P'),
          run: actions.togglePause,
        },
        ...(paused
          ? []
          : pauses()
              .filter(({ length }) => length !== null)
              .map(({ label, length }) => ({
                label: `${status.pause}: ${label}`,
                run: () => actions.pause(length),
              }))),
        { label: status.need, keys: chord('mod', 'shift', 'H'), run: actions.recordNeed },
        { label: palette.keys, keys: '?', run: () => actions.setKeys(true) },
        { label: palette.export, run: () => actions.setExporting(true) },
        { label: palette.mode(settings.modes[other]), run: () => actions.change({ mode: other }) },
        ...(['system', 'light', 'dark'] as const).map((theme) => ({
          label: palette.theme(settings.themes[theme]),
          run: () => setTheme(theme),
        })),
        ...Object.entries({ system: settings.languageSystem, ...languageNames() }).map(([code, name]) => ({
          label: palette.language(name),
          run: () => actions.change({ language: code as LanguageChoice }),
        })),
      ],
    },
    {
      title: nav.settings,
      entries: SECTIONS.map((part) => ({
        label: palette.part(settings.sections[part]),
        run: () => {
          actions.go({ name: 'settings' });
          requestAnimationFrame(() => reach(part));
        },
      })),
    },
  ];

  return (
    <Dialog title={palette.label} hideTitle top onClose={close}>
      <Command label={palette.label} loop className="flex min-h-0 flex-col">
        <Command.Input
          data-first
          placeholder={palette.placeholder}
          className="h-12 border-b border-line bg-transparent px-5 text-[15px] outline-none placeholder:text-faint"
        />
        <Command.List label={palette.label} className="max-h-[360px] overflow-y-auto p-1.5">
          <Command.Empty className="px-3.5 py-6 text-center text-dim">{palette.empty}</Command.Empty>
          {groups
            .filter((group) => group.entries.length > 0)
            .map((group) => (
              <Command.Group
                key={group.title}
                heading={group.title}
                className="[&_[cmdk-group-heading]]:px-3.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-[12px] [&_[cmdk-group-heading]]:text-faint"
              >
                {group.entries.map((entry) => (
                  <Command.Item
                    key={entry.label}
                    value={entry.label}
                    onSelect={() => {
                      close();
                      entry.run();
                    }}
                    className="flex items-center justify-between rounded-lg px-3.5 py-2 data-[selected=true]:bg-accent-soft"
                  >
                    {entry.label}
                    {entry.keys && <Kbd>{entry.keys}</Kbd>}
                  </Command.Item>
                ))}
              </Command.Group>
            ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
