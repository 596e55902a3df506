export { StoreError, type StoreErrorCode } from './errors.ts';
export { openSqliteStore, type SqliteStore, type SqliteStoreOptions } from './open.ts';
