import { useEffect, useState } from 'react';
import type { AuditEntry } from '../../src/model/feedback.ts';
import { useActions, useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { momentOf } from '../ui/format.ts';
import { Loading, Panel, Tag } from '../ui/parts.tsx';
import { useNow } from '../ui/useNow.ts';
import { Section } from './Section.tsx';

const PAGE = 20;

/** What accepted suggestions did, newest first; each leads to its suggestion, and is taken back where it can be. */
export function Journal() {
  const { bridge } = useAssistant();
  const { fail, go } = useActions();
  const link = useView((view) => view.link);
  const revision = useView((view) => view.revision);
  const answers = useView((view) => view.answers);
  const [rows, setRows] = useState<readonly AuditEntry[] | null>(null);
  const [next, setNext] = useState<number | undefined>();
  const [undoing, setUndoing] = useState<string | null>(null);
  const now = useNow(60_000);
  const words = strings.keys;
  useEffect(() => {
    if (link !== 'open') return;
    let open = true;
    bridge.call('operations.list', { limit: PAGE }).then(
      (found) => open && (setRows(found.rows), setNext(found.next)),
      (thrown: unknown) => open && fail(thrown),
    );
    return () => {
      open = false;
    };
    // What was done or forgotten meanwhile is read again.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [bridge, fail, link, revision, answers]);
  const more = async () => {
    try {
      const found = await bridge.call('operations.list', { limit: PAGE, before: next });
      setRows([...(rows ?? []), ...found.rows]);
      setNext(found.next);
    } catch (thrown) {
      fail(thrown);
    }
  };
  const undo = async (suggestion: string) => {
    setUndoing(suggestion);
    try {
      await bridge.call('operations.undo', { suggestion });
      const found = await bridge.call('operations.list', { limit: PAGE });
      setRows(found.rows);
      setNext(found.next);
    } catch (thrown) {
      fail(thrown);
    }
    setUndoing(null);
  };
  return (
    <Section name="journal">
      <p className="mb-2 text-small text-dim">{words.journalHint}</p>
      <Panel>
        {rows === null && <Loading label={words.journal} />}
        {rows?.length === 0 && <p className="px-4 py-3 text-small text-dim">{words.journalEmpty}</p>}
        {rows && rows.length > 0 && (
          <ul aria-label={words.journal} className="max-h-96 overflow-y-auto">
            {rows.map((row) => {
              const what = row.arguments.split('\n')[0]?.slice(0, 200) ?? '';
              return (
                <li
                  key={row.id}
                  className="flex items-center gap-3 border-t border-line px-4 py-2 first:border-t-0"
                >
                  <span className="w-24 shrink-0 text-small text-faint">{momentOf(row.at, now)}</span>
                  <button
                    type="button"
                    className="min-w-0 flex-1 truncate text-left underline-offset-2 hover:underline"
                    title={what}
                    onClick={() => go({ name: 'suggestion', id: row.suggestion })}
                  >
                    {words.operations[row.operation]}: {what}
                  </button>
                  {row.result !== 'done' && (
                    <Tag tone={row.result === 'failed' ? 'bad' : 'quiet'}>{words.results[row.result]}</Tag>
                  )}
                  {row.undoable === true && (
                    <Button
                      small
                      aria-label={words.undoOf(what)}
                      disabled={undoing !== null}
                      onClick={() => void undo(row.suggestion)}
                    >
                      {undoing === row.suggestion ? strings.doing.undoing : strings.doing.undo}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        )}
        {next !== undefined && (
          <div className="border-t border-line px-4 py-2">
            <Button small look="ghost" onClick={() => void more()}>
              {words.journalMore}
            </Button>
          </div>
        )}
      </Panel>
    </Section>
  );
}
