import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';

/** A tool as a server described it, within our bounds. */
export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly sha256: string;
}

/** Longest description and schema that are looked at, in characters of JSON. A tool with more is left out. */
const LONGEST = 65_536;
/** The keys that are an object's own machinery in JavaScript. */
const MACHINERY = new Set(['__proto__', 'constructor', 'prototype']);

/** A tool with its fingerprint, or null for one that is too large to be read. */
export function toolOf(given: {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: unknown;
}): Tool | null {
  const { name, description = '', inputSchema } = given;
  const said = canonical([name, description, inputSchema]);
  if (name.length < 1 || name.length > 128 || said.length > LONGEST) return null;
  return {
    name,
    description,
    schema: inputSchema as Tool['schema'],
    sha256: createHash('sha256').update(said).digest('hex'),
  };
}

/** JSON with sorted keys, so that a server that only reorders its answer has not changed. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join(',')}}`;
}

/** Names of a tool's arguments: those it must have first, then the rest in its own order; at most 64. */
export function argumentsOf(schema: Tool['schema']): string[] {
  const known = Object.keys(record(schema['properties']));
  const must = requiredOf(schema).filter((name) => known.includes(name));
  return [...new Set([...must, ...known])].slice(0, 64).map((name) => name.slice(0, 128));
}

/** Names that the schema requires. */
function requiredOf(schema: Tool['schema']): readonly string[] {
  const { required } = schema;
  return Array.isArray(required) ? required.filter((each): each is string => typeof each === 'string') : [];
}

/** A value as an object, empty where it is none. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

/** Largest set of arguments, in characters of JSON: it has to be read on a card. */
const ARGUMENTS_MOST = 4000;
/** What hides, or turns the direction of writing: a preview with these would not be what is executed. */
const HIDDEN = /[^\P{C}\n\t]/u;

/**
 * Whether a tool takes these arguments, by its own schema and stricter: no name that it did not declare, nothing that a
 * preview cannot show, no more than 4,000 characters. Throws `refused` with what is wrong. Patterns of the schema are left
 * to the server, since a hostile one can make a regular expression run for ever.
 */
export async function checkArguments(schema: Tool['schema'], given: unknown): Promise<void> {
  const text = JSON.stringify(given);
  if (text.length > ARGUMENTS_MOST) throw refuse(`are longer than ${ARGUMENTS_MOST} characters`);
  for (const each of textsOf(given)) {
    if (HIDDEN.test(each)) throw refuse('hold signs that cannot be shown');
    if (MACHINERY.has(each)) throw refuse(`hold the name ${each}`);
  }
  const known = record(schema['properties']);
  const strange = Object.keys(record(given)).find((name) => !Object.hasOwn(known, name));
  if (strange !== undefined) throw refuse(`name “${strange}”, which the tool does not have`);
  const { AjvJsonSchemaValidator } = await import('@modelcontextprotocol/sdk/validation/ajv');
  let verdict: { readonly valid: boolean; readonly errorMessage?: string | undefined };
  try {
    const validate = new AjvJsonSchemaValidator().getValidator(checked(schema) as never);
    verdict = validate(given);
  } catch {
    throw refuse('cannot be checked, since the tool’s schema cannot be read');
  }
  if (!verdict.valid) {
    throw refuse(`do not fit the tool’s schema (${(verdict.errorMessage ?? '').slice(0, 200)})`);
  }
}

function refuse(why: string): AppError {
  return new AppError('refused', `[mcp] the arguments ${why}; nothing was called`);
}

/** Every text in a value, names of members too. */
function* textsOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const each of value) yield* textsOf(each);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) {
      yield name;
      yield* textsOf(each);
    }
  }
}

/** The schema without what names other documents and without regular expressions. */
function checked(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(checked);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(
        ([name, value]) =>
          !((name === '$schema' || name === '$id' || name === 'pattern') && typeof value === 'string') &&
          name !== 'patternProperties',
      )
      .map(([name, value]) => [name, checked(value)]),
  );
}
