import { assertNever } from '../errors.ts';
import type { Operation } from './proposal.ts';

/** What accepting does, in the words of its arguments alone: what the card previews, the audit log keeps and a prompt shows. */
export function operationText(operation: Operation): string {
  switch (operation.kind) {
    case 'search':
      return operation.query;
    case 'chat':
      return operation.instruction;
    case 'read':
    case 'open':
      return operation.file.name;
    case 'rename':
      return operation.files.map(({ file, to }) => `${file.name} → ${to}`).join('\n');
    case 'remind':
      return `in ${operation.minutes} min: ${operation.text}`;
    case 'mcp':
      return `${operation.server} ${operation.tool} ${JSON.stringify(operation.arguments)}`;
    default:
      return assertNever(operation, 'operation');
  }
}
