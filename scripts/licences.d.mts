/** One package that may be handed on. */
export interface ThirdParty {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  readonly texts: readonly string[];
  /** Whether it is made for some systems only. */
  readonly elsewhere: boolean;
}
/** Whether an SPDX expression can be met by the allowed licences alone. */
export function isAllowed(expression: string): boolean;
/** Package folders whose code Vite puts into the page. */
export function bundled(): Promise<ReadonlySet<string>>;
/** Every package that may be handed on, sorted by name and version. */
export function thirdParties(): readonly ThirdParty[];
/** The text of THIRD-PARTY.md; throws naming every package whose licence is not allowed. */
export function thirdPartyPage(): string;
