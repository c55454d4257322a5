import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractAll, getRawHeader, listPackage } from '@electron/asar';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A file of the archive. */
export interface Packed {
  /** Path with slashes, from the top of the archive. */
  readonly path: string;
  readonly bytes: number;
  /** Whether it lies beside the archive, as code does that the system loads. */
  readonly unpacked: boolean;
}

/** What the system loads or runs. */
export const NATIVE = /\.(?:node|so|dylib|dll|exe)$|\.so\.[\d.]+$|\/active-win\/main$/;

type Node = {
  readonly files?: Readonly<Record<string, Node>>;
  readonly size?: number;
  readonly unpacked?: boolean;
};

/** Lays a package out with `npm run package:dir` and reads its archive. Takes some 10 s on a quiet machine. */
export function layOut() {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  const done = spawnSync(process.execPath, [join(root, 'scripts/package.mjs'), '--dir', folder], {
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(done.stderr);
  const resources = join(folder, 'linux-unpacked', 'resources');
  const archive = join(resources, 'app.asar');
  const files: Packed[] = [];
  const visit = (node: Node, path: string) => {
    for (const [name, each] of Object.entries(node.files ?? {})) {
      const inner = path === '' ? name : `${path}/${name}`;
      if (each.files) visit(each, inner);
      else files.push({ path: inner, bytes: each.size ?? 0, unpacked: each.unpacked === true });
    }
  };
  visit(getRawHeader(archive).header as Node, '');
  return {
    folder,
    archive,
    unpacked: `${archive}.unpacked`,
    files,
    listed: listPackage(archive, { isPack: false }),
    /**
     * The archive as plain files in a folder that lies in no checkout. Native code in it is a link to what lies beside the
     * archive, as Electron redirects it, so that it is loaded from there or not at all.
     */
    extract() {
      const app = join(folder, 'app');
      extractAll(archive, app);
      for (const { path, unpacked } of files) {
        if (!unpacked || !NATIVE.test(path)) continue;
        rmSync(join(app, path));
        symlinkSync(join(`${archive}.unpacked`, path), join(app, path));
      }
      return app;
    },
    read: (path: string) => readFileSync(join(folder, 'linux-unpacked', path), 'utf8'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What `layOut` gives. */
export type Package = ReturnType<typeof layOut>;
