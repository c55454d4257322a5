import { expect, it } from 'vitest';
import { privacyReport } from '../../src/app/privacyReport.ts';
import { Settings } from '../../src/model/settings.ts';

const reportOf = (settings: object) =>
  privacyReport({
    settings: Settings.parse(settings),
    health: [],
    counts: null,
    since: null,
    watching: false,
    store: { place: 'log.db', encrypted: true, key: 'file' },
  });
const server = (on: boolean, tools: number) => ({
  name: 'notes',
  command: 'notes-mcp',
  on,
  tools: Array.from({ length: tools }, (_, n) => ({ name: `tool${n}`, sha256: 'a'.repeat(64) })),
});

it('by default nothing leaves, and all that lies beside the log is named', () => {
  const { leaves, listens, beside } = reportOf({});
  expect([leaves, listens]).toEqual([[], []]);
  for (const file of ['settings.json', 'learned.json', 'renames/']) {
    expect(beside.some((each) => each.startsWith(`${file}:`))).toBe(true);
  }
});

it('programs that are given something are ways out: tools that are allowed, and clients that may read', () => {
  expect(reportOf({ mcp: { servers: [server(true, 0)] } }).leaves).toEqual([]);
  expect(reportOf({ mcp: { servers: [server(false, 2)] } }).leaves).toEqual([]);
  const { leaves } = reportOf({ mcp: { servers: [server(true, 2)], serve: true } });
  expect(leaves).toHaveLength(2);
  expect(leaves[0]).toContain('“notes” (2 tools allowed)');
  expect(leaves[1]).toContain('MCP clients');
});
