import { Authenticator, type RecordedRequest, type VirtualReply } from '@hookswitch/driver-kit/virtual';
import { refusePushSender } from './gates.ts';
import { MAX_PUSH_BYTES, type PushedObject, parsePushedObject } from './pushed-object.ts';
import type { YealinkQuirks } from './quirks.ts';
import type { PhoneSettings } from './settings.ts';

/** What a receiver needs from its phone. */
export interface PushReceiverOptions {
  readonly settings: PhoneSettings;
  readonly quirks: YealinkQuirks;
  readonly realm: string;
  readonly now: () => number;
  readonly inCall: () => boolean;
  readonly show: (object: PushedObject) => void;
}

/** Takes XML that a server pushes: `POST /servlet?push=xml`. */
export class PushReceiver {
  /** The login of the push, apart from that of the web pages: Digest, if `push_xml.username` is set. */
  readonly login: Authenticator;
  readonly #options: PushReceiverOptions;
  #deferred: PushedObject[] = [];

  constructor(options: PushReceiverOptions) {
    this.#options = options;
    this.login = new Authenticator({ scheme: 'digest', realm: options.realm }, options.now);
  }

  /** Acts on a push and answers it. */
  receive(request: RecordedRequest): VirtualReply {
    const { settings } = this.#options;
    return refusePushSender(settings, request) ?? this.#refuseLogin(request) ?? this.#take(request.body);
  }

  /** The same for one that came with the login of the web pages. */
  receiveTrusted(request: RecordedRequest): VirtualReply {
    return refusePushSender(this.#options.settings, request) ?? this.#take(request.body);
  }

  /** Takes a document that came another way (SIP NOTIFY), without `xml=`. */
  take(body: string): VirtualReply {
    return this.#take(body);
  }

  /** To be called when the last call has ended: shows what was kept back. */
  noticeIdle(): void {
    for (const object of this.#deferred.splice(0)) this.#options.show(object);
  }

  #refuseLogin(request: RecordedRequest): VirtualReply | undefined {
    const username = this.#options.settings.get('push_xml.username');
    const password = this.#options.settings.get('push_xml.password');
    this.login.settings.credentials = username === '' ? [] : [{ username, password }];
    const verdict = this.login.check(request);
    return verdict.allowed ? undefined : verdict.reply;
  }

  #take(body: string): VirtualReply {
    const { quirks, settings, inCall, show } = this.#options;
    const xml = body.replace(/^xml=/, '').trim();
    if (Buffer.byteLength(xml) > MAX_PUSH_BYTES) return { status: quirks.oversizedPushStatus };
    const object = parsePushedObject(xml);
    if (object === undefined) return { status: quirks.malformedPushStatus };
    const blocked = settings.get('push_xml.block_in_calling') === '1' && inCall();
    if (blocked && quirks.pushWhileBlocked === 'refused') return { status: 403 };
    if (blocked && quirks.pushWhileBlocked === 'deferred') this.#deferred.push(object);
    if (!blocked) show(object);
    return { status: 200, body: quirks.okBody };
  }
}
