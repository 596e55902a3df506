import type { HttpRequest } from '@hookswitch/core';
import { encodeValue } from './encoding.ts';

/** How a phone's Action URI is reached. */
export interface ActionUriAccess {
  readonly path: string;
  /** Whether the login stands in the URL, before `key`: administrator guide V80. */
  readonly loginForm: boolean;
}

const LOGIN = 'p=login&q=login&username={username}&pwd={password}&jumpto=URI&';

function request(access: ActionUriAccess, parameters: string): HttpRequest {
  const target = `${access.path}?${access.loginForm ? LOGIN : ''}${parameters}`;
  return { method: 'GET', target, ...(access.loginForm ? { credentialsInTarget: true } : {}) };
}

/**
 * `GET /servlet?key=K1;K2`: `key` first, `=` and `;` raw, no trailing `&`. The keys come as {@link pressed},
 * {@link dialed} and their like made them: encoded.
 */
export function keyRequest(access: ActionUriAccess, keys: readonly string[]): HttpRequest {
  return request(access, `key=${keys.join(';')}`);
}

/** A key by its name: `OK`, `*`, `POUND`. */
export function pressed(name: string): string {
  return encodeValue(name);
}

/** `number=1234&outgoing_uri=1006@10.3.5.199`; the account may be left out, as clients do. */
export function dialed(number: string, outgoingUri: string | undefined): string {
  const account = outgoingUri === undefined ? '' : `&outgoing_uri=${encodeValue(outgoingUri)}`;
  return `number=${encodeValue(number)}${account}`;
}

/** `ATrans=xxx` (attended or semi-attended), `BTrans=xxx` (blind). */
export function transferred(verb: 'ATrans' | 'BTrans', to: string): string {
  return `${verb}=${encodeValue(to)}`;
}

/** `ASW:33093`: a key that names its call by the `$call_id` of an action URL (guides from V81 on). */
export function addressed(verb: 'ASW' | 'CANCEL' | 'HOLD' | 'UNHOLD', callId: string): string {
  return `${verb}:${encodeValue(callId)}`;
}

/** `AlwaysFwdOn=xxx`, `NoAnswFwdOn=xxx=24` (seconds), `BusyFwdOff`. */
export function forwarded(verb: 'AlwaysFwd' | 'BusyFwd' | 'NoAnswFwd', to: string | null, seconds?: number): string {
  if (to === null) return `${verb}Off`;
  return `${verb}On=${encodeValue(to)}${seconds === undefined ? '' : `=${seconds}`}`;
}

/** What `phonecfg=get` is asked for: registration, DND, forwarding. Status and firmware always come. */
export interface PhonecfgSelectors {
  readonly accounts: boolean;
  readonly dnd: boolean;
  readonly forwarding: boolean;
  /** `[&accounts=1]`, brackets included, as the guide's example writes it; clients leave them out. */
  readonly brackets: boolean;
}

/** `GET /servlet?phonecfg=get&accounts=1&dnd=1&fw=1`. */
export function phonecfgRequest(access: ActionUriAccess, selectors: PhonecfgSelectors): HttpRequest {
  const wanted: readonly (readonly [string, boolean])[] = [
    ['accounts', selectors.accounts],
    ['dnd', selectors.dnd],
    ['fw', selectors.forwarding],
  ];
  const parts = wanted.map(([name, on]) => {
    const part = `&${name}=${on ? 1 : 0}`;
    return selectors.brackets ? `[${part}]` : part;
  });
  return { ...request(access, `phonecfg=get${parts.join('')}`), readOnly: true, rehearsal: REHEARSED_PHONECFG };
}

const REHEARSED_PHONECFG = { status: 200, body: '[Status]\nFirmwareVersion=66.86.0.15\n' };
