// Burns the fuses into the packaged Electron, before it is signed. electron-builder's own `electronFuses` knows eight of
// the nine, so the library is called; `strictlyRequireAllFuses` makes a tenth in a later Electron an error, not a default.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';

const wanted = JSON.parse(readFileSync(new URL('fuses.json', import.meta.url), 'utf8'));

/** The fuses as the library takes them; throws when build/fuses.json names one that is none. */
export function fuses() {
  const entries = Object.entries(wanted).map(([name, on]) => {
    const fuse = FuseV1Options[name[0].toUpperCase() + name.slice(1)];
    if (fuse === undefined)
      throw new Error(`[package] build/fuses.json names a fuse that Electron lacks: ${name}`);
    return [fuse, on];
  });
  return Object.fromEntries(entries);
}

/** electron-builder's hook: after the files were laid out, before signing. */
export default async function afterPack({ appOutDir, electronPlatformName, packager }) {
  const { productFilename } = packager.appInfo;
  const program = {
    darwin: `${productFilename}.app`,
    win32: `${productFilename}.exe`,
    linux: packager.executableName,
  }[electronPlatformName];
  await flipFuses(join(appOutDir, program), {
    version: FuseVersion.V1,
    strictlyRequireAllFuses: true,
    // An Apple processor runs nothing unsigned; the real signature, where there is one, comes after.
    resetAdHocDarwinSignature: electronPlatformName === 'darwin',
    ...fuses(),
  });
}
