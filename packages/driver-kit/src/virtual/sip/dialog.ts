import { parameterOf, sipTargetOf, uriIn } from './address.ts';
import type { SipClient, SipThread } from './client.ts';
import { headerOf, headersOf, type SipRequestMessage } from './message.ts';
import { T1_MS } from './server-transactions.ts';
import type { ReceivedSipResponse, SipContentToSend, VirtualSipDialog } from './types.ts';

/** What names a dialog at this end: its Call-ID, the own tag, the other's. */
export const dialogKey = (callId: string, ownTag: string, otherTag: string): string =>
  [callId, ownTag, otherTag].join(' ');

/** The dialog that a request claims to be within; `undefined` without a tag in To. */
export const claimedDialog = (request: SipRequestMessage): string | undefined => {
  const own = parameterOf(headerOf(request, 'to'), 'tag');
  if (own === undefined) return undefined;
  return dialogKey(headerOf(request, 'call-id'), own, parameterOf(headerOf(request, 'from'), 'tag') ?? '');
};

/** A dialog as the called side has it (RFC 3261 section 12.1.1). */
export class AcceptedDialog implements VirtualSipDialog {
  readonly callId: string;
  readonly #client: SipClient;
  readonly #thread: SipThread;
  readonly #listeners = new Set<() => void>();
  #ended = false;

  constructor(client: SipClient, invite: SipRequestMessage, ownTag: string) {
    this.#client = client;
    this.callId = headerOf(invite, 'call-id');
    const contact = uriIn(headersOf(invite, 'contact')[0] ?? headerOf(invite, 'from'));
    const routes = headersOf(invite, 'record-route');
    let sequence = 0;
    this.#thread = {
      uri: contact,
      target: sipTargetOf(routes[0] ?? contact),
      from: `${headerOf(invite, 'to')};tag=${ownTag}`,
      to: headerOf(invite, 'from'),
      callId: this.callId,
      routes,
      timeoutMs: 64 * T1_MS,
      nextSequence: () => {
        sequence += 1;
        return sequence;
      },
    };
  }

  get ended(): boolean {
    return this.#ended;
  }

  async request(method: string, content: SipContentToSend = {}): Promise<ReceivedSipResponse> {
    if (this.#ended) throw new Error('The dialog has ended.');
    const response = await this.#client.send(this.#thread, method, content);
    if (response.status === 408 || response.status === 481) this.end();
    return response;
  }

  async bye(): Promise<void> {
    if (this.#ended) return;
    this.end();
    await this.#client.send(this.#thread, 'BYE', {});
  }

  onEnd(listener: () => void): void {
    if (this.#ended) listener();
    else this.#listeners.add(listener);
  }

  /** The other side has ended it, or it was lost. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}
