import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProactiveBenchRow } from '../../src/export/proactivebench.ts';
import { runExport } from '../../src/export/export.ts';
import { exportOptions } from '../export/fakes.ts';
import { missedNeed } from '../../src/feedback/feedback.ts';
import { createFakeLlm } from '../../src/llm/fake.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import type { EventLog } from '../../src/model/log.ts';
import { createLifecycle } from '../../src/suggestions/lifecycle.ts';
import { createPolicy } from '../../src/suggestions/policy.ts';
import { until } from '../until.ts';
import { createTestOperations } from '../operations/means.ts';
import { fakeTime, offer, seen, settingsWith } from './fakes.ts';

const settings = () => settingsWith({ cooldownSeconds: 0 });

async function end(parts: { log: EventLog; lifecycle: { close(): Promise<void> } }) {
  await parts.lifecycle.close();
  await parts.log.close();
}

/** The stages from a proposal to an export, over the encrypted log on a real disk, across a restart. */
describe('from an offer to an exported answer', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beforehand-flow-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const time = fakeTime();

  async function start() {
    const file = join(folder, 'log.db');
    const log = await openSqliteLog({
      file,
      key: 'ab'.repeat(32),
      keyPlace: 'file',
      clock: time.clock,
      batchMs: 1,
    });
    const policy = createPolicy({ clock: time.clock, settings, log });
    await policy.load();
    const opened: string[] = [];
    const { operations, shown } = createTestOperations({
      log,
      clock: time.clock,
      search: async (query) => void opened.push(query),
      llm: () => createFakeLlm({ replies: ['Use merge with both keys.'] }),
    });
    const lifecycle = createLifecycle({
      ...time,
      settings,
      log,
      onChange: policy.note,
      onFeedback: policy.learn,
    });
    await lifecycle.resume();
    return { log, policy, operations, lifecycle, shown, opened };
  }

  it('accept, reject, ignore and a missed need, each found again after a restart', async () => {
    const first = await start();
    const { lifecycle, operations, log } = first;

    await lifecycle.offer(
      offer('pandas merge index', { operation: { kind: 'chat', instruction: 'Explain merge.' } }),
    );
    await lifecycle.boundary('app-switch');
    const accepted = await lifecycle.answer(lifecycle.current()!.id, 'accept', { via: 'card' });
    await operations.run(accepted);
    expect(await log.answerOf(accepted.id)).toMatchObject({
      state: 'done',
      text: 'Use merge with both keys.',
    });

    await lifecycle.offer(offer('rust borrow checker'));
    await lifecycle.boundary('save');
    await lifecycle.answer(lifecycle.current()!.id, 'reject', { via: 'notification', reason: 'never-here' });

    await lifecycle.offer(offer('docker compose network'));
    await lifecycle.boundary('return');
    const { id } = lifecycle.current()!;
    await time.pass(45_000);
    await until('it is ignored', async () => (await log.suggestion(id))?.state === 'ignored');

    await log.feedback(missedNeed({ seen: [seen()], at: time.clock.now() }));
    const held = await lifecycle.offer(offer('git rebase conflict'));
    await end(first);

    const again = await start();
    expect(again.policy.suppressed('borrow checker rust')).toBe(true);
    expect(again.policy.muted('Editor')).toBe(true);
    expect(again.policy.suppressed('docker network compose')).toBe(true);
    expect(again.lifecycle.waiting()).toBe(1);
    await again.lifecycle.boundary('save');
    expect(again.lifecycle.current()?.id).toBe(held!.id);
    expect((await again.log.audits()).rows).toMatchObject([{ operation: 'chat', result: 'done' }]);
    const late = await again.lifecycle.answer(id, 'accept', { via: 'inbox' });
    await again.operations.run(late);
    expect(again.opened).toEqual(['docker compose network']);

    const out = join(folder, 'export');
    const manifest = await runExport({
      ...exportOptions(again.log, ['proactivebench']),
      out,
      consent: 'agreed',
    });
    const rows = readFileSync(join(out, 'reward_data.jsonl'), 'utf8').trimEnd().split('\n');
    expect(rows.map((row) => ProactiveBenchRow.parse(JSON.parse(row)).category)).toEqual([
      'Correct-Detection (CD)',
      'Missed-Need (MN)',
      'Correct-Detection (CD)',
    ]);
    expect(manifest.counts).toEqual({
      answers: 5,
      formats: { proactivebench: { rows: 3, leftOut: { ignored: 1, 'need-unknown': 1 } } },
    });
    await end(again);
  });
});
