import { fileURLToPath } from 'node:url';
import ts from 'typescript';

/** A kind of argument that a text takes, with two values of it that every text should tell apart. */
export interface Parameter {
  readonly name: string;
  readonly values: readonly [unknown, unknown];
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The English catalogues: the window's, and the words that every surface shares under `spoken`. */
const CATALOGUES = { '': 'renderer/strings/en.ts', spoken: 'src/model/spoken/en.ts' };

/** The arguments of every English text that is a function, by its path: read from the types. */
export function parametersOf(): ReadonlyMap<string, readonly Parameter[]> {
  const files = Object.entries(CATALOGUES).map(([under, file]) => [under, ROOT + file] as const);
  const program = ts.createProgram(
    files.map(([, file]) => file),
    {
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ES2024,
      lib: ['lib.es2024.d.ts', 'lib.dom.d.ts'],
      types: [],
    },
  );
  const checker = program.getTypeChecker();
  const found = new Map<string, readonly Parameter[]>();

  const walk = (type: ts.Type, path: string) => {
    const [call] = type.getCallSignatures();
    if (call) {
      found.set(
        path,
        call.parameters.map((parameter, at) => ({
          name: parameter.name,
          values: valuesOf(
            checker,
            checker.getNonNullableType(checker.getTypeOfSymbol(parameter)),
            `${path}(${parameter.name})`,
            at,
          ),
        })),
      );
      return;
    }
    if (type.flags & ts.TypeFlags.StringLike || checker.isArrayLikeType(type)) return;
    for (const property of checker.getPropertiesOfType(type))
      walk(checker.getTypeOfSymbol(property), path ? `${path}.${property.name}` : property.name);
  };
  for (const [under, file] of files) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const exported = module && checker.getExportsOfModule(module).find((each) => each.name === 'en');
    if (!exported) throw new Error(`${file} exports no en`);
    walk(checker.getTypeOfSymbol(exported), under);
  }
  return found;
}

/** Two values of a type; `at` keeps the values of several arguments apart. */
function valuesOf(checker: ts.TypeChecker, type: ts.Type, where: string, at: number): [unknown, unknown] {
  const words = checker.typeToString(type);
  if (type.isUnion() && type.types.every((each) => each.isStringLiteral() || each.isNumberLiteral())) {
    const [first, second] = type.types.map((each) => (each as ts.LiteralType).value);
    return [first, second ?? first];
  }
  switch (words) {
    case 'string':
      return [`‹word${at}›`, `‹other${at}›`];
    case 'number':
      return [1234 + 1111 * at, 1235 + 1111 * at];
    case 'boolean':
      return [true, false];
    case 'Date':
      return [new Date(2026, 10, 24, 15, 42), new Date(2026, 10, 23, 9, 7)];
    case 'readonly string[]':
      return [
        [`‹one${at}›`, `‹two${at}›`],
        [`‹one${at}›`, `‹three${at}›`],
      ];
    case 'readonly number[]':
      return [
        [1234, 2345, 3456],
        [1235, 2346, 3457],
      ];
    default:
      throw new Error(`${where}: no test knows what to give for ${words}; teach catalogueTypes.ts`);
  }
}
