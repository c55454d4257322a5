// Walks what built files import, as Node would resolve it, and prints it as JSON. Run by `walk`, in a Node of its own:
// resolving from another file's place needs a flag.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, extname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseSync } from 'vite';
import { node24 } from './setup.mjs';

/**
 * Every file that `entries` reach by `import`, `export from`, `import()` and `require` with a written name.
 * `missing` names what cannot be resolved, `optional` what cannot but stands in a `try` or behind a condition of CommonJS,
 * `hosts` the modules given by the host (Electron). Paths are real paths.
 */
export function walk(entries) {
  const done = spawnSync(
    node24(),
    ['--experimental-import-meta-resolve', '--no-warnings', fileURLToPath(import.meta.url), ...entries],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (done.status !== 0) throw new Error(`[graph] the walk failed: ${done.stderr}`);
  return JSON.parse(done.stdout);
}

/** The package folder a file belongs to, or null for files of the program itself: the folder after the last node_modules. */
export function packageOf(file) {
  const parts = file.split(sep);
  const at = parts.lastIndexOf('node_modules');
  if (at < 0) return null;
  return parts.slice(0, at + (parts[at + 1].startsWith('@') ? 3 : 2)).join(sep);
}

const HOSTS = new Set(['electron']);

function walkHere(entries) {
  const files = new Set();
  const missing = [];
  const optional = [];
  const hosts = new Set();
  const waiting = entries.map((entry) => realpathSync(entry));
  while (waiting.length > 0) {
    const file = waiting.pop();
    if (files.has(file)) continue;
    files.add(file);
    if (!/\.[cm]?js$/.test(file)) continue;
    for (const { name, kind, sure } of wishesOf(file)) {
      if (isBuiltin(name)) continue;
      if (HOSTS.has(name)) {
        hosts.add(name);
        continue;
      }
      const found = resolve(file, name, kind);
      if (found) waiting.push(found);
      else (sure ? missing : optional).push({ from: file, name });
    }
  }
  return { files: [...files].toSorted(), missing, optional, hosts: [...hosts] };
}

function resolve(file, name, kind) {
  try {
    const path =
      kind === 'require'
        ? createRequire(file).resolve(name)
        : fileURLToPath(import.meta.resolve(name, pathToFileURL(file).href));
    return existsSync(path) && statSync(path).isFile() ? realpathSync(path) : null;
  } catch {
    return null;
  }
}

/** What a file asks for. A `require` inside a function or a `try` may fail on purpose. */
function wishesOf(file) {
  const text = readFileSync(file, 'utf8');
  const wishes = [];
  const script = isScript(file);
  const { program, errors } = parseSync(file, text, { sourceType: script ? 'commonjs' : 'module' });
  if (errors.length > 0) throw new Error(`[graph] ${file} is no JavaScript: ${errors[0].message}`);
  const visit = (node, sure) => {
    if (Array.isArray(node)) return node.forEach((each) => visit(each, sure));
    if (!node || typeof node.type !== 'string') return;
    const inner =
      sure && !/^(TryStatement|IfStatement|ConditionalExpression|Function|ArrowFunction)/.test(node.type);
    const { source, callee } = node;
    if (/^(Import|ExportAll|ExportNamed)Declaration$/.test(node.type) && source)
      wishes.push({ name: source.value, kind: 'import', sure: true });
    else if (node.type === 'ImportExpression' && typeof source.value === 'string')
      wishes.push({ name: source.value, kind: 'import', sure: !script });
    else if (
      node.type === 'CallExpression' &&
      (callee.name === 'require' ||
        (callee.object?.name === 'require' && callee.property?.name === 'resolve')) &&
      typeof node.arguments[0]?.value === 'string'
    )
      wishes.push({ name: node.arguments[0].value, kind: 'require', sure: sure && script });
    for (const [key, value] of Object.entries(node)) {
      if (key !== 'type' && typeof value === 'object') visit(value, inner);
    }
  };
  visit(program.body, true);
  return wishes;
}

/** Whether Node reads a file as CommonJS. */
function isScript(file) {
  if (extname(file) === '.cjs') return true;
  if (extname(file) === '.mjs') return false;
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const about = join(folder, 'package.json');
    if (existsSync(about)) return JSON.parse(readFileSync(about, 'utf8')).type !== 'module';
  }
  return true;
}

if (import.meta.main) process.stdout.write(JSON.stringify(walkHere(process.argv.slice(2))));
