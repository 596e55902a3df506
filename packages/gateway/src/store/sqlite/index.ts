export { openSqliteStore, type SqliteStore } from './open.ts';
