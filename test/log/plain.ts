import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCipher } from '../../src/log/cipher.ts';

/** Every page of the database without its encryption, free pages and slack included. The copy is gone afterwards. */
export function plainPages(file: string, key: string): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-plain-'));
  try {
    const copy = join(folder, 'plain.db');
    copyFileSync(file, copy);
    // What was not written back yet.
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    const db = openCipher(copy, key);
    db.pragma('journal_mode=DELETE');
    db.pragma("rekey=''");
    db.close();
    return readFileSync(copy);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
