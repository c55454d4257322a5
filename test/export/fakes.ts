import { createWording } from '../../src/agent/wording.ts';
import type { ExportOptions } from '../../src/export/export.ts';
import type { ExportFormat } from '../../src/model/exporting.ts';
import type { Wording } from '../../src/export/wording.ts';
import type { EventLog } from '../../src/model/log.ts';

/** The agent's words over a short prompt, and a judge of the test's own. */
export const wording: Wording = {
  agent: createWording({ version: 'test-1', system: 'Sit beside.', opening: 'Seen:', closing: 'Help?' }),
  judge: {
    version: 'judge-test',
    prompt: (seen, proposal) => ({
      system: 'Judge.',
      user: `${seen.map(({ event }) => event).join('\n')}\n${proposal?.task ?? 'silence'}`,
    }),
    reply: (valid) => (valid ? 'accepted' : 'rejected'),
  },
};

/** An export that keeps names. */
export function exportOptions(log: EventLog, formats: readonly ExportFormat[]): ExportOptions {
  return {
    log,
    formats,
    clock: { now: () => Date.UTC(2026, 0, 15) },
    version: '0.0.0-test',
    wording,
    hostname: 'test',
    names: null,
  };
}
