import { type EventVariable, isRecord, recordsOf, type ToldRecord } from '@hookswitch/core';
import { XMLParser } from 'fast-xml-parser';
import { elementsIn } from './xml.ts';

/** A telephony notification: the name of its element and what it says, the event's own values before those of its call. */
export interface Notification {
  readonly name: string;
  readonly values: readonly EventVariable[];
}

// Lenient: names of people come with a bare & in them, and the guide's own samples are not well-formed.
const parser = new XMLParser({
  ...{ ignoreAttributes: false, attributeNamePrefix: '', ignoreDeclaration: true },
  ...{ parseTagValue: false, parseAttributeValue: false },
});

/**
 * Reads `<PolycomIPPhone><CallStateChangeEvent CallReference="…" CallState="…">…`; the guide of 5.0.0 shows events without the
 * element around them. Of several lines and calls only the call that the event is about is told.
 * @returns null where it is none
 */
export function readNotification(body: string): Notification | null {
  const root = elementsIn(body, parser);
  const inside = isRecord(root['PolycomIPPhone']) ? root['PolycomIPPhone'] : root;
  for (const [name, event] of Object.entries(inside)) {
    if (!/^[A-Z]\w{0,60}Event$/.test(name) || !isRecord(event)) continue;
    const own = leavesOf(event);
    const reference = own.find((leaf) => leaf.name === 'CallReference')?.value;
    const names = new Set(own.map((leaf) => leaf.name));
    return { name, values: [...own, ...callOf(event, reference).filter((leaf) => !names.has(leaf.name))] };
  }
  return null;
}

/** The texts of an element, attributes among them. */
function leavesOf(element: ToldRecord): readonly EventVariable[] {
  return Object.entries(element).flatMap(([name, value]) =>
    typeof value === 'string' && name !== '#text' ? [{ name, value: value.trim() }] : [],
  );
}

function callOf(event: ToldRecord, reference: string | undefined): readonly EventVariable[] {
  const calls = recordsOf(event['CallLineInfo']).flatMap((line) =>
    recordsOf(line['CallInfo']).map((call) => [...leavesOf(call), ...leavesOf(line)]),
  );
  const own = calls.find((call) => call.some(({ name, value }) => name === 'CallReference' && value === reference));
  return own ?? (calls.length === 1 ? calls.flat() : []);
}
