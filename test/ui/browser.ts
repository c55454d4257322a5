import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { FakeCore } from './fakeCore.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless Chromium of the system. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS, headless: true });
}

/** Builds the page once for a test run; BEFOREHAND_PAGE=built trusts what is there. */
export function buildPage(): void {
  if (process.env['BEFOREHAND_PAGE'] === 'built' && existsSync(`${ROOT}/out/renderer/index.html`)) return;
  const vite = createRequire(import.meta.url)
    .resolve('vite/package.json')
    .replace('package.json', 'bin/vite.js');
  const run = spawnSync(
    process.execPath,
    [vite, 'build', '--config', 'renderer/vite.config.ts', '--logLevel', 'warn'],
    // vitest sets NODE_ENV to test, which would bundle React's development build.
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } },
  );
  if (run.status !== 0) throw new Error(`the page does not build: ${run.stderr}`);
}

/** A window on the fake core, and everything its console complained about. */
export interface Window {
  readonly page: Page;
  readonly complaints: string[];
  close(): Promise<void>;
}

/** Opens the page through its one-time link. */
export async function openWindow(
  browser: Browser,
  core: FakeCore,
  options: {
    readonly dark?: boolean;
    readonly width?: number;
    readonly height?: number;
    readonly token?: string;
    readonly hash?: string;
  } = {},
): Promise<Window> {
  const context = await browser.newContext({
    colorScheme: options.dark ? 'dark' : 'light',
    viewport: { width: options.width ?? 1120, height: options.height ?? 860 },
    permissions: ['clipboard-read', 'clipboard-write'],
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${core.address}#token=${options.token ?? core.token}`);
  return { page, complaints, close: () => context.close() };
}
