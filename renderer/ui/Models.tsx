import { Download } from 'lucide-react';
import { Progress } from 'radix-ui';
import type { ModelChoice } from '../../src/contract.ts';
import { Details } from '../models/Details.tsx';
import { useActions, useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import type { Progress as Task } from '../view.ts';
import { Button } from './Button.tsx';
import { bytesOf, sentenceOf } from './format.ts';
import { Note, Panel, Tag } from './parts.tsx';

/** The catalogue as choices: what each needs, whether it fits, download with its progress, use. */
export function Models({
  full = false,
  memory,
}: {
  /** With what is known of each on this machine. */
  readonly full?: boolean;
  /** Bytes of memory of this machine, where they are known. */
  readonly memory?: number | undefined;
}) {
  const { bridge } = useAssistant();
  const { change, chooseModel, fail, pullModel } = useActions();
  const models = useView((view) => view.models);
  const progress = useView((view) => view.progress);
  const use = useView((view) => view.settings?.model.use);
  const hidden = useView((view) => view.state?.model.hidden);
  const words = strings.models;
  const sorted = models.toSorted((a, b) => a.bytes - b.bytes);
  return (
    <Panel className="overflow-hidden">
      <ul id="models" tabIndex={-1} aria-label={strings.settings.sections.model} className="outline-none">
        {sorted.map((each) => {
          const task = progress[`model:${each.alias}`];
          const running = task?.state === 'running';
          return (
            <li key={each.alias} className="border-t border-line px-4 py-3 first:border-t-0">
              <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
                <div className="min-w-0 flex-1 basis-56">
                  <p className="flex flex-wrap items-center gap-x-2 font-medium">
                    {each.title}
                    <span className="font-normal text-faint">{each.licence}</span>
                  </p>
                  <p className="text-small text-dim">{each.summary}</p>
                  <p className="text-small text-dim">
                    {words.size(bytesOf(each.bytes), bytesOf(each.memoryBytes))},{' '}
                    {each.shows ? words.shows : each.answers ? words.answers : strings.model.tooSmall},{' '}
                    {words.pinned[each.pinned]}
                  </p>
                </div>
                <div className="flex flex-wrap items-center gap-2 sm:ml-auto sm:flex-col sm:items-end">
                  {each.inUse ? (
                    <Tag tone="good">{words.inUse}</Tag>
                  ) : (
                    <Tag tone={each.fits ? 'quiet' : 'warn'}>{each.fits ? words.fits : words.tight}</Tag>
                  )}
                  {running && (
                    <Button
                      small
                      aria-label={strings.shelf.stopLabel(each.title)}
                      onClick={() =>
                        void bridge.call('models.stop', { alias: each.alias, what: 'pull' }).catch(fail)
                      }
                    >
                      {strings.shelf.stop}
                    </Button>
                  )}
                  {!each.installed && !running && (
                    <Button
                      small
                      aria-label={`${each.part ? strings.shelf.resume : words.download} ${each.title}`}
                      onClick={() => pullModel(each.alias)}
                    >
                      <Download aria-hidden="true" className="size-3.5" />
                      {each.part ? strings.shelf.resume : words.download}
                    </Button>
                  )}
                  {each.installed && !each.inUse && (
                    <Button
                      small
                      aria-label={`${words.use} ${each.title}`}
                      onClick={() => chooseModel(each.alias)}
                    >
                      {words.use}
                    </Button>
                  )}
                </div>
              </div>
              {running && <Bar choice={each} task={task} />}
              {!running && !each.installed && each.part !== undefined && (
                <p className="text-small text-dim">
                  {strings.shelf.resumeFrom(bytesOf(each.part), bytesOf(each.bytes))}
                </p>
              )}
              {!each.fits && memory !== undefined && (
                <p className="text-small text-warn">
                  {strings.shelf.tight(bytesOf(each.memoryBytes), bytesOf(memory))}
                </p>
              )}
              {full && each.installed && <Details choice={each} />}
              {task?.state === 'failed' && task.message !== 'stopped' && (
                <div className="mt-2">
                  <Note tone="bad">
                    {words.failed(sentenceOf(task.message ?? ''))} {full && strings.shelf.offline}
                  </Note>
                </div>
              )}
            </li>
          );
        })}
        <li className="flex items-center gap-3 border-t border-line px-4 py-3 first:border-t-0">
          <div className="min-w-0 flex-1">
            <p className="font-medium">{strings.settings.none}</p>
            <p className="text-small text-dim">{strings.settings.noneHint}</p>
          </div>
          {use === 'none' ? (
            <Tag tone="good">{words.inUse}</Tag>
          ) : (
            <Button
              small
              aria-label={`${words.use} ${strings.settings.none}`}
              onClick={() => change({ model: { use: 'none' } })}
            >
              {words.use}
            </Button>
          )}
        </li>
      </ul>
      {hidden && <Hidden reason={hidden} />}
    </Panel>
  );
}

/** Why what the model in use proposes is hidden, and the way to have it measured. */
function Hidden({ reason }: { readonly reason: string }) {
  const { measureModel } = useActions();
  const task = useView((view) => view.progress['measure']);
  const running = task?.state === 'running';
  return (
    <div className="flex items-start gap-3 border-t border-line px-4 py-3">
      <div className="min-w-0 flex-1 text-small text-dim">
        <p>{sentenceOf(reason)}</p>
        <p role="status">
          {running
            ? strings.model.measuring(task.done, task.total)
            : task?.state === 'failed'
              ? strings.model.failed(sentenceOf(task.message ?? ''))
              : task?.state === 'done'
                ? strings.model.measured(task.message ?? '')
                : strings.model.measureHint}
        </p>
      </div>
      {!running && (
        <Button small onClick={measureModel}>
          {strings.model.measure}
        </Button>
      )}
    </div>
  );
}

function Bar({ choice, task }: { readonly choice: ModelChoice; readonly task: Task }) {
  const total = task.total || choice.bytes;
  const part = total > 0 ? Math.min(100, Math.round((task.done / total) * 100)) : 0;
  return (
    <div className="mt-2.5 flex items-center gap-3 text-small text-dim">
      <Progress.Root
        value={part}
        aria-label={strings.models.progress(choice.title)}
        className="h-1 flex-1 overflow-hidden rounded-full bg-idle"
      >
        <Progress.Indicator className="h-full rounded-full bg-accent" style={{ width: `${part}%` }} />
      </Progress.Root>
      <span>
        {bytesOf(task.done)} / {bytesOf(total)}
      </span>
    </div>
  );
}
