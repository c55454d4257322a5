import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { NAMESPACE, packetsOf, soak } from '../bench/soak.ts';
import { needs } from '../needs.ts';
import { buildPage } from '../ui/browser.ts';
import { until } from '../until.ts';

// The short form of `npm run bench:soak`.
needs(['Xvfb', 'openbox', 'xdotool', 'xclip', 'xterm', 'chromium', 'strace', 'ip'], 'nothing leaves', () => {
  it('without a window: no call beyond this machine, no name looked up, no internet socket bound', async () => {
    const report = await soak({ seconds: 6, host: 'headless', by: 'strace' });
    // Whole values: an empty object inside toMatchObject would be met by any.
    const { leaving, routes, bound, model } = report;
    expect({ leaving, routes, bound, model }).toEqual({ leaving: {}, routes: {}, bound: [], model: 'ready' });
    expect(report.events).toBeGreaterThan(5);
    expect(Object.values(report.sources)).toEqual(Array(5).fill('healthy'));
  });

  it('with its browser window: not one packet into a network that leads nowhere, and all sources work', async () => {
    buildPage();
    const report = await soak({ seconds: 6, host: 'browser', by: 'namespace' });
    expect(report).toMatchObject({ packets: 0 });
    expect(report.events).toBeGreaterThan(5);
  });

  it('would have been seen: the same counter counts a packet that is sent', async () => {
    const send = `require('node:dgram').createSocket('udp4').send('x', 9, '192.0.2.1'); setTimeout(() => {}, 20000)`;
    const [command, ...before] = NAMESPACE;
    const child = spawn(command!, [...before, process.execPath, '-e', send], { stdio: 'ignore' });
    try {
      await until('a packet', () => {
        try {
          return packetsOf(child.pid!) === 1;
        } catch {
          return false;
        }
      });
    } finally {
      child.kill('SIGKILL');
    }
  });
});
