/** Every regular expression of `src/privacy`: literals from the sources, built ones as their modules build them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** A regular expression and where it stands. */
export interface Pattern {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

const folder = join(import.meta.dirname, '../../src/privacy');

/** All of them, once each. */
export async function patterns(): Promise<readonly Pattern[]> {
  const found = new Map<string, Pattern>();
  const add = (file: string, source: string, flags: string): void => {
    found.set(`/${source}/${flags}`, { file, source, flags });
  };
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  for (const file of files) {
    const tree = ts.createSourceFile(file, readFileSync(join(folder, file), 'utf8'), ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node)) {
        const end = node.text.lastIndexOf('/');
        add(file, node.text.slice(1, end), node.text.slice(end + 1));
      }
      ts.forEachChild(node, visit);
    };
    visit(tree);
  }
  for (const each of await built(files)) add('built', each.source, each.flags);
  return [...found.values()];
}

/** What `new RegExp` makes while the modules are loaded. */
async function built(files: readonly string[]): Promise<readonly { source: string; flags: string }[]> {
  const made: { source: string; flags: string }[] = [];
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, args: [string, string?]) {
      const pattern = new target(...args);
      made.push({ source: pattern.source, flags: pattern.flags });
      return pattern;
    },
  });
  try {
    for (const file of files) await import(`${join(folder, file)}?patterns`);
  } finally {
    globalThis.RegExp = original;
  }
  return made;
}
