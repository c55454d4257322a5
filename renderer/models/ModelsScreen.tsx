import { useEffect, useState } from 'react';
import { useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { bytesOf, faultOf } from '../ui/format.ts';
import { Models } from '../ui/Models.tsx';
import { Heading, Loading, Note, Panel } from '../ui/parts.tsx';
import { Endpoint } from './Endpoint.tsx';
import { OwnFile } from './OwnFile.tsx';

interface Machine {
  readonly memoryBytes: number;
  readonly freeBytes: number | null;
  readonly folder: string;
}

/** The models there are, what each is worth on this machine, and what may stand in their place. */
export function ModelsScreen() {
  const { bridge } = useAssistant();
  const link = useView((view) => view.link);
  const models = useView((view) => view.models);
  const model = useView((view) => view.state?.model);
  const known = useView((view) => view.settings !== null);
  const [machine, setMachine] = useState<Machine | null>(null);
  const words = strings.shelf;
  useEffect(() => {
    if (link !== 'open') return;
    let open = true;
    bridge.call('models.machine', {}).then(
      (found) => open && setMachine(found),
      () => undefined,
    );
    return () => {
      open = false;
    };
    // A download or a removal changes what is free.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [bridge, link, models]);
  // Who came from a card that went away by that would begin at the top of the page again.
  useEffect(() => {
    if (document.activeElement === document.body)
      document.getElementById('models')?.focus({ preventScroll: true });
  }, []);
  const trouble =
    model && (model.state === 'damaged' || model.state === 'missing' || model.state === 'failed')
      ? model.state
      : null;
  return (
    <div className="flex-1 overflow-y-auto [scrollbar-gutter:stable]">
      <div className="max-w-[920px] px-4 pb-60 sm:px-8">
        <h1 className="sr-only">{strings.nav.models}</h1>
        <Heading>{words.catalogue}</Heading>
        {machine && (
          <p className="mb-2 text-small break-words text-dim">
            {words.machine(
              bytesOf(machine.memoryBytes),
              machine.freeBytes === null ? null : bytesOf(machine.freeBytes),
              machine.folder,
            )}
          </p>
        )}
        {trouble && (
          <div role="alert" className="mb-2">
            <Note tone="bad">
              {words.state[trouble]} {trouble === 'failed' && faultOf(model?.reason ?? '')}
            </Note>
          </div>
        )}
        {models.length === 0 ? (
          <Panel>
            <Loading label={words.state.loading} rows={5} />
          </Panel>
        ) : (
          <>
            {!models.some((each) => each.installed) && (
              <p className="mb-2 text-small text-dim">{words.nothing}</p>
            )}
            <Models full memory={machine?.memoryBytes} />
          </>
        )}
        <Heading>{words.own}</Heading>
        <OwnFile />
        <Heading>{words.endpoint}</Heading>
        {known && <Endpoint />}
      </div>
    </div>
  );
}
