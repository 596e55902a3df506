import { fileURLToPath } from 'node:url';

/** The root of the repository, without a trailing separator. */
export const ROOT = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/, '');

/** Where the pages are. */
export const DOCS = fileURLToPath(new URL('../../../docs', import.meta.url));
