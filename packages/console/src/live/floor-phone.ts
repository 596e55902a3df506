import type { FloorNode, LiveCall } from './documents.ts';
import { type PhoneState, phoneState } from './phone-state.ts';

/** A phone of the floor with its calls. Never changed: what happens to it makes a new one. */
export interface FloorPhone extends Omit<FloorNode, 'features'> {
  readonly doNotDisturb: boolean;
  /** Its extension, where its SIP URI tells one. */
  readonly number: string | null;
  readonly calls: readonly LiveCall[];
  readonly state: PhoneState;
}

/** Makes a phone of what the gateway told of it. */
export function floorPhone(
  { features, ...node }: FloorNode,
  calls: readonly LiveCall[],
  known: FloorPhone | undefined,
): FloorPhone {
  const told = features.find(({ feature }) => feature === 'DO_NOT_DISTURB');
  const doNotDisturb = told?.enabled ?? known?.doNotDisturb ?? false;
  return withState({ ...node, doNotDisturb, number: numberOf(node.sipUri, calls), calls });
}

/** The phone with something else about it. */
export function withState(phone: Omit<FloorPhone, 'state'>): FloorPhone {
  const number = phone.number ?? numberOf(phone.sipUri, phone.calls);
  return { ...phone, number, state: phoneState(phone) };
}

function numberOf(sipUri: string | null, calls: readonly LiveCall[]): string | null {
  const [, user] = /^sips?:([^@;]+)@/.exec(sipUri ?? '') ?? [];
  return user ?? calls[0]?.local.number ?? null;
}

/** Whether a phone is meant by what somebody typed: all of its words, anywhere. */
export function matches(phone: FloorPhone, search: string): boolean {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const parties = phone.calls.flatMap(({ remote }) => [remote.number, remote.displayName]);
  const text = [phone.name, phone.number, phone.vendor, phone.model, phone.address, ...phone.tags, ...parties]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
