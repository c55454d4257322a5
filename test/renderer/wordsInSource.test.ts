import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const RENDERER = fileURLToPath(new URL('../../renderer', import.meta.url));

/** Attributes, of elements and of our own parts, whose text a person sees or hears. */
const SPOKEN = new Set(
  'aria-label aria-description aria-valuetext aria-roledescription aria-placeholder title placeholder alt label hint aside text words unit heading caption name summary'.split(
    ' ',
  ),
);
/** Of these elements `name` is a technical name, and no text. */
const NAMED = new Set(['input', 'Section', 'select', 'textarea', 'meta']);

/** Signs that are no words: names of units, and keys as they are printed. */
const SIGN = /^[\s\d%()/,.:;·×→–−+…"'“”|-]*(?:s|ms|min|h|kB|MB|GB|kWh|Wh|J|K|Esc|Enter|tok)?[\s%()/,.:;·-]*$/;

/** A key of the keyboard, as it is printed on it. */
const KEY = /^\s*[A-Z]\s*$/;

/** What in a file is said to a person and does not come from the catalogue. */
function wordsIn(file: string, code: string): string[] {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.ES2024, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const note = (node: ts.Node, text: string) => {
    if (SIGN.test(text) || KEY.test(text) || !/\p{L}/u.test(text)) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push(`${file}:${line + 1}: ${text.trim()}`);
  };
  /** The literals that an expression may come to be. */
  const literals = (node: ts.Expression): void => {
    if (ts.isStringLiteralLike(node)) note(node, node.text);
    else if (ts.isTemplateExpression(node)) {
      note(node, node.head.text);
      for (const { expression, literal } of node.templateSpans) {
        literals(expression);
        note(node, literal.text);
      }
    } else if (ts.isConditionalExpression(node)) {
      literals(node.whenTrue);
      literals(node.whenFalse);
    } else if (ts.isParenthesizedExpression(node)) literals(node.expression);
    else if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      const joins = kind === ts.SyntaxKind.PlusToken;
      const either = kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken;
      if (joins || either) literals(node.left);
      if (joins || either || kind === ts.SyntaxKind.AmpersandAmpersandToken) literals(node.right);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node, node.text);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && node.expression)
      literals(node.expression);
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText(source)) && node.initializer) {
      const element = node.parent.parent.tagName.getText(source);
      if (!(node.name.getText(source) === 'name' && NAMED.has(element))) {
        if (ts.isStringLiteral(node.initializer)) note(node, node.initializer.text);
        else if (ts.isJsxExpression(node.initializer) && node.initializer.expression)
          literals(node.initializer.expression);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Where a formatter is made or called with a language of its own choosing, in place of the one in force. */
const OWN_LANGUAGE = /toLocale\w*String\(|new Intl\.\w+\(\s*['"[]|\.toFixed\(/;

const sources = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, code: readFileSync(`${RENDERER}/${name}`, 'utf8') }));

it('every text that a person sees or hears comes from the catalogue', () => {
  const drawn = sources.filter(({ name }) => name.endsWith('.tsx'));
  expect(drawn.length).toBeGreaterThan(60);
  expect(drawn.flatMap(({ name, code }) => wordsIn(name, code))).toEqual([]);
});

it('numbers and times are written in the language in force, by strings/counting.ts and ui/format.ts', () => {
  const own = sources.filter(({ name, code }) => !name.startsWith('strings') && OWN_LANGUAGE.test(code));
  expect(own.map(({ name }) => name)).toEqual([]);
});

it('no module keeps a text of the catalogue: the language may change while it runs', () => {
  const kept = sources
    .filter(({ name }) => !name.startsWith('strings'))
    .flatMap(({ name, code }) => {
      const source = ts.createSourceFile(name, code, ts.ScriptTarget.ES2024, true, ts.ScriptKind.TSX);
      return source.statements
        .filter(ts.isVariableStatement)
        .flatMap(({ declarationList }) => [...declarationList.declarations])
        .filter(({ initializer }) => initializer && readsNow(initializer))
        .map((each) => `${name}: ${each.name.getText(source)}`);
    });
  expect(kept).toEqual([]);
});

/** Whether an expression reads `strings` when it is evaluated, and not in a function that is called later. */
function readsNow(node: ts.Node): boolean {
  if (ts.isFunctionLike(node)) return false;
  // The names of the texts are the same in every language.
  if (ts.isCallExpression(node) && node.expression.getText() === 'Object.keys') return false;
  if (ts.isIdentifier(node) && node.text === 'strings') return true;
  return ts.forEachChild(node, readsNow) ?? false;
}

it('sees a text wherever it can stand', () => {
  const code = `export const A = ({ b, n }) => <p title="Hello there" className="mt-2">
    Some words {b ? 'Yes, please' : strings.no} {n && 'Oh no'} {\`\${n} seconds left\`} {n} s
    <B aria-label={b ?? 'Nothing'} label={\`\${n} %\`} name={'x' + 'Other words'} /></p>;`;
  expect(wordsIn('a.tsx', code).map((each) => each.replace(/^.*?: /, ''))).toEqual([
    'Hello there',
    'Some words',
    'Yes, please',
    'Oh no',
    'seconds left',
    'Nothing',
    'x',
    'Other words',
  ]);
});
