// An import, not a read beside this file: the bundled core lies elsewhere and takes the number along.
import about from '../package.json' with { type: 'json' };

/** The version in package.json. */
export const version: string = about.version;
