import { config } from 'zod';

/** The page's CSP forbids `new Function`; zod would probe for it and the browser would report each probe. */
config({ jitless: true });
