import type { Command } from 'commander';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { AppState } from '../contract.ts';
import { asAppError } from '../errors.ts';
import { findModel, readCatalogue } from '../llm/catalogue.ts';
import { verifyModel } from '../llm/download.ts';
import { lookOver } from '../llm/ownFile.ts';
import { openLog } from '../log/open.ts';
import { studyLine } from '../model/studyLine.ts';
import { chordWords } from '../model/chord.ts';
import { captureLine } from '../model/captureLine.ts';
import type { Studies } from '../model/study.ts';
import type { Health } from '../model/monitor.ts';
import { systemClock } from '../model/ports.ts';
import { createMonitors } from '../monitors/monitors.ts';
import { createPaths, type Paths } from '../paths.ts';
import { createDbusNotify } from '../ports/notify.ts';
import { createNodeSpawn } from '../ports/spawn.ts';
import { createGuard } from '../privacy/privacy.ts';
import { findBrowser } from '../server/window.ts';
import { createSettingsStore, type SettingsStore } from '../settingsFile.ts';
import { bytes, result, table } from './output.ts';
import { printPrivacy } from './privacy.ts';
import { callRunning } from './running.ts';

/** One thing that was looked at. `mend` is a command or a setting. */
interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'wrong' | 'off';
  readonly detail: string;
  readonly mend?: string;
}

/** How long a source gets to show that it works, in milliseconds. */
const SETTLE_MS = 800;

/** `beforehand doctor`: every source, permission, model and store with its state and the mend. */
export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at every source, permission, model and store, and say how to mend what is wrong')
    .option(
      '--privacy',
      'print the privacy report instead: what each source keeps, and what was not kept',
      false,
    )
    .option('--json', 'print JSON', false)
    .action(async ({ json, privacy }: { json: boolean; privacy: boolean }) => {
      const paths = createPaths();
      if (privacy) {
        await printPrivacy(paths, json);
        return;
      }
      const running = await callRunning(paths, (client) => client.call('capture.check', {}));
      const settings = createSettingsStore(paths);
      const findings = [
        runTime(running),
        holds(running, settings),
        ...shortcuts(running),
        ...study(running?.study, settings.studies()),
        ...(running ? sourcesOf(running.sources) : await probeSources(settings)),
        running ? storeOf(running.store) : await probeStore(paths),
        ...(settings.note ? [{ what: 'settings', state: 'warning' as const, detail: settings.note }] : []),
        await model(paths, settings),
        ...proposals(running),
        await notifications(),
        page(paths),
        logFiles(paths),
      ];
      result(json, { running: running !== null, findings }, lines(findings));
      if (findings.some((each) => each.state === 'wrong')) process.exitCode = 1;
    });
}

function runTime(running: AppState | null): Finding {
  const detail = running ? captureLine(running) : 'not running';
  return {
    what: 'assistant',
    state: running ? 'ok' : 'off',
    detail: `${detail}; Node ${process.versions.node}`,
  };
}

/** What keeps cards back now, and which holds are on; the rest of the program says it in the same words. */
function holds(running: AppState | null, settings: SettingsStore): Finding {
  const { fullScreen, meetings, sharing, battery } = settings.get().holds;
  const on = Object.entries({ 'full screen': fullScreen, meetings, 'screen sharing': sharing, battery })
    .filter(([, wanted]) => wanted)
    .map(([name]) => name);
  const now = [running?.held && `cards are held back: ${running.held}`, running?.resting].filter(Boolean);
  const state = on.length > 0 ? 'ok' : 'off';
  const watches = on.length > 0 ? `watched: ${on.join(', ')}` : 'all are switched off in Settings';
  return { what: 'holds', state, detail: [...now, watches].join('; ') };
}

/** The keys that work in every app, where something runs that took them. */
function shortcuts(running: AppState | null): Finding[] {
  const all = running?.shortcuts;
  if (!all) return [];
  const refused = all.filter((each) => each.state === 'refused');
  const works = all.filter((each) => each.state === 'works');
  const said = works.map(({ name, keys }) => `${name} ${chordWords(keys ?? '')}`).join(', ') || 'none is on';
  const reasons = [...new Set(refused.map(({ reason }) => reason))].join('; ');
  return [
    {
      what: 'shortcuts',
      state: refused.length > 0 ? 'warning' : works.length > 0 ? 'ok' : 'off',
      detail: refused.length > 0 ? `${said}; ${reasons}` : said,
      ...(refused.length > 0 && { mend: 'choose other keys in Settings' }),
    },
  ];
}

/** Who takes part is told by every look at the program, and how to end it. */
function study(state: AppState['study'], { now }: Studies): Finding[] {
  const known = state ?? (now && { title: now.file.title, until: now.until });
  if (!known) return [];
  const broken = state?.broken !== undefined;
  return [
    {
      what: 'study',
      state: broken ? 'warning' : 'ok',
      detail: studyLine(known).replace(/^Study: /, ''),
      mend: 'end it at any time: beforehand study end',
    },
  ];
}

function sourcesOf(sources: readonly Health[]): Finding[] {
  return sources.map((each) => ({
    what: `source ${each.name}`,
    state: each.state === 'healthy' ? 'ok' : each.state === 'off' ? 'off' : 'wrong',
    detail: each.reason ?? provenWords(each),
    ...(each.mend && { mend: each.mend }),
  }));
}

/** That it works and how that is known, and apart from that when it saw something last: quiet is not dead. */
function provenWords({ state, provenAt, proof, lastEventAt, events }: Health): string {
  const now = systemClock.now();
  const last =
    lastEventAt === undefined ? 'nothing seen yet' : `last event ${ago(now - lastEventAt)}, ${events} in all`;
  if (state !== 'healthy' || provenAt === undefined) return `${state}; ${last}`;
  return `proven ${ago(now - provenAt)}: ${proof ?? 'it works'}; ${last}`;
}

function ago(ms: number): string {
  if (ms < 10_000) return 'just now';
  if (ms < 90_000) return `${Math.round(ms / 1000)} s ago`;
  return ms < 5_400_000 ? `${Math.round(ms / 60_000)} min ago` : `${Math.round(ms / 3_600_000)} h ago`;
}

/** Starts every source for a moment; what it senses goes nowhere. */
async function probeSources(settings: SettingsStore): Promise<Finding[]> {
  const guard = createGuard({ settings: settings.get });
  const { monitors } = createMonitors({
    guard,
    clock: systemClock,
    spawn: createNodeSpawn(),
    settings: settings.get(),
  });
  const started = await Promise.allSettled(monitors.map((monitor) => monitor.start(() => {})));
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
  await Promise.all(monitors.map((monitor) => monitor.check?.()));
  const found = sourcesOf(monitors.map((monitor) => monitor.health()));
  for (const each of started) if (each.status === 'fulfilled') await each.value();
  return found;
}

function storeOf(store: AppState['store']): Finding {
  return {
    what: 'store',
    state: store.warning ? 'warning' : 'ok',
    detail: `${store.place}: ${store.events} events, ${bytes(store.bytes)}, ${store.encrypted ? 'encrypted' : 'not encrypted'}, key in the ${store.key}`,
    ...(store.warning && { mend: store.warning }),
  };
}

async function probeStore(paths: Paths): Promise<Finding> {
  if (!existsSync(paths.log)) return { what: 'store', state: 'off', detail: 'nothing was kept yet' };
  try {
    const { log } = await openLog({ paths, clock: systemClock });
    const [state, integrity] = [await log.state(), await log.check()];
    await log.close();
    if (integrity !== 'ok')
      return {
        what: 'store',
        state: 'wrong',
        detail: integrity,
        mend: 'start Beforehand: it keeps the damaged file beside and goes on',
      };
    return storeOf(state);
  } catch (thrown) {
    return { what: 'store', state: 'wrong', detail: asAppError(thrown, 'log-damaged', 'log').message };
  }
}

async function model(paths: Paths, settings: SettingsStore): Promise<Finding> {
  const { use, file } = settings.get().model;
  if (use === 'none')
    return { what: 'model', state: 'off', detail: 'none is chosen; patterns still propose' };
  if (use === 'remote') {
    const { endpoint } = settings.get();
    return endpoint
      ? { what: 'model', state: 'warning', detail: `what it sees leaves this machine to ${endpoint.url}` }
      : {
          what: 'model',
          state: 'wrong',
          detail: 'no endpoint is set',
          mend: 'beforehand models use smollm2-135m',
        };
  }
  if (file) {
    const found = await lookOver(file);
    return found.state === 'ready'
      ? { what: 'model', state: 'ok', detail: `your own file ${file}` }
      : { what: 'model', state: 'wrong', detail: found.reason, mend: 'name another file in Settings' };
  }
  try {
    const entry = findModel(readCatalogue(join(paths.assets, 'models.json')), use);
    const found = await verifyModel(entry, paths);
    return found.state === 'ready'
      ? { what: 'model', state: 'ok', detail: `${entry.title}, ${bytes(entry.bytes)}, hash fits` }
      : { what: 'model', state: 'wrong', detail: found.reason, mend: `beforehand models pull ${use}` };
  } catch (thrown) {
    return { what: 'model', state: 'wrong', detail: asAppError(thrown, 'not-found', 'models').message };
  }
}

/** Whether the running model proposes, and if not, why: told by the assistant, which knows the file in use. */
function proposals(running: AppState | null): Finding[] {
  if (!running || running.model.state === 'off' || running.model.state === 'missing') return [];
  const { shows, hidden } = running.model;
  return shows
    ? [{ what: 'proposals', state: 'ok', detail: 'the model has earned it that they are shown' }]
    : [{ what: 'proposals', state: 'off', detail: hidden ?? 'those of the model are hidden' }];
}

async function notifications(): Promise<Finding> {
  const notify = createDbusNotify({ appName: 'Beforehand' });
  const there = await notify.available();
  await notify.close();
  return there
    ? { what: 'notifications', state: 'ok', detail: 'the desktop shows them' }
    : {
        what: 'notifications',
        state: 'warning',
        detail: 'no notification service answers; cards still show in the window',
        mend: 'start your desktop’s notification daemon',
      };
}

function page(paths: Paths): Finding {
  const built = existsSync(join(paths.page, 'index.html'));
  if (!built)
    return { what: 'window', state: 'warning', detail: 'the page is not built', mend: 'npm run build' };
  const browser = findBrowser();
  return browser
    ? { what: 'window', state: 'ok', detail: `opens in ${browser}` }
    : { what: 'window', state: 'warning', detail: 'no Chromium was found; the address is printed instead' };
}

const MARK = { ok: 'ok', warning: '!', wrong: 'WRONG', off: 'off' } as const;

function lines(findings: readonly Finding[]): string[] {
  return table(
    findings.flatMap((each) => [
      [MARK[each.state], each.what, each.detail],
      ...(each.mend ? [['', '', `mend: ${each.mend}`]] : []),
    ]),
  );
}

/** Where to look when something went wrong; there is none before the first. */
function logFiles({ logs }: Paths): Finding {
  const files = existsSync(logs) ? readdirSync(logs).filter((name) => name.endsWith('.log')) : [];
  const size = files.reduce((sum, name) => sum + statSync(join(logs, name)).size, 0);
  const found = files.length === 0 ? 'nothing noted yet' : `${files.length} of at most 5, ${bytes(size)}`;
  return { what: 'log files', state: 'ok', detail: `${logs}; ${found}` };
}
