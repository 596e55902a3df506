import { hash as digest } from 'node:crypto';
import { codedError } from './errors.ts';

/** What of a request says which document is meant. */
export interface DocumentChoice {
  readonly query?: unknown;
  /** The id of a document of the operator's. */
  readonly documentId?: unknown;
  /** `persistedQuery`: automatic persisted queries, by the SHA-256 of the text. */
  readonly extensions?: unknown;
}

/** Finds the text of the document that a request means. */
export interface PersistedDocuments {
  /**
   * @returns the text; what the request holds as `query` where it names no document, whatever that is
   * @throws GraphQLError PERSISTED_QUERY_NOT_FOUND, PERSISTED_QUERY_ONLY or BAD_REQUEST
   */
  textOf(choice: DocumentChoice): unknown;
}

/** What they are made of. */
export interface PersistedOptions {
  /** Documents of the operator's by their id. */
  readonly documents: ReadonlyMap<string, string>;
  /** Nothing else is run. */
  readonly only: boolean;
}

/** So many texts that clients brought are kept, the oldest go first. */
const KEPT = 1_000;
const LONGEST_KEPT = 20_000;

/** {@link PersistedDocuments}: those of the operator, and unless they are the only ones those that clients bring. */
export function createPersistedDocuments(
  { documents, only }: PersistedOptions = { documents: new Map(), only: false },
): PersistedDocuments {
  const brought = new Map<string, string>();
  const byHash = (hash: string, query: unknown): string => {
    const text = documents.get(hash) ?? brought.get(hash);
    if (text !== undefined) return text;
    // Clients know this message by heart, and send the text then.
    if (typeof query !== 'string' || query === '') {
      throw codedError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    }
    if (only) throw onlyPersisted();
    if (digest('sha256', query, 'hex') !== hash) {
      throw codedError('BAD_REQUEST', 'persistedQuery: the hash is not that of the query.');
    }
    if (query.length <= LONGEST_KEPT) brought.set(hash, query);
    const [oldest] = brought.keys();
    if (brought.size > KEPT && oldest !== undefined) brought.delete(oldest);
    return query;
  };
  return {
    textOf({ query, documentId, extensions }) {
      if (documentId !== undefined && documentId !== null) {
        const text = typeof documentId === 'string' ? documents.get(documentId) : undefined;
        if (text === undefined) throw codedError('PERSISTED_QUERY_NOT_FOUND', 'No document has this documentId.');
        return text;
      }
      const hash = hashIn(extensions);
      if (hash !== null) return byHash(hash, query);
      if (only) throw onlyPersisted();
      return query;
    },
  };
}

function onlyPersisted() {
  return codedError('PERSISTED_QUERY_ONLY', 'Only persisted operations are run here.');
}

function hashIn(extensions: unknown): string | null {
  const persisted = memberOf(extensions, 'persistedQuery');
  const hash = memberOf(persisted, 'sha256Hash');
  return typeof hash === 'string' ? hash.toLowerCase() : null;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
