import type { Credentials } from './credentials.ts';
import { failureOfErrors, type GraphqlError, type Outcome, type RequestFailure, requestFailure } from './failure.ts';
import { type Operation, payloadOf } from './operation.ts';
import type { Answer } from './transport/transport.ts';

/** What requests are made with. */
export interface HttpOptions {
  readonly endpoint: URL;
  readonly credentials: Credentials;
  readonly persisted: boolean;
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
}

/** One try, of which the gateway may have heard or not. */
export type Post = <Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  signal: AbortSignal,
) => Promise<Outcome<Result, RequestFailure>>;

/** Statuses of proxies in front of a gateway that is not there. */
const GATEWAY_AWAY: readonly number[] = [502, 503, 504];
const UNAUTHORIZED = 401;

/** Operations by HTTP POST. A refused token is asked for anew once. Nothing is thrown. */
export function createPost(options: HttpOptions): Post {
  return async <Result, Variables>(
    operation: Operation<Result, Variables>,
    variables: Variables,
    signal: AbortSignal,
  ): Promise<Outcome<Result, RequestFailure>> => {
    const { persisted, credentials, timeoutMs } = options;
    const body = JSON.stringify(payloadOf(operation, { variables, persisted }));
    const within = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const once = async (): Promise<Response | RequestFailure> => send(options, body, within);
    try {
      let response = await once();
      if ('status' in response && response.status === UNAUTHORIZED && credentials.refuse()) {
        await response.body?.cancel();
        response = await once();
      }
      return 'status' in response ? await read<Result>(response) : { ok: false, failure: response };
    } catch (error) {
      if (signal.aborted) return { ok: false, failure: requestFailure('ABORTED', 'The request was given up.') };
      const reason = within.aborted ? `no reply within ${timeoutMs} ms` : reasonOf(error);
      return { ok: false, failure: unreachable(options.endpoint, reason) };
    }
  };
}

/** Sends one request. Rejects where there is no response. */
async function send(
  { endpoint, credentials, fetch }: HttpOptions,
  body: string,
  signal: AbortSignal,
): Promise<Response | RequestFailure> {
  const authorization = await credentials.authorization().catch((error: Error) => error);
  if (authorization instanceof Error) {
    return requestFailure('TOKEN_UNAVAILABLE', `The token could not be had: ${authorization.message}`);
  }
  return await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json, application/json',
      ...(authorization === null ? {} : { authorization }),
    },
    body,
    signal,
  });
}

async function read<Result>(response: Response): Promise<Outcome<Result, RequestFailure>> {
  const text = await response.text();
  const answer = parseAnswer<Result>(text);
  if (answer === null) {
    const what = `HTTP ${response.status} from ${response.url}`;
    if (GATEWAY_AWAY.includes(response.status)) return { ok: false, failure: unreachable(response.url, what) };
    const message = `${what} is no answer of a Hookswitch gateway: check the address.`;
    return { ok: false, failure: requestFailure('UNREADABLE_ANSWER', message) };
  }
  const { data, errors } = answer;
  if (errors !== undefined && errors.length > 0) return { ok: false, failure: failureOfErrors(errors) };
  if (data == null) return { ok: false, failure: requestFailure('UNREADABLE_ANSWER', 'The answer holds no data.') };
  return { ok: true, value: data };
}

/** An answer in JSON; null: it is none. */
export function parseAnswer<Result>(text: string): Answer<Result> | null {
  try {
    const read: unknown = JSON.parse(text);
    return isAnswer<Result>(read) ? read : null;
  } catch {
    return null;
  }
}

function isAnswer<Result>(read: unknown): read is Answer<Result> {
  if (typeof read !== 'object' || read === null) return false;
  const errors: unknown = 'errors' in read ? read.errors : undefined;
  return 'data' in read || (Array.isArray(errors) && errors.every(isError));
}

function isError(error: unknown): error is GraphqlError {
  return typeof error === 'object' && error !== null && 'message' in error;
}

/** The failure of a gateway that was not reached. */
function unreachable(where: URL | string, reason: string): RequestFailure {
  const { origin } = new URL(where);
  const message = `${origin} could not be reached (${reason}): check that the gateway runs there.`;
  return requestFailure('GATEWAY_UNREACHABLE', message);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message;
}
