import { CalendarX, History, Search, SearchX, Trash2, X } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useActions, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { Empty, Kbd, Loading } from '../ui/parts.tsx';
import { Dropped } from './Dropped.tsx';
import { ForgetRange } from './ForgetRange.tsx';
import { GoToDay } from './GoToDay.tsx';
import { Rows } from './Rows.tsx';
import { filterOf, sizeOf } from './selection.ts';
import { useSelection } from './useSelection.ts';
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
  const [goTo, setGoTo] = useState<{ readonly at: number } | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const query = text.trim().slice(0, 200);
  const { source, version, retry } = useTimeline({ text: query, app });
  const { selection, onSelect, onSelectHour, clear: unselect } = useSelection(source);
  const words = strings.timeline;
  const selected = sizeOf(selection);
  const failed = source?.state() === 'failed';
  const lines = source?.book.lines() ?? 0;
  const excluded = settings?.excludedApps;

  const clear = () => {
    unselect();
    setAsking(null);
  };
  const menu = useCallback(
    (name: string, site?: string) => [
      { label: words.onlyApp(name), onSelect: () => setApp(name) },
      {
        label: words.exclude(name),
        onSelect: () => {
          change({ excludedApps: [...(excluded ?? []), name] });
          say(words.excluded(name));
        },
      },
      { label: words.forgetApp(name), danger: true, onSelect: () => setAsking({ about: 'app', app: name }) },
      ...(site === undefined
        ? []
        : [
            {
              label: words.forgetSite(site),
              danger: true,
              onSelect: () => setAsking({ about: 'site', site }),
            },
          ]),
    ],
    [change, excluded, say, words],
  );

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
          {source && !source.searching && lines > 0 && <GoToDay hours={source.book.hours()} onGo={setGoTo} />}
          <Button onClick={() => setAsking({ about: 'range' })}>
            <CalendarX aria-hidden="true" className="size-4" strokeWidth={1.75} />
            {words.forgetRange}
          </Button>
        </div>
        <div className="mt-2 flex min-h-7 max-w-[1056px] flex-wrap items-center gap-2">
          {selected > 0 ? (
            <>
              <span aria-live="polite" className="font-medium">
                {words.selected(selected)}
              </span>
              <Button small look="danger" onClick={() => setAsking({ about: 'selected' })}>
                <Trash2 aria-hidden="true" className="size-3.5" />
                {words.delete}
              </Button>
              <Button small look="ghost" onClick={unselect}>
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

      {!source && <Loading label={words.loading} rows={9} />}
      {failed && (
        <Empty icon={History} title={words.failed}>
          <Button onClick={retry}>{strings.link.retry}</Button>
        </Empty>
      )}
      {source?.state() === 'ready' &&
        lines === 0 &&
        (query || app ? (
          <Empty icon={SearchX} title={words.none(query || (app ?? ''))} />
        ) : (
          <Empty icon={History} title={words.empty} hint={words.emptyHint} />
        ))}
      {source && lines > 0 && !failed && (
        <Rows
          key={`${query} ${app}`}
          source={source}
          version={version}
          goTo={goTo}
          selection={selection}
          menu={menu}
          onSelect={onSelect}
          onSelectHour={onSelectHour}
          onDelete={() => selected > 0 && setAsking({ about: 'selected' })}
        />
      )}

      {asking?.about === 'range' && <ForgetRange onClose={() => setAsking(null)} />}
      {asking?.about === 'selected' && (
        <Confirm
          title={words.deleteAsk(selected)}
          body={words.cascade}
          action={words.delete}
          onClose={() => setAsking(null)}
          onConfirm={() => void forget(filterOf(selection, app)).then((worked) => worked && clear())}
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
