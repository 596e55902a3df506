import { randomBytes } from 'node:crypto';
import type { DocumentPublisher } from '@hookswitch/core';

/** A document that waits to be fetched. */
export interface PublishedDocument {
  readonly mediaType: string;
  readonly body: string;
  readonly expiresAt: number;
}

/** Documents at unguessable, short-lived addresses: what phones pull, and provisioning files. */
export interface DocumentShelf {
  publish(
    document: { readonly mediaType: string; readonly body: string },
    lifetimeMs: number,
  ): { readonly url: string; readonly expiresAt: number };
  /** @returns null for an address that never was or is over. */
  fetch(token: string): PublishedDocument | null;
  /** For drivers. */
  readonly publisher: DocumentPublisher;
}

/** Long enough for a phone that is slow to fetch, too short to be of use to somebody else. */
const PULL_LIFETIME_MS = 60_000;
/** More would mean that something publishes without end: the oldest go. */
const MAX_DOCUMENTS = 10_000;

/** @param baseUrl the gateway's address as phones see it, without a slash at the end. */
export function createDocumentShelf(baseUrl: () => string, now: () => number): DocumentShelf {
  const documents = new Map<string, PublishedDocument>();
  const shelf: DocumentShelf = {
    publish({ mediaType, body }, lifetimeMs) {
      for (const [token, { expiresAt }] of documents) {
        if (expiresAt <= now() || documents.size >= MAX_DOCUMENTS) documents.delete(token);
      }
      const token = randomBytes(16).toString('base64url');
      const expiresAt = now() + lifetimeMs;
      documents.set(token, { mediaType, body, expiresAt });
      return { url: `${baseUrl()}/d/${token}`, expiresAt };
    },
    fetch(token) {
      const document = documents.get(token);
      return document !== undefined && document.expiresAt > now() ? document : null;
    },
    publisher: {
      publish: (document) => Promise.resolve({ url: shelf.publish(document, PULL_LIFETIME_MS).url }),
    },
  };
  return shelf;
}
