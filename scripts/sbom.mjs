// `npm run sbom -- FILE`: the bill of materials of a release as CycloneDX 1.5 JSON: everything of THIRD-PARTY.md, each with
// the hash of the package that was installed, and Electron. (`npm sbom` knows nothing of what is bundled into the page.)
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { thirdParties } from './licences.mjs';
import { die, root } from './setup.mjs';

const json = (...path) => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

/** Package URL of an npm package (purl specification: the scope's at sign is encoded). */
const purl = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

/** The bill of materials as an object; `serial` and `time` (ISO) are given, so that the rest is the same each time. */
export function billOfMaterials({ serial, time }) {
  const { name, version, license } = json('package.json');
  const electron = json('node_modules', 'electron', 'package.json');
  const { packages } = json('package-lock.json');
  const hashes = new Map(
    Object.entries(packages).map(([folder, about]) => [
      `${about.name ?? folder.slice(folder.lastIndexOf('node_modules/') + 13)}@${about.version}`,
      about.integrity,
    ]),
  );
  const component = (each) => {
    const [kind, digest] = (hashes.get(`${each.name}@${each.version}`) ?? '').split('-');
    return {
      type: 'library',
      'bom-ref': purl(each.name, each.version),
      name: each.name,
      version: each.version,
      licenses: [
        / (?:OR|AND) /.test(each.licence) ? { expression: each.licence } : { license: { id: each.licence } },
      ],
      purl: purl(each.name, each.version),
      ...(kind === 'sha512' && {
        hashes: [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }],
      }),
    };
  };
  const framework = {
    ...component({ name: 'electron', version: electron.version, licence: 'MIT' }),
    type: 'framework',
  };
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${serial}`,
    version: 1,
    metadata: {
      timestamp: time,
      component: {
        type: 'application',
        'bom-ref': `${name}@${version}`,
        name,
        version,
        licenses: [{ license: { id: license } }],
      },
    },
    components: [framework, ...thirdParties().map((each) => component(each))],
  };
}

if (import.meta.main) {
  const [file, ...rest] = process.argv.slice(2);
  if (!file || rest.length > 0) die('npm run sbom -- FILE', 2);
  const bill = billOfMaterials({ serial: randomUUID(), time: new Date().toISOString() });
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
}
