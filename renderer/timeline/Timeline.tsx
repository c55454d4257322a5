import { CalendarX, History, Search, SearchX, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { Empty, Kbd, Loading } from '../ui/parts.tsx';
import { Dropped } from './Dropped.tsx';
import { ForgetRange } from './ForgetRange.tsx';
import { Rows } from './Rows.tsx';
import { useTimeline } from './useTimeline.ts';

type Asking =
  | { readonly about: 'selected' | 'range' }
  | { readonly about: 'app'; readonly app: string }
  | { readonly about: 'site'; readonly site: string };

/** Everything observed: search it, select it, forget it. */
export function Timeline() {
  const { forget, change, say } = useActions();
  const settings = useView((view) => view.settings);
  const [text, setText] = useState('');
  const [app, setApp] = useState<string | null>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Asking | null>(null);
  const query = text.trim().slice(0, 200);
  const { rows, failed, more, retry } = useTimeline({ text: query, app });
  const words = strings.timeline;

  function select(ids: readonly string[], on: boolean) {
    const next = new Set(selected);
    for (const id of ids)
      if (on) next.add(id);
      else next.delete(id);
    setSelected(next);
  }
  const clear = () => {
    setSelected(new Set());
    setAsking(null);
  };
  const menu = (name: string, site?: string) => [
    { label: words.onlyApp(name), onSelect: () => setApp(name) },
    {
      label: words.exclude(name),
      onSelect: () => {
        change({ excludedApps: [...(settings?.excludedApps ?? []), name] });
        say(words.excluded(name));
      },
    },
    { label: words.forgetApp(name), danger: true, onSelect: () => setAsking({ about: 'app', app: name }) },
    ...(site === undefined
      ? []
      : [
          { label: words.forgetSite(site), danger: true, onSelect: () => setAsking({ about: 'site', site }) },
        ]),
  ];

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="px-4 pt-2 pb-2 sm:px-8">
        <h1 className="sr-only">{words.title}</h1>
        <div className="flex max-w-[1056px] flex-wrap items-center gap-2">
          <div role="search" className="relative min-w-40 flex-1">
            <Search
              aria-hidden="true"
              className="pointer-events-none absolute top-2.5 left-3 size-4 text-mark"
            />
            <input
              id="search"
              type="search"
              aria-label={words.search}
              placeholder={words.search}
              maxLength={200}
              value={text}
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => {
                if (event.key !== 'Escape') return;
                setText('');
                event.currentTarget.blur();
              }}
              className="h-9 w-full rounded-lg border border-line bg-surface pr-9 pl-9 outline-offset-0 placeholder:text-faint [&::-webkit-search-cancel-button]:hidden"
            />
            <span className="absolute top-1.5 right-2">
              {text === '' ? (
                <span className="block p-0.5">
                  <Kbd>/</Kbd>
                </span>
              ) : (
                <IconButton label={words.clear} className="-mt-0.5" onClick={() => setText('')}>
                  <X className="size-3.5" />
                </IconButton>
              )}
            </span>
          </div>
          <Button onClick={() => setAsking({ about: 'range' })}>
            <CalendarX aria-hidden="true" className="size-4" strokeWidth={1.75} />
            {words.forgetRange}
          </Button>
        </div>
        <div className="mt-2 flex min-h-7 max-w-[1056px] flex-wrap items-center gap-2">
          {selected.size > 0 ? (
            <>
              <span aria-live="polite" className="font-medium">
                {words.selected(selected.size)}
              </span>
              <Button small look="danger" onClick={() => setAsking({ about: 'selected' })}>
                <Trash2 aria-hidden="true" className="size-3.5" />
                {words.delete}
              </Button>
              <Button small look="ghost" onClick={() => setSelected(new Set())}>
                {words.unselect}
              </Button>
            </>
          ) : (
            <>
              {app && (
                <Button small onClick={() => setApp(null)} aria-label={words.clearApp}>
                  {words.onlyApp(app)}
                  <X aria-hidden="true" className="size-3" />
                </Button>
              )}
              <Dropped />
            </>
          )}
        </div>
      </div>

      {!rows && !failed && <Loading label={words.loading} rows={9} />}
      {failed && (
        <Empty icon={History} title={words.failed}>
          <Button onClick={retry}>{strings.link.retry}</Button>
        </Empty>
      )}
      {rows?.length === 0 &&
        !failed &&
        (query || app ? (
          <Empty icon={SearchX} title={words.none(query || (app ?? ''))} />
        ) : (
          <Empty icon={History} title={words.empty} hint={words.emptyHint} />
        ))}
      {rows && rows.length > 0 && !failed && (
        <Rows
          key={`${query} ${app}`}
          rows={rows}
          selected={selected}
          menu={menu}
          onSelect={select}
          onDelete={() => selected.size > 0 && setAsking({ about: 'selected' })}
          onEnd={more}
        />
      )}

      {asking?.about === 'range' && <ForgetRange onClose={() => setAsking(null)} />}
      {asking?.about === 'selected' && (
        <Confirm
          title={words.deleteAsk(selected.size)}
          body={words.cascade}
          action={words.delete}
          onClose={() => setAsking(null)}
          onConfirm={() => void forget({ observations: [...selected] }).then((worked) => worked && clear())}
        />
      )}
      {asking?.about === 'site' && (
        <Confirm
          title={`${words.forgetSite(asking.site)}?`}
          body={words.cascade}
          action={words.delete}
          onClose={() => setAsking(null)}
          onConfirm={() => void forget({ site: asking.site }).then((worked) => worked && clear())}
        />
      )}
      {asking?.about === 'app' && (
        <Confirm
          title={words.appAsk(asking.app)}
          body={words.cascade}
          action={words.delete}
          onClose={() => setAsking(null)}
          onConfirm={() => void forget({ app: asking.app }).then((worked) => worked && clear())}
        />
      )}
    </div>
  );
}
