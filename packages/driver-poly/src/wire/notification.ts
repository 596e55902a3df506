import type { EventVariable } from '@hookswitch/core';
import { XMLParser } from 'fast-xml-parser';
import { isRecord, recordsOf } from './reply.ts';

/** A telephony notification: the name of its element and what it says, the event's own values before those of its call. */
export interface Notification {
  readonly name: string;
  readonly values: readonly EventVariable[];
}

// Lenient: names of people come with a bare & in them, and the guide's own samples are not well-formed.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
});

type Element = Readonly<Record<string, unknown>>;

/**
 * Reads `<PolycomIPPhone><CallStateChangeEvent CallReference="…" CallState="…">…`; the guide of 5.0.0 shows events without the
 * element around them. Of several lines and calls only the call that the event is about is told.
 * @returns null where it is none
 */
export function readNotification(body: string): Notification | null {
  const root = parsed(body);
  if (root === null) return null;
  const inside = isRecord(root['PolycomIPPhone']) ? root['PolycomIPPhone'] : root;
  const found = Object.entries(inside).find((entry): entry is [string, Element] => {
    const [name, value] = entry;
    return /^[A-Z]\w{0,60}Event$/.test(name) && isRecord(value);
  });
  if (found === undefined) return null;
  const [name, event] = found;
  const own = leavesOf(event);
  const call = callOf(event, own.find((leaf) => leaf.name === 'CallReference')?.value);
  const names = new Set(own.map((leaf) => leaf.name));
  return { name, values: [...own, ...call.filter((leaf) => !names.has(leaf.name))] };
}

function parsed(body: string): Element | null {
  if (/<!DOCTYPE/i.test(body)) return null;
  try {
    const root: unknown = parser.parse(body);
    return isRecord(root) ? root : null;
  } catch {
    return null;
  }
}

/** The texts of an element, attributes among them. */
function leavesOf(element: Element): readonly EventVariable[] {
  return Object.entries(element).flatMap(([name, value]) =>
    typeof value === 'string' && name !== '#text' ? [{ name, value: value.trim() }] : [],
  );
}

function callOf(event: Element, reference: string | undefined): readonly EventVariable[] {
  const calls = recordsOf(event['CallLineInfo']).flatMap((line) =>
    recordsOf(line['CallInfo']).map((call) => [...leavesOf(call), ...leavesOf(line)]),
  );
  const own = calls.find((call) => call.some(({ name, value }) => name === 'CallReference' && value === reference));
  return own ?? (calls.length === 1 ? (calls[0] ?? []) : []);
}
