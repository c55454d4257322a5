/** A wish that could not be met: the file that has it, and the module's name. */
export interface Wish {
  readonly from: string;
  readonly name: string;
}
/** Every file that `entries` reach, by real path. */
export function walk(entries: readonly string[]): {
  readonly files: readonly string[];
  readonly missing: readonly Wish[];
  readonly optional: readonly Wish[];
  readonly hosts: readonly string[];
};
/** The package folder a file belongs to, or null for the program itself. */
export function packageOf(file: string): string | null;
