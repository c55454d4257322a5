/** Where a packaged program starts: each file is the first of its process or thread. */
export const ENTRIES: readonly string[];
/** The configuration of electron-builder for one system; `release` with what a release adds. */
export function configuration(options: {
  readonly release: boolean;
  readonly platform?: NodeJS.Platform;
  readonly arch?: string;
}): {
  readonly files: readonly string[];
  readonly publish?: { readonly provider: string; readonly url: string } | null;
  readonly [name: string]: unknown;
};
