/** The subprotocol, as it stands in `Sec-WebSocket-Protocol`. */
export const GRAPHQL_TRANSPORT_WS = 'graphql-transport-ws';

/** With what a socket is closed, as the protocol has it. */
export const CLOSE = {
  badRequest: 4400,
  unauthorized: 4401,
  forbidden: 4403,
  subprotocolNotAcceptable: 4406,
  initialisationTimeout: 4408,
  subscriberAlreadyExists: 4409,
  /** A second `connection_init`; also where too many keys were refused: clients do not connect again at once. */
  tooManyRequests: 4429,
  internalError: 4500,
} as const;

type Fields = Readonly<Record<string, unknown>>;

/** What is to be run. */
export interface SubscribePayload {
  /** Empty where a document is named. */
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Fields | null | undefined;
  readonly extensions?: Fields | null | undefined;
  readonly documentId?: unknown;
}

/** What a client may say. */
export type ClientMessage =
  | { readonly type: 'connection_init' | 'ping' | 'pong'; readonly payload?: Fields | null | undefined }
  | { readonly type: 'subscribe'; readonly id: string; readonly payload: SubscribePayload }
  | { readonly type: 'complete'; readonly id: string };

/** @returns null where it is no message of a client's */
export function readMessage(text: string): ClientMessage | null {
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return null;
  }
  return isFields(message) && isClientMessage(message) ? message : null;
}

function isClientMessage(message: Fields): message is Fields & ClientMessage {
  const { id, payload } = message;
  switch (message['type']) {
    case 'connection_init':
    case 'ping':
    case 'pong':
      return isAbsent(payload) || isFields(payload);
    case 'subscribe':
      return isId(id) && isFields(payload) && isSubscribePayload(payload);
    case 'complete':
      return isId(id);
    default:
      return false;
  }
}

function isSubscribePayload({ query, operationName, variables, extensions }: Fields): boolean {
  const isNamed = isAbsent(operationName) || typeof operationName === 'string';
  return (
    typeof query === 'string' && isNamed && [variables, extensions].every((some) => isAbsent(some) || isFields(some))
  );
}

function isId(id: unknown): boolean {
  return typeof id === 'string' && id !== '';
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
