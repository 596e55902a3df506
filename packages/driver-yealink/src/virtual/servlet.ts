import type { RecordedRequest, VirtualReply } from '@hookswitch/driver-kit/virtual';
import { type ActionUriRequest, type PhonecfgSelectors, parseActionUri } from './action-uri-query.ts';
import { type Gates, refuseActionUri, refuseScreenCapture } from './gates.ts';
import type { KeyText } from './key-command.ts';
import type { PictureKind } from './models.ts';
import type { PushReceiver } from './push-receiver.ts';

/** What the web server of a phone hands on. */
export interface ServletOptions {
  readonly gates: Gates;
  readonly push: PushReceiver;
  /** Presses keys, one after the other, and says what to answer. */
  readonly pressKeys: (keys: readonly KeyText[], outgoingUri: string) => VirtualReply;
  /** The INI text of `phonecfg=get`. */
  readonly phonecfg: (selectors: PhonecfgSelectors) => string;
  readonly picture: (kind: PictureKind) => Uint8Array;
  /** What `/screencapture` answers with. */
  readonly pictureKind: PictureKind;
}

/** The front page of V7x leads to the first of them. */
const OLD_PATHS = ['/cgi-bin/ConfigManApp.com', '/cgi-bin/cgiServer.exx'] as const;
const MEDIA_TYPES: Readonly<Record<PictureKind, string>> = { bmp: 'image/bmp', jpeg: 'image/jpeg' };

/** The paths of a phone's web server that others may use: action URI, screen capture, XML push. */
export class Servlet {
  readonly #options: ServletOptions;

  constructor(options: ServletOptions) {
    this.#options = options;
  }

  /** Acts on a request and answers it. */
  handle(request: RecordedRequest): VirtualReply {
    const { gates } = this.#options;
    const { method, path, query } = request;
    if (method === 'POST') return this.#receivePush(request);
    if (method !== 'GET') return this.#unsupported();
    if (path === '/' && gates.quirks.paths === 'cgiOnly') return { status: 302, headers: { Location: OLD_PATHS[0] } };
    if (path === '/screencapture') return this.#capture(request, this.#options.pictureKind);
    if (path === '/screencapture/download') return this.#capture(request, 'jpeg');
    return this.#servesActionUri(path) ? this.#actOn(request, query) : this.#unsupported();
  }

  #servesActionUri(path: string): boolean {
    const { paths } = this.#options.gates.quirks;
    if (path === '/servlet') return paths !== 'cgiOnly';
    return OLD_PATHS.some((old) => old === path) && paths !== 'servletOnly';
  }

  #actOn(request: RecordedRequest, query: string): VirtualReply {
    const { gates } = this.#options;
    const { request: wanted, login } = parseActionUri(query, gates.quirks);
    if (wanted.kind === 'screenshot') return this.#capture(request, this.#options.pictureKind);
    return refuseActionUri(gates, request, login) ?? this.#answer(wanted);
  }

  #answer(wanted: ActionUriRequest): VirtualReply {
    const { pressKeys, phonecfg } = this.#options;
    if (wanted.kind === 'keys') return pressKeys(wanted.keys, wanted.outgoingUri);
    if (wanted.kind !== 'phonecfg') return this.#unsupported();
    return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: phonecfg(wanted.selectors) };
  }

  #capture(request: RecordedRequest, kind: PictureKind): VirtualReply {
    const refused = refuseScreenCapture(this.#options.gates, request);
    if (refused) return refused;
    return { status: 200, headers: { 'Content-Type': MEDIA_TYPES[kind] }, body: this.#options.picture(kind) };
  }

  #receivePush(request: RecordedRequest): VirtualReply {
    const { gates, push } = this.#options;
    const { path, query } = request;
    if (path === '/servlet' && query === 'push=xml') return push.receive(request);
    if (path === '/' && gates.quirks.pushAtRoot) return push.receive(request);
    if (path !== '/servlet' || query !== '' || !gates.quirks.pushAtBareServlet) return this.#unsupported();
    const verdict = gates.login.check(request);
    return verdict.allowed ? push.receiveTrusted(request) : verdict.reply;
  }

  #unsupported(): VirtualReply {
    return { status: this.#options.gates.quirks.unsupportedStatus };
  }
}
