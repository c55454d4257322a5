import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { openLog } from '../../src/log/open.ts';
import { systemClock } from '../../src/model/ports.ts';
import { randomFrom } from './damage.ts';
import { noKeyring, ownPaths } from './folder.ts';
import { plainPages } from './plain.ts';

const child = fileURLToPath(new URL('forgetKillChild.ts', import.meta.url));

it('has forgotten all or nothing of an app when it is killed in the middle, beside other writers', async () => {
  const paths = ownPaths();
  const random = randomFrom(11);
  let acknowledged = 0;
  for (let round = 0; round < 8; round++) {
    const run = spawn(process.execPath, [child, dirname(paths.log)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    run.stdout.on('data', (chunk) => {
      if (!out.includes('forgetting') && String(chunk).includes('forgetting')) {
        // Later rounds wait longer, so that on a busy machine too some of them get as far as an acknowledgement.
        setTimeout(() => run.kill('SIGKILL'), random() * 60 * (1 + round));
      }
      out += String(chunk);
    });
    await new Promise((resolve) => run.once('close', resolve));
    acknowledged += out.split('\n').filter((line) => line === 'kept').length;
    const { log, note } = await openLog({ paths, clock: systemClock, keyring: noKeyring });
    expect(note).toBeUndefined();
    expect(await log.check()).toBe('ok');
    const left = (await log.observations({ app: 'Bank', limit: 1000 })).rows.length;
    expect([0, 400]).toContain(left);
    expect((await log.observations({ text: 'kept', limit: 1000 })).rows.length).toBeGreaterThanOrEqual(
      acknowledged,
    );
    // What was said to be forgotten is; a forget that was cut short is asked again.
    if (out.includes('forgotten')) expect(left).toBe(0);
    await log.forget({ app: 'Bank' });
    await log.close();
    const key = readFileSync(paths.keyFile, 'utf8').trim();
    expect(plainPages(paths.log, key).includes('qzjx')).toBe(false);
  }
  expect(acknowledged).toBeGreaterThan(0);
}, 120_000);
