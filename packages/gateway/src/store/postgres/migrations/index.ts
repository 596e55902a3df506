import type { Migration } from '../migrate.ts';
import { initial } from './0001-initial.ts';

/** The steps of the schema, in order. */
export const MIGRATIONS: readonly Migration[] = [initial];
