import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian's fonts-dejavu-core puts its files. */
const FONTS = '/usr/share/fonts/truetype/dejavu';

/**
 * One family and one way to draw it, whatever else is installed: grey edges, no hinting, no subpixels. What a desktop
 * adds by itself would make every machine's picture another one.
 */
const FONTCONFIG = (cache: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${FONTS}</dir>
  <cachedir>${cache}</cachedir>
  <match target="pattern">
    <test name="family" compare="eq"><string>monospace</string></test>
    <edit name="family" mode="assign" binding="strong"><string>DejaVu Sans Mono</string></edit>
  </match>
  <match target="pattern">
    <test name="family" compare="not_eq"><string>DejaVu Sans Mono</string></test>
    <edit name="family" mode="assign" binding="strong"><string>DejaVu Sans</string></edit>
  </match>
  <match target="font">
    <edit name="antialias" mode="assign"><bool>true</bool></edit>
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="autohint" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
    <edit name="rgba" mode="assign"><const>none</const></edit>
    <edit name="lcdfilter" mode="assign"><const>lcdnone</const></edit>
  </match>
</fontconfig>
`;

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-lcd-text',
  '--disable-font-subpixel-positioning',
  '--font-render-hinting=none',
  '--force-color-profile=srgb',
];

/** A headless Chromium that draws the same picture on every Debian. */
export async function openDrawing(): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'beforehand-fonts-'));
  const file = join(folder, 'fonts.conf');
  writeFileSync(file, FONTCONFIG(join(folder, 'cache')));
  const browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: ARGS,
    headless: true,
    env: { ...(process.env as Record<string, string>), FONTCONFIG_FILE: file, LANG: 'en_US.UTF-8' },
  });
  browser.on('disconnected', () => rmSync(folder, { recursive: true, force: true }));
  return browser;
}
