import type { GraphqlContext } from './context.ts';
import { decodeId, encodeId, type NodeId, type NodeType, notFound } from './ids.ts';
import { EVENT_REFS, type NodeRecord, NodeRef } from './refs.ts';

NodeRef.implement({
  fields: (t) => ({ id: t.id({ resolve: (record) => encodeId(nodeTypeOf(record), rawIdOfRecord(record)) }) }),
  resolveType: (record) => nodeTypeOf(record),
});

/** The type of a record, told by a field that only records of that type have. */
export function nodeTypeOf(record: NodeRecord): NodeType {
  if ('sequence' in record) return eventTypeName(record.event.type);
  if ('contractVersion' in record) return 'Driver';
  if ('endInferred' in record) return 'Call';
  if ('arguments' in record) return 'Command';
  return 'total' in record ? 'CommandBatch' : 'Phone';
}

function eventTypeName(type: keyof typeof EVENT_REFS): NodeType {
  return EVENT_REFS[type].name as NodeType;
}

function rawIdOfRecord(record: NodeRecord): string {
  if ('sequence' in record) return String(record.sequence);
  return 'contractVersion' in record ? record.vendor : record.id;
}

/** What an id names. Throws NOT_FOUND for one that never named anything. */
export async function readNode(id: string, context: GraphqlContext): Promise<NodeRecord> {
  const nodeId = decodeId(id);
  const record = await readRecord(nodeId, context);
  if (record === null || nodeTypeOf(record) !== nodeId.type) throw notFound(id, nodeId.type);
  return record;
}

function readRecord({ type, raw }: NodeId, { application }: GraphqlContext) {
  switch (type) {
    case 'Phone':
      return application.phones.get(raw);
    case 'Driver':
      return application.drivers.get(raw);
    case 'Call':
      return application.calls.get(raw);
    case 'Command':
      return application.commands.get(raw);
    case 'CommandBatch':
      return application.commands.batch(raw);
    case 'ApiKey':
    case 'OnboardingLink':
    case 'UnknownDevice':
      return null;
    default:
      return application.events.get(sequenceOf(raw));
  }
}

// What is no place in the log is looked for where no event is.
function sequenceOf(raw: string): number {
  const sequence = Number(raw);
  return /^[1-9]\d*$/.test(raw) && Number.isSafeInteger(sequence) ? sequence : 0;
}
