import type { AllowedTool } from '../../model/mcp.ts';
import { Operation } from '../../model/proposal.ts';
import type { PromptFile } from '../prompt.ts';

/** Most tools that a model chooses from: each is a line of its prompt. */
const MOST = 12;
/** Most optional arguments that it may give. */
const OPTIONAL = 4;
/** Longest text of an argument, in characters. */
const TEXT = '[^"\\\\\\x00-\\x1F\\x7F]{1,160}';
const TOOL_NAME = /^[\w.:/-]{1,64}$/;
const ARGUMENT_NAME = /^[\w-]{1,48}$/;
/** What an enum may hold to be a choice of the grammar. */
const CHOICE = /^[\w .:/+-]{1,64}$/;

/** A tool with the arguments that a model may fill: plain values alone. */
interface Fillable {
  readonly tool: AllowedTool;
  /** `mcp SERVER TOOL`, as a reply names it. */
  readonly name: string;
  readonly must: readonly Argument[];
  readonly may: readonly Argument[];
}
interface Argument {
  readonly name: string;
  /** GBNF of its value. */
  readonly value: string;
}

/**
 * Those tools that a model can be bound to: every argument they must have is a text, a number, a yes or no, or one of a few
 * words. Names alone enter the prompt. What a tool says of itself is for people, in Settings: it never talks to the model.
 */
export function fillable(tools: readonly AllowedTool[]): readonly Fillable[] {
  return tools.flatMap((tool) => read(tool) ?? []).slice(0, MOST);
}

function read(tool: AllowedTool): Fillable | null {
  if (!TOOL_NAME.test(tool.tool)) return null;
  const properties = objectOf(tool.schema['properties']);
  const required = Array.isArray(tool.schema['required']) ? tool.schema['required'].map(String) : [];
  const argument = (name: string): Argument | null => {
    const value = valueOf(objectOf(Object.hasOwn(properties, name) ? properties[name] : undefined));
    return value !== null && ARGUMENT_NAME.test(name) ? { name, value } : null;
  };
  const must: Argument[] = [];
  for (const name of required) {
    const found = argument(name);
    if (!found) return null;
    must.push(found);
  }
  const may = Object.keys(properties)
    .filter((name) => !required.includes(name))
    .flatMap((name) => argument(name) ?? [])
    .slice(0, OPTIONAL);
  return { tool, name: `mcp ${tool.server} ${tool.tool}`, must, may };
}

function valueOf(schema: Readonly<Record<string, unknown>>): string | null {
  const choices = schema['enum'];
  if (Array.isArray(choices)) {
    const words = choices.filter((each) => typeof each === 'string' && CHOICE.test(each)).slice(0, 32);
    return words.length > 0 ? `( ${words.map((each) => literal(`"${String(each)}"`)).join(' | ')} )` : null;
  }
  switch (schema['type']) {
    case 'string':
      return `"\\"" ${TEXT} "\\""`;
    case 'integer':
      return '"-"? [0-9]{1,9}';
    case 'number':
      return '"-"? [0-9]{1,9} ( "." [0-9]{1,6} )?';
    case 'boolean':
      return '( "true" | "false" )';
    default:
      return null;
  }
}

/** Grammar rules of `tool`, what may stand behind `"operation":"`: a name of the list and its own arguments, nothing else. */
export function toolRules(tools: readonly Fillable[]): readonly string[] {
  return [
    `tool ::= ${tools.map((_, n) => `tool${n}`).join(' | ')}`,
    ...tools.map(({ name, must, may }, n) => {
      const pair = (each: Argument) => `${literal(`"${each.name}":`)} ${each.value}`;
      const first = must.map(pair).join(' "," ');
      // Without one that must be there, only one of the others: a comma in front of nothing is no JSON.
      const rest =
        must.length > 0
          ? may.map((each) => `( "," ${pair(each)} )?`).join(' ')
          : may.length > 0
            ? `( ${may.map(pair).join(' | ')} )?`
            : '';
      return `tool${n} ::= ${[literal(`${name}","arguments":{`), first, rest, '"}}"'].filter(Boolean).join(' ')}`;
    }),
  ];
}

/** The prompt with the names of the tools at its unchanging front. */
export function withTools(prompt: PromptFile, tools: readonly Fillable[]): PromptFile {
  const lines = tools.map(({ name, must, may }) => {
    const given = [...must.map((each) => each.name), ...may.map((each) => `${each.name}?`)];
    return `- ${name} {${given.join(', ')}}`;
  });
  return {
    ...prompt,
    version: `${prompt.version}+tools`.slice(0, 64),
    system: `${prompt.system}\nThe operation may also be one of these tools, with arguments in place of argument:\n${lines.join('\n')}`,
  };
}

/** The operation that a reply names, or undefined where it is none of the tools or its arguments do not fit the schema. */
export async function toolOperation(
  tools: readonly Fillable[],
  named: string,
  given: Readonly<Record<string, unknown>>,
): Promise<Operation | undefined> {
  const found = tools.find(({ name }) => name === named.trim());
  if (!found || !(await found.tool.takes(given))) return undefined;
  const { server, tool } = found.tool;
  return Operation.safeParse({ kind: 'mcp', server, tool, arguments: given }).data;
}

/** A text as a GBNF literal. */
function literal(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
