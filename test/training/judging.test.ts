import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { createJudgeWording, readJudgePrompt } from '../../src/reward/judgePrompt.ts';
import { root } from '../desktop/core.ts';
import { needs, program } from '../needs.ts';

const SAY = `
import json, sys
from pathlib import Path
from recipes.data.source import read_conversations
print(json.dumps([each.messages() for each in read_conversations(Path(sys.argv[1]), "reward")]))
`;

needs(['training'], 'the words a reward model is trained on', () => {
  it('are those that the judge uses: for offers, silences, long lines and other scripts', async () => {
    const events = [
      'The user  reads\n a page.',
      `The user types ${'x'.repeat(500)}`,
      'The user opens これ “ß”.',
    ];
    const rows = [
      { task: 'Look it up', valid: true, category: 'Correct-Detection (CD)' },
      { task: `Sort ${'y'.repeat(500)}`, valid: false, category: 'False-Alarm (FA)' },
      { task: null, valid: true, category: 'Correct-Rejection (CR)' },
      { task: null, valid: false, category: 'Missed-Need (MN)' },
    ];
    const folder = mkdtempSync(join(tmpdir(), 'beforehand-judging-'));
    const file = join(folder, 'reward.jsonl');
    const obs = events.map((event, at) => ({ time: `${at}.0`, event }));
    const lines = rows.map(({ task, valid, category }) =>
      JSON.stringify({
        obs,
        pred_task: task,
        valid,
        help_needed: true,
        annotation: [valid],
        category,
      }),
    );
    writeFileSync(file, `${lines.join('\n')}\n`);
    const { stdout } = await execa(program('training')!, ['-c', SAY, file], {
      env: { PYTHONPATH: join(root, 'training') },
    });
    rmSync(folder, { recursive: true, force: true });

    const wording = createJudgeWording(
      readJudgePrompt(join(root, 'src', 'assets', 'prompts', 'judge-1.json')),
    );
    const seen = events.map((event) => ({ event }));
    expect(JSON.parse(stdout)).toEqual(
      rows.map(({ task, valid }) => {
        const { system, user } = wording.prompt(seen, task === null ? null : { task });
        return [
          { role: 'system', content: system },
          { role: 'user', content: user },
          { role: 'assistant', content: wording.reply(valid) },
        ];
      }),
    );
  });
});
