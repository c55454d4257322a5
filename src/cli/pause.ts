import type { Command } from 'commander';
import type { AppState, Assistant } from '../contract.ts';
import { AppError } from '../errors.ts';
import { captureLine } from '../model/captureLine.ts';
import { systemClock } from '../model/ports.ts';
import { createPaths, type Paths } from '../paths.ts';
import type { Client } from '../rpc.ts';
import { clockWords } from '../model/clockWords.ts';
import { tomorrow } from '../schedule.ts';
import { createSettingsStore } from '../settingsFile.ts';
import { result } from './output.ts';
import { callRunning } from './running.ts';

/** The longest pause with an end: a week, in minutes. */
const LONGEST = 10_080;

/** What `pause` was asked for, as the contract takes it. */
type Length = { readonly minutes: number | null } | { readonly until: 'tomorrow' };

/** `beforehand pause` and `beforehand resume`: the same pause as the tray's, the card's and the window's. */
export function addPause(program: Command): void {
  program
    .command('pause')
    .description('stop watching: pause [15m | 1h | 2h30m | tomorrow]; without a time, until resumed')
    .argument('[for]', '15m, 1h, 2h30m or tomorrow')
    .option('--json', 'print JSON', false)
    .action(async (words: string | undefined, { json }: { json: boolean }) => {
      const length = lengthOf(words);
      await tell(json, (client) => client.call('capture.pause', length), {
        pausedUntil: untilOf(length, systemClock.now()),
        watchingUntil: null,
      });
    });
  program
    .command('resume')
    .description('watch again')
    .option('--json', 'print JSON', false)
    .action(async ({ json }: { json: boolean }) => {
      await tell(json, (client) => client.call('capture.resume', {}), { pausedUntil: null });
    });
}

async function tell(
  json: boolean,
  ask: (client: Client<Assistant>) => Promise<AppState>,
  settings: { readonly pausedUntil: number | null; readonly watchingUntil?: null },
): Promise<void> {
  const paths = createPaths();
  const state = await callRunning(paths, ask);
  if (state) {
    const { capture, pausedUntil, pausedBy, says } = state;
    result(json, { running: true, capture, pausedUntil, pausedBy, says }, [captureLine(state)]);
    return;
  }
  await keep(paths, settings);
  const { pausedUntil } = settings;
  const until = pausedUntil ? `until ${clockWords(pausedUntil, systemClock.now())}` : 'until you resume';
  const words =
    pausedUntil === null ? 'it watches when it starts' : `it stays paused ${until} when it starts`;
  result(json, { running: false, pausedUntil }, [`Beforehand is not running; ${words}.`]);
}

/** Nobody runs, so the settings are what the next start reads. */
async function keep(
  paths: Paths,
  patch: { pausedUntil: number | null; watchingUntil?: null },
): Promise<void> {
  await createSettingsStore(paths).set(patch);
}

function untilOf(length: Length, now: number): number {
  if ('until' in length) return tomorrow(now);
  return length.minutes === null ? 0 : Math.ceil(now + length.minutes * 60_000);
}

/** `15m`, `1h`, `2h30m`, `90` (minutes), `tomorrow` or nothing. Throws `usage` for anything else. */
export function lengthOf(words: string | undefined): Length {
  if (words === undefined) return { minutes: null };
  if (words === 'tomorrow') return { until: 'tomorrow' };
  const found = /^(?:(?<days>\d{1,2})d)?(?:(?<hours>\d{1,4})h)?(?:(?<minutes>\d{1,5})m?)?$/.exec(words);
  const { days = '0', hours = '0', minutes = '0' } = found?.groups ?? {};
  const total = Number(days) * 1440 + Number(hours) * 60 + Number(minutes);
  if (!found || total <= 0 || total > LONGEST) {
    throw new AppError(
      'usage',
      `[cli] “${words}” is no length of a pause: use 15m, 1h, 2h30m or tomorrow (a week at most), or leave it out to pause until you resume`,
    );
  }
  return { minutes: total };
}
