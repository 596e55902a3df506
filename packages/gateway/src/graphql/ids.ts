import { RequestError } from '../application.ts';

/** What an id can name: the object types that implement `Node`, and what is listed apart: API keys and what onboarding has. */
const NODE_TYPES = [
  'Phone',
  'Driver',
  'Call',
  'CallEvent',
  'FeatureEvent',
  'RegistrationEvent',
  'UserEvent',
  'DeviceEvent',
  'OtherEvent',
  'Command',
  'CommandBatch',
  'ApiKey',
  'OnboardingLink',
  'UnknownDevice',
] as const;
/** One of those. */
export type NodeType = (typeof NODE_TYPES)[number];

/** An id taken apart. */
export interface NodeId {
  readonly type: NodeType;
  /** The gateway's own id. */
  readonly raw: string;
}

const types: ReadonlySet<string> = new Set(NODE_TYPES);

/** The opaque id that clients see: type and raw id, as Relay's servers write it. */
export function encodeId(type: NodeType, raw: string): string {
  return Buffer.from(`${type}:${raw}`, 'utf8').toString('base64url');
}

/** Reads an id that {@link encodeId} wrote. Throws NOT_FOUND for anything else: it never named anything. */
export function decodeId(id: string): NodeId {
  const text = Buffer.from(id, 'base64url').toString('utf8');
  const colon = text.indexOf(':');
  const type = text.slice(0, colon);
  const raw = text.slice(colon + 1);
  if (colon < 0 || raw === '' || !isNodeType(type) || encodeId(type, raw) !== id) throw notFound(id);
  return { type, raw };
}

/** The raw id of something of that type. Throws NOT_FOUND where the id is of another type, or none. */
export function rawIdOf(type: NodeType, id: string): string {
  const decoded = decodeId(id);
  if (decoded.type !== type) throw notFound(id, type);
  return decoded.raw;
}

/** The error for an id that never named anything, or nothing of that type. */
export function notFound(id: string, type?: NodeType): RequestError {
  const shown = id.length > 100 ? `${id.slice(0, 100)}…` : id;
  return new RequestError('NOT_FOUND', `No ${type ?? 'node'} has the id "${shown}".`);
}

/**
 * What the gateway's own records refer to, which is always there. Throws where it is not: a fault of the gateway's, and
 * masked as one.
 */
export function found<Record>(record: Record | null, type: NodeType, raw: string): Record {
  if (record === null) throw new Error(`${type} ${raw} is referred to and not there.`);
  return record;
}

function isNodeType(text: string): text is NodeType {
  return types.has(text);
}
