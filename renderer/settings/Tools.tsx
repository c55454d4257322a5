import { strings } from '../strings.ts';
import { useEffect, useState } from 'react';
import type { McpServerState } from '../../src/model/mcp.ts';
import { useActions, useAssistant, useView } from '../store.ts';
import { Button } from '../ui/Button.tsx';
import { Switch } from '../ui/controls.tsx';
import { Confirm } from '../ui/Dialog.tsx';
import { faultOf } from '../ui/format.ts';
import { Note, Panel, Tag } from '../ui/parts.tsx';
import { Line } from './Line.tsx';
import { Section } from './Section.tsx';

const TONE = { off: 'quiet', idle: 'quiet', starting: 'quiet', ready: 'good', failed: 'bad' } as const;
type Tool = McpServerState['tools'][number];

/** MCP servers that the user added: their tools, each allowed one by one; and whether MCP clients may read. */
export function Tools() {
  const { bridge } = useAssistant();
  const { change, fail } = useActions();
  const link = useView((view) => view.link);
  const serve = useView((view) => view.settings?.mcp.serve);
  const [servers, setServers] = useState<readonly McpServerState[] | null>(null);
  const [looking, setLooking] = useState<string | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const take = (asked: Promise<readonly McpServerState[]>) =>
    asked.then(setServers, fail).finally(() => setLooking(null));
  useEffect(() => {
    if (link !== 'open') return;
    let open = true;
    bridge.call('mcp.servers', {}).then(
      (found) => open && setServers(found),
      (thrown: unknown) => open && fail(thrown),
    );
    return () => {
      open = false;
    };
  }, [bridge, fail, link]);
  if (servers === null || serve === undefined) return null;
  return (
    <Section name="tools" aside={strings.mcp.hint}>
      <Panel>
        {servers.length === 0 && <p className="px-4 py-3 text-small text-dim">{strings.mcp.none}</p>}
        {servers.map((server) => (
          <Server
            key={server.name}
            server={server}
            looking={looking === server.name}
            onLook={() => {
              setLooking(server.name);
              void take(bridge.call('mcp.servers', { look: server.name }));
            }}
            onRemove={() => setRemoving(server.name)}
            onSwitch={(on) => void take(bridge.call('mcp.switch', { server: server.name, on }))}
            onAllow={({ name, sha256 }, allowed) =>
              void take(
                bridge.call('mcp.allow', {
                  server: server.name,
                  tool: name,
                  allowed,
                  ...(allowed && sha256 !== undefined && { sha256 }),
                }),
              )
            }
          />
        ))}
        {removing !== null && (
          <Confirm
            title={strings.keys.removeServerAsk(removing)}
            body={strings.keys.removeServerBody}
            action={strings.keys.remove}
            onClose={() => setRemoving(null)}
            onConfirm={() => {
              setRemoving(null);
              void take(bridge.call('mcp.remove', { server: removing }));
            }}
          />
        )}
        <Line title={strings.mcp.share} hint={strings.mcp.shareHint}>
          <Switch
            label={strings.mcp.share}
            checked={serve}
            onChange={(on) => change({ mcp: { serve: on } })}
          />
        </Line>
      </Panel>
    </Section>
  );
}

function Server({
  server,
  looking,
  onLook,
  onRemove,
  onSwitch,
  onAllow,
}: {
  readonly server: McpServerState;
  readonly looking: boolean;
  readonly onLook: () => void;
  readonly onRemove: () => void;
  readonly onSwitch: (on: boolean) => void;
  readonly onAllow: (tool: Tool, allowed: boolean) => void;
}) {
  const { name, command, state, reason, looked, tools } = server;
  return (
    <>
      <Line title={name}>
        <code className="max-w-full min-w-0 flex-1 font-mono text-[12px] break-all text-dim">{command}</code>
        <Tag tone={TONE[state]}>{strings.mcp.states[state]}</Tag>
        {state !== 'off' && (
          <Button
            small
            aria-label={looking ? strings.mcp.looking : strings.mcp.lookAt(name)}
            disabled={looking}
            onClick={onLook}
          >
            {looking ? strings.mcp.looking : strings.mcp.look}
          </Button>
        )}
        <Button small look="danger" aria-label={strings.keys.removeServer(name)} onClick={onRemove}>
          {strings.keys.remove}
        </Button>
        <Switch label={strings.mcp.server(name)} checked={state !== 'off'} onChange={onSwitch} />
      </Line>
      {reason !== undefined && (
        <div className="px-4 pb-3">
          <Note tone="bad">{faultOf(reason)}</Note>
        </div>
      )}
      {looked && tools.length === 0 && <p className="px-4 pb-3 text-small text-dim">{strings.mcp.noTools}</p>}
      {tools.length > 0 && (
        <ul aria-label={strings.mcp.tools(name)} className="pb-2">
          {tools.map((tool) => (
            <li key={tool.name} className="flex items-start gap-4 py-1.5 pr-4 pl-8">
              <div className="min-w-0 flex-1">
                <p className="font-mono text-[12px] break-all">{tool.name}</p>
                {tool.allowed !== 'gone' && looked && (
                  <p className="text-small break-words whitespace-pre-wrap text-dim">
                    {tool.description === ''
                      ? strings.mcp.saysNothing
                      : `${strings.mcp.says} ${tool.description}`}
                    {` (${strings.mcp.takes(tool.arguments)})`}
                  </p>
                )}
                {(tool.allowed === 'changed' || tool.allowed === 'gone') && (
                  <div className="mt-1">
                    <Note tone="warn">{strings.mcp[tool.allowed]}</Note>
                  </div>
                )}
              </div>
              <Switch
                label={strings.mcp.allow(tool.name, name)}
                checked={tool.allowed === 'yes' || tool.allowed === 'gone'}
                onChange={(allowed) => onAllow(tool, allowed)}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
