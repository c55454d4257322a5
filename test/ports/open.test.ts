import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOpenPort, searchAddress } from '../../src/ports/open.ts';

describe('the address of a search', () => {
  it.each([
    ['plain words', 'https://duckduckgo.com/?q=plain%20words'],
    ['a&b=c#d?e', 'https://duckduckgo.com/?q=a%26b%3Dc%23d%3Fe'],
    ['$(rm -rf ~); `id` | cat', 'https://duckduckgo.com/?q=%24(rm%20-rf%20~)%3B%20%60id%60%20%7C%20cat'],
    ['--help', 'https://duckduckgo.com/?q=--help'],
    ['javascript:alert(1)', 'https://duckduckgo.com/?q=javascript%3Aalert(1)'],
    [' two\nlines\0 \u202Eback ', 'https://duckduckgo.com/?q=two%20lines%20back'],
    ['größe 😀', 'https://duckduckgo.com/?q=gr%C3%B6%C3%9Fe%20%F0%9F%98%80'],
  ])('holds %j as data', (query, address) => {
    expect(searchAddress(query)).toBe(address);
  });

  it('is never longer than a browser takes, and never broken inside a character', () => {
    expect(decodeURIComponent(new URL(searchAddress('😀'.repeat(5000))).search).length).toBeLessThan(420);
    expect(() => searchAddress(`a${'😀'.repeat(300)}`)).not.toThrow();
  });

  it('refuses emptiness and an engine that is not https', () => {
    expect(() => searchAddress(' \n')).toThrow('nothing to search');
    expect(() => searchAddress('x', 'http://duckduckgo.com/?q=')).toThrow('only an https address');
    expect(() => searchAddress('.evil.example', 'https://duckduckgo.com')).toThrow('only an https address');
    expect(() => searchAddress('x', 'https://user@duckduckgo.com/?q=')).toThrow('only an https address');
  });
});

describe('opening a search', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'open-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const opener = (script: string) => {
    writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'xdg-open'), 0o700);
    return createOpenPort({ platform: 'linux', env: { PATH: folder, SEEN: join(folder, 'seen') } });
  };

  it('gives the opener one argument', async () => {
    await opener('echo "$#" "$1" > "$SEEN"').search('"; touch x; echo "');
    expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe(
      '1 https://duckduckgo.com/?q=%22%3B%20touch%20x%3B%20echo%20%22\n',
    );
  });

  it.each([
    ['is missing', null],
    ['finds no browser', 'exit 3'],
  ])('says so without the query when the opener %s', async (_, script) => {
    const port = script ? opener(script) : createOpenPort({ platform: 'linux', env: { PATH: folder } });
    const error = await port.search('very private words').catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'missing-program' });
    expect(`${error.message}${error.stack}${JSON.stringify(error)}${String(error.cause)}`).not.toContain(
      'private',
    );
  });

  it('gives the opener a file by its whole path as one argument, and says without it when nothing opens it', async () => {
    const path = join(folder, 'a b; $(touch x) "c".pdf');
    await opener('echo "$#" "$1" > "$SEEN"').open(path);
    expect(readFileSync(join(folder, 'seen'), 'utf8')).toBe(`1 ${path}\n`);
    const error = await opener('exit 4')
      .open(path)
      .catch((thrown) => thrown);
    expect(error).toMatchObject({ code: 'missing-program' });
    expect(error.message).not.toContain('touch');
    await expect(opener('exit 0').open('-version')).rejects.toMatchObject({ code: 'refused' });
  });

  it('does not wait for a browser in the foreground', async () => {
    const started = performance.now();
    await opener('exec /bin/sleep 12').search('words');
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
