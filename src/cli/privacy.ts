import { existsSync } from 'node:fs';
import { privacyReport } from '../app/privacyReport.ts';
import { openLog } from '../log/open.ts';
import { systemClock } from '../model/ports.ts';
import type { PrivacyReport } from '../model/report.ts';
import type { Paths } from '../paths.ts';
import { createSettingsStore } from '../settingsFile.ts';
import { result } from './output.ts';
import { callRunning } from './running.ts';

/** `doctor --privacy`: the same report as on the Settings screen; without a running core it has no counts. */
export async function printPrivacy(paths: Paths, json: boolean): Promise<void> {
  const report =
    (await callRunning(paths, (client) => client.call('privacy.report', {}))) ?? (await atRest(paths));
  result(json, report, lines(report));
}

async function atRest(paths: Paths): Promise<PrivacyReport> {
  return privacyReport({
    settings: createSettingsStore(paths).get(),
    health: [],
    counts: null,
    since: null,
    watching: false,
    store: await storeOf(paths),
  });
}

/** The key's place is read from the log itself, so a log that cannot be opened fails here with its own sentence. */
async function storeOf(paths: Paths): Promise<PrivacyReport['store']> {
  if (!existsSync(paths.log)) return { place: paths.log, encrypted: true, key: 'none' };
  const { log } = await openLog({ paths, clock: systemClock });
  const { place, encrypted, key } = await log.state().finally(() => log.close());
  return { place, encrypted, key };
}

const KEY = {
  keyring: 'its key is in the system keyring',
  file: 'its key is in a file that you alone can read',
  none: 'no key was made yet',
} as const;

function lines({ since, watching, sources, store, leaves, listens, beside }: PrivacyReport): string[] {
  const counted =
    since === null
      ? 'not running, so nothing is counted'
      : `counted since ${new Date(since).toLocaleString('sv')}`;
  return [
    `Beforehand ${watching ? 'is watching' : 'is not watching'}; ${counted}.`,
    ...sources.flatMap((each) => {
      const { kept, redacted, dropped, reasons } = each.counts;
      const why = Object.entries(reasons).toSorted((a, b) => b[1] - a[1]);
      return [
        '',
        `${each.source}: ${each.on ? (since === null ? 'on' : each.state) : 'off'}${each.reason ? ` (${each.reason})` : ''}`,
        `  kept      ${each.stored}`,
        `  never     ${each.never}`,
        `  for       ${each.days} days`,
        `  so far    ${kept} kept, ${redacted} redacted, ${dropped} dropped`,
        ...why.map(([reason, count]) => `              ${String(count).padStart(6)}  ${reason}`),
      ];
    }),
    '',
    `Leaves this machine: ${leaves.length > 0 ? leaves.join(' ') : 'nothing by itself; a search that you accept opens in your browser.'}`,
    `Listens: ${listens.length > 0 ? listens.join(' ') : 'no port, except that of a browser window on this machine.'}`,
    `The log in ${store.place} is ${store.encrypted ? 'encrypted' : 'NOT encrypted'}; ${KEY[store.key]}.`,
    'Beside it, in files that you alone can read:',
    ...beside.map((each) => `  ${each}`),
  ];
}
