import { ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ExclusionList, ShippedExclusions } from '../../src/contract.ts';
import { useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Switch } from '../ui/controls.tsx';
import { reasonWords } from '../ui/format.ts';
import { Note } from '../ui/parts.tsx';

/** The lists that come with the program, by reason: each entry can be found and switched off. */
export function Exclusions({
  allowed,
  onChange,
}: {
  readonly allowed: readonly string[];
  readonly onChange: (allowed: string[]) => void;
}) {
  const { bridge } = useAssistant();
  const link = useView((view) => view.link);
  const [shipped, setShipped] = useState<ShippedExclusions | null>(null);
  const [failed, setFailed] = useState(false);
  const [search, setSearch] = useState('');
  useEffect(() => {
    if (link !== 'open') return;
    let open = true;
    bridge.call('privacy.exclusions', {}).then(
      (found) => open && (setShipped(found), setFailed(false)),
      () => open && setFailed(true),
    );
    return () => {
      open = false;
    };
  }, [bridge, link]);
  const words = strings.protection;
  const wanted = search.trim().toLowerCase();
  const lists = shipped?.lists
    .map((list) => ({ ...list, entries: list.entries.filter((each) => each.toLowerCase().includes(wanted)) }))
    .filter((list) => list.entries.length > 0);
  const marks = shipped?.privateMarks.filter((each) => each.toLowerCase().includes(wanted)) ?? [];
  return (
    <div className="border-t border-line px-4 py-3">
      <p className="font-medium">{words.shipped}</p>
      <p className="text-small text-dim">{words.shippedHint(allowed.length)}</p>
      {failed && (
        <div className="mt-2">
          <Note tone="bad">{words.failed}</Note>
        </div>
      )}
      <input
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={search}
        maxLength={100}
        onChange={(event) => setSearch(event.target.value)}
        className="mt-2 h-8 w-full rounded-lg border border-line bg-surface px-2.5 placeholder:text-faint"
      />
      <ul aria-label={words.shipped} className="mt-1">
        {lists?.map((list) => (
          <List
            key={`${list.kind} ${list.reason}`}
            list={list}
            open={wanted !== ''}
            allowed={allowed}
            onChange={onChange}
          />
        ))}
        {marks.length > 0 && (
          <Fold title={words.marks} aside={words.always} open={wanted !== ''}>
            <p className="py-1 pl-5 text-small text-dim">{marks.join(', ')}</p>
          </Fold>
        )}
      </ul>
      {lists?.length === 0 && marks.length === 0 && (
        <p role="status" className="pt-2 text-small text-dim">
          {words.notFound(search.trim())}
        </p>
      )}
    </div>
  );
}

function List({
  list,
  open,
  allowed,
  onChange,
}: {
  readonly list: ExclusionList;
  readonly open: boolean;
  readonly allowed: readonly string[];
  readonly onChange: (allowed: string[]) => void;
}) {
  const words = strings.protection;
  const off = list.entries.filter((each) => allowed.includes(each)).length;
  return (
    <Fold
      title={`${words.kinds[list.kind]}: ${reasonWords(list.reason)}`}
      aside={words.entries(list.entries.length, off)}
      open={open}
    >
      <ul aria-label={`${words.kinds[list.kind]}: ${reasonWords(list.reason)}`}>
        {list.entries.map((entry) => (
          <li key={entry} className="flex items-center justify-between gap-3 py-1 pl-5 text-small">
            <span className="min-w-0 break-words">{entry}</span>
            <Switch
              label={words.protects(entry, reasonWords(list.reason))}
              checked={!allowed.includes(entry)}
              onChange={(on) => onChange(on ? allowed.filter((each) => each !== entry) : [...allowed, entry])}
            />
          </li>
        ))}
      </ul>
    </Fold>
  );
}

/** A line that opens. Its content is there only while it is open: the lists have hundreds of entries. */
function Fold({
  title,
  aside,
  open,
  children,
}: {
  readonly title: string;
  readonly aside: string;
  readonly open: boolean;
  readonly children: React.ReactNode;
}) {
  const [held, setHeld] = useState(false);
  const shown = open || held;
  return (
    <li>
      <button
        type="button"
        aria-expanded={shown}
        onClick={() => setHeld(!held)}
        className="flex w-full items-center gap-1.5 rounded-md py-1 text-left text-small hover:bg-hover"
      >
        <ChevronRight
          aria-hidden="true"
          className={`size-3.5 shrink-0 text-mark transition-transform duration-100 ${shown ? 'rotate-90' : ''}`}
        />
        <span className="min-w-0 flex-1">{title}</span>
        <span className="shrink-0 text-dim">{aside}</span>
      </button>
      {shown && children}
    </li>
  );
}
