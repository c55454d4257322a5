/** secretlint alone and redact-pii alone, as redactors. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import type { Redactor } from '../privacy/corpus/measure.ts';

/** Not a dependency of ours: it brings 120 packages, a cloud client among them. */
const REDACT_PII = 'redact-pii@3.4.0';

/** Both, by name. redact-pii is installed into a temporary folder; without a network it is left out. */
export async function peers(): Promise<Record<string, Redactor>> {
  const pii = await redactPii();
  return { secretlint, ...(pii && { 'redact-pii': pii }) };
}

const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] };

const secretlint: Redactor = async (content) => {
  const source = { content, filePath: 'a.txt', ext: '.txt', contentType: 'text' as const };
  const { messages } = await lintSource({ source, options: { config } });
  let out = '';
  let from = 0;
  for (const { range } of messages.toSorted((a, b) => a.range[0] - b.range[0])) {
    if (range[1] <= from) continue;
    out += `${content.slice(from, Math.max(from, range[0]))}[TOKEN_1]`;
    from = range[1];
  }
  return out + content.slice(from);
};

async function redactPii(): Promise<Redactor | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-peers-'));
  try {
    execFileSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder, REDACT_PII],
      {
        stdio: 'ignore',
        timeout: 180_000,
      },
    );
    const { SyncRedactor } = createRequire(join(folder, 'package.json'))('redact-pii') as {
      SyncRedactor: new (options: { globalReplaceWith: string }) => { redact(text: string): string };
    };
    const redactor = new SyncRedactor({ globalReplaceWith: '[TOKEN_1]' });
    return (text) => redactor.redact(text);
  } catch (error) {
    console.error(`redact-pii is left out: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  }
}
