import type { RecordedRequest, VirtualReply } from '@hookswitch/driver-kit/virtual';
import type { SnomParts } from '../parts.ts';
import type { Query } from './query.ts';

/** A request with its query read. */
export interface PageRequest {
  readonly request: RecordedRequest;
  readonly query: Query;
}

/** What a page does and answers. */
export type PageHandler = (parts: SnomParts, request: PageRequest) => VirtualReply | Promise<VirtualReply>;
