import type { Draft } from '../draft.ts';
import type { SipLog } from '../log.ts';
import { parseNameAddresses } from '../message/name-address.ts';
import type { OutgoingMessage } from '../message/serialise.ts';
import type { SipResponse } from '../message/types.ts';
import type { Sender } from '../sender.ts';
import type { Destination } from '../transport/layer.ts';
import type { SipTransport, TlsTrust } from '../transport/types.ts';
import { remoteTagOf, SipDialog } from './dialog.ts';
import { type Dialogs, dialogKey } from './dialogs.ts';
import type { DialogOptions, DialogOutcome } from './types.ts';

/** What opening a dialog needs. */
export interface OpenParts {
  /** The INVITE. */
  readonly draft: Draft;
  readonly destination: Destination;
  readonly options: DialogOptions;
  readonly sender: Sender;
  readonly dialogs: Dialogs;
  readonly trust: TlsTrust;
  readonly transports: readonly SipTransport[];
  readonly log: SipLog;
}

/**
 * Sends an INVITE and makes a dialog of its 2xx (RFC 3261 section 13.2.2). A 2xx that nobody waits for, since the
 * caller gave up or another branch of a fork was faster, is acknowledged and ended (sections 9.1 and 13.2.2.4).
 */
export async function openDialog(parts: OpenParts): Promise<DialogOutcome> {
  const { destination, draft, log, options, sender } = parts;
  const byTag = new Map<string, SipDialog>();
  let wanted: { dialog: SipDialog; response: SipResponse; acknowledged: Promise<void> } | undefined;
  let waiting = true;
  const onSuccess = (response: SipResponse, invite: OutgoingMessage): void => {
    const tag = remoteTagOf(response);
    const known = byTag.get(tag);
    const isWanted = waiting && wanted === undefined;
    const dialog = known ?? makeDialog(parts, response, isWanted ? options : {});
    byTag.set(tag, dialog);
    const acknowledged = dialog.acknowledge(invite).catch((error: unknown) => {
      log.warn('an ACK could not be sent', { error: String(error) });
    });
    if (known !== undefined) return;
    if (isWanted) wanted = { dialog, response, acknowledged };
    else void acknowledged.then(() => dialog.bye());
  };
  const { credentials, signal, timeoutMs } = options;
  const outcome = await sender.send(draft, { destination, credentials, signal, timeoutMs, onSuccess });
  waiting = false;
  if (wanted === undefined) return outcome;
  // No request of the dialog may overtake the ACK.
  await wanted.acknowledged;
  return { kind: 'open', dialog: wanted.dialog, response: wanted.response };
}

function makeDialog(
  { dialogs, draft, options, sender, transports, trust }: OpenParts,
  response: SipResponse,
  handlers: Pick<DialogOptions, 'onInfo' | 'onNotify' | 'onEnd' | 'credentials'>,
): SipDialog {
  const { callId, from, fromTag, requestUri } = draft;
  const remoteTag = remoteTagOf(response);
  const [contact] = parseNameAddresses(response.headers.all('contact')) ?? [];
  const key = dialogKey(callId, fromTag, remoteTag);
  const dialog = new SipDialog({
    state: {
      callId,
      from,
      fromTag,
      to: response.headers.get('to') ?? draft.to,
      remoteTag,
      // A 2xx without a Contact breaks section 12.1.1; the address that was called is the best guess.
      remoteTarget: contact?.uri ?? requestUri,
      // The recorded routes, in reverse (section 12.1.2).
      routes: response.headers.list('record-route').reverse(),
      destination: options.destination,
      inviteSequence: response.sequence.number,
    },
    sender,
    trust,
    transports,
    handlers,
    onGone: () => dialogs.set(key, undefined),
  });
  dialogs.set(key, dialog);
  return dialog;
}
