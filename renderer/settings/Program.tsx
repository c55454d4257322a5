import { useCallback, useEffect, useState } from 'react';
import type { ProgramState, UpdateState } from '../../src/model/program.ts';
import { useActions, useAssistant, useView } from '../store.ts';
import { strings } from '../strings.ts';
import { Button } from '../ui/Button.tsx';
import { Switch } from '../ui/controls.tsx';
import { bytesOf, numberOf } from '../ui/format.ts';
import { Panel } from '../ui/parts.tsx';
import { Line } from './Line.tsx';
import { Section } from './Section.tsx';

/** The program itself: whether it starts with the session, newer versions, where its log files lie. */
export function Program() {
  const { bridge } = useAssistant();
  const { change, fail } = useActions();
  const wanted = useView((view) => view.settings?.updates);
  const [program, setProgram] = useState<ProgramState | null>(null);
  const words = strings.program;
  const ask = useCallback(
    (channel: 'program.get' | 'updates.check' | 'updates.download' | 'updates.install') =>
      void bridge.call(channel, {}).then(setProgram, fail),
    [bridge, fail],
  );
  // Asked with each visit, since the system may have changed it meanwhile.
  useEffect(() => ask('program.get'), [ask]);
  useEffect(() => bridge.on('program', setProgram), [bridge]);
  if (!program || wanted === undefined) return null;
  const { startAtLogin: login, updates, logs } = program;
  const none = updates.state === 'unavailable';
  return (
    <Section name="program">
      <Panel>
        <Line title={words.login} hint={login.can ? words.loginHint : words.noLogin[login.why ?? 'system']}>
          {login.can && (
            <Switch
              label={words.login}
              checked={login.on}
              onChange={(on) =>
                void bridge.call('program.startAtLogin', { on }).then(setProgram, (error: unknown) => {
                  fail(error);
                  ask('program.get');
                })
              }
            />
          )}
        </Line>
        <Line title={words.updates} hint={none ? words.noUpdates[updates.why] : words.updatesHint}>
          {!none && (
            <Switch label={words.updates} checked={wanted} onChange={(on) => change({ updates: on })} />
          )}
        </Line>
        {!none && wanted && (
          <Line title={stepOf(updates)} hint={hintOf(updates)}>
            <div role="status" className="flex items-center gap-3">
              {updates.state === 'downloading' && (
                <progress
                  aria-label={stepOf(updates)}
                  className="h-1 w-32"
                  max={100}
                  value={updates.percent}
                />
              )}
              {updates.state === 'found' && updates.bytes !== null && (
                <span className="text-small text-dim">{bytesOf(updates.bytes)}</span>
              )}
              <Step updates={updates} ask={ask} />
            </div>
          </Line>
        )}
        <Line title={words.logs} hint={words.logsHint}>
          <code className="max-w-full font-mono text-[12px] break-all text-dim">{logs}</code>
        </Line>
      </Panel>
    </Section>
  );
}

/** The one thing that can be done next. */
function Step({
  updates,
  ask,
}: {
  readonly updates: UpdateState;
  readonly ask: (channel: 'updates.check' | 'updates.download' | 'updates.install') => void;
}) {
  const words = strings.program;
  if (updates.state === 'found')
    return <Button onClick={() => ask('updates.download')}>{words.download}</Button>;
  if (updates.state === 'ready')
    return (
      <Button look="primary" onClick={() => ask('updates.install')}>
        {words.install}
      </Button>
    );
  if (updates.state === 'newest' || updates.state === 'failed')
    return <Button onClick={() => ask('updates.check')}>{words.check}</Button>;
  return null;
}

/** How far it is, in words. */
function stepOf(updates: UpdateState): string {
  const words = strings.program.steps;
  switch (updates.state) {
    case 'checking':
    case 'failed':
      return words[updates.state];
    case 'found':
    case 'ready':
      return words[updates.state](updates.version);
    case 'downloading':
      return words.downloading(updates.version, numberOf(updates.percent));
    case 'newest':
    case 'off':
    case 'unavailable':
      return words.newest;
  }
}

function hintOf(updates: UpdateState): string {
  const words = strings.program;
  if (updates.state === 'newest' && updates.checkedAt === null) return words.notYet;
  if (updates.state === 'ready') return words.readyHint;
  return updates.state === 'failed' ? words.failedHints[updates.why] : '';
}
