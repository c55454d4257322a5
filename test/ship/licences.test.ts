import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bundled, isAllowed, thirdParties, thirdPartyPage } from '../../scripts/licences.mjs';
import { billOfMaterials } from '../../scripts/sbom.mjs';

const read = (name: string) => readFileSync(fileURLToPath(new URL(`../../${name}`, import.meta.url)), 'utf8');

describe('licences', () => {
  it('stand in THIRD-PARTY.md as they are: after a change of packages run `npm run licences`', () => {
    // A text of half a megabyte is no difference to read; its first differing line is.
    const [now, there] = [thirdPartyPage().split('\n'), read('THIRD-PARTY.md').split('\n')];
    const at = now.findIndex((line, n) => line !== there[n]);
    expect(at < 0 ? null : [now[at], there[at]]).toBeNull();
    expect(there.length).toBe(now.length);
  });

  it('name everything that is bundled into the page, though only development installs it', async () => {
    const named = new Set(thirdParties().map((each) => each.name));
    const inside = [...(await bundled())].map((each) => each.split('node_modules/').at(-1) ?? '');
    expect(inside).toEqual(expect.arrayContaining(['react', 'react-dom', 'zustand', 'lucide-react']));
    expect(inside.filter((each) => !named.has(each))).toEqual([]);
    for (const name of ['vite', 'vitest', 'electron-builder']) expect(named).not.toContain(name);
  });

  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0-only)', true],
    ['(AFL-2.1 OR BSD-3-Clause)', true],
    ['MIT AND Apache-2.0', true],
    ['MIT AND GPL-3.0-only', false],
    ['GPL-3.0-only', false],
    ['AGPL-3.0', false],
    ['unknown', false],
    ['SEE LICENSE IN LICENSE', false],
    ['UNLICENSED', false],
    ['', false],
  ])('%s: %s', (expression, allowed) => expect(isAllowed(expression)).toBe(allowed));
});

describe('the bill of materials', () => {
  it('is CycloneDX, names each package once, and has the hash of each', () => {
    const serial = '3e671687-395b-41f5-a30f-a58921a69b79';
    const bill = billOfMaterials({ serial, time: '2026-11-24T00:00:00.000Z' });
    expect(bill).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      serialNumber: `urn:uuid:${serial}`,
      components: expect.arrayContaining([expect.objectContaining({ name: 'electron', type: 'framework' })]),
    });
    const urls = bill.components.map((each) => each.purl);
    expect(new Set(urls).size).toBe(urls.length);
    expect(urls.every((each) => /^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d[\w.+-]*$/.test(each))).toBe(true);
    expect(
      bill.components.filter((each) => !/^[0-9a-f]{128}$/.test(each.hashes?.[0]?.content ?? '')),
    ).toEqual([]);
    expect(JSON.stringify(bill)).not.toMatch(/https?:|\/home\/|\/root\/|resolved/);
  });
});
