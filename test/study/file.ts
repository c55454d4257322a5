import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The example of the guide, as a plain value. */
export function guideFile(): Record<string, unknown> {
  const file = fileURLToPath(new URL('../../docs/guide/study.example.json', import.meta.url));
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
}

/** The same without a model, so that nothing has to be fetched; its arms then differ in who may propose. */
export function exampleFile(): Record<string, unknown> {
  const of = [
    { id: 'gate-on', gate: 'on' },
    { id: 'gate-off', gate: 'off', proposers: 'patterns' },
  ];
  return {
    ...guideFile(),
    frozen: { model: { alias: 'none', sha256: null } },
    arms: { by: 'day', seed: 'gate-2026-a', of },
  };
}
