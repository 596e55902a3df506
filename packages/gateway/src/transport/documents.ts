import { randomBytes } from 'node:crypto';
import type { DocumentPublisher } from '@hookswitch/core';

/** A document that waits to be fetched. */
export interface PublishedDocument {
  readonly mediaType: string;
  readonly body: string;
  readonly expiresAt: number;
}

interface Shelved extends PublishedDocument {
  readonly onFetch?: (from: string) => Promise<boolean>;
}

/** Documents at unguessable, short-lived addresses: what phones pull, and provisioning files. */
export interface DocumentShelf {
  publish(
    document: { readonly mediaType: string; readonly body: string },
    lifetimeMs: number,
  ): { readonly url: string; readonly expiresAt: number };
  /**
   * A document for one fetch. `onFetch` is told the address that asks, and says whether it gets the document: if not, the
   * document waits on.
   */
  publishOnce(
    document: { readonly mediaType: string; readonly body: string },
    onFetch: (from: string) => Promise<boolean>,
  ): { readonly url: string; readonly expiresAt: number };
  /** Whether a token is that of a document that is not over. */
  has(token: string): boolean;
  /** @returns null for an address that never was or is over, and for a document for one fetch. */
  fetch(token: string): PublishedDocument | null;
  /** The same for whoever asks over the network. */
  answer(token: string, from: string): Promise<PublishedDocument | null>;
  /** For drivers. */
  readonly publisher: DocumentPublisher;
}

/** Long enough for a phone that is slow to fetch, too short to be of use to somebody else. */
const PULL_LIFETIME_MS = 60_000;
/** More would mean that something publishes without end: the oldest go. */
const MAX_DOCUMENTS = 10_000;

/** @param baseUrl the gateway's address as phones see it, without a slash at the end. */
export function createDocumentShelf(baseUrl: () => string, now: () => number): DocumentShelf {
  const documents = new Map<string, Shelved>();
  const add = (document: Omit<Shelved, 'expiresAt'>, lifetimeMs: number) => {
    for (const [token, { expiresAt }] of documents) {
      if (expiresAt <= now() || documents.size >= MAX_DOCUMENTS) documents.delete(token);
    }
    const token = randomBytes(16).toString('base64url');
    const expiresAt = now() + lifetimeMs;
    documents.set(token, { ...document, expiresAt });
    return { url: `${baseUrl()}/d/${token}`, expiresAt };
  };
  const find = (token: string): Shelved | null => {
    const document = documents.get(token);
    return document !== undefined && document.expiresAt > now() ? document : null;
  };
  const shelf: DocumentShelf = {
    publish: ({ mediaType, body }, lifetimeMs) => add({ mediaType, body }, lifetimeMs),
    publishOnce: ({ mediaType, body }, onFetch) => add({ mediaType, body, onFetch }, PULL_LIFETIME_MS),
    has: (token) => find(token) !== null,
    fetch(token) {
      const document = find(token);
      return document?.onFetch === undefined ? document : null;
    },
    async answer(token, from) {
      const document = find(token);
      if (document?.onFetch === undefined) return document;
      // Gone at once: of two that ask at the same moment one gets it.
      documents.delete(token);
      if (await document.onFetch(from)) return document;
      documents.set(token, document);
      return null;
    },
    publisher: {
      publish: (document) => Promise.resolve({ url: shelf.publish(document, PULL_LIFETIME_MS).url }),
    },
  };
  return shelf;
}
