/**
 * The page's CSP forbids `new Function`; zod would probe for it and the browser would report each probe. zod's settings live
 * in this one global, so that they are there before zod is fetched: what `config({ jitless: true })` of zod sets as well.
 */
const holder = globalThis as { __zod_globalConfig?: { jitless?: boolean } };
(holder.__zod_globalConfig ??= {}).jitless = true;
