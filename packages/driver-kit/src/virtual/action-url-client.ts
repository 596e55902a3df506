import type { ActionUrlFailure, ActionUrlReply } from './action-url-reply.ts';
import { actionUrlRequest, parseActionUrl } from './action-url-request.ts';
import { expandActionUrl, type TemplateOptions } from './action-url-template.ts';
import { exchangeBytes } from './raw-http.ts';
import { Recorder } from './recorder.ts';

/** An action URL that was fired, and what became of it: either `reply` or `failure` is set. */
export interface FiredActionUrl {
  /** The vendor's name of the event or of the setting that held the template; empty if none was given. */
  readonly event: string;
  readonly template: string;
  /** The template with its values. */
  readonly url: string;
  /** Counted from 1 in the order of {@link ActionUrlClient.fire}. */
  readonly sequence: number;
  readonly firedAt: number;
  readonly reply: ActionUrlReply | undefined;
  readonly failure: ActionUrlFailure | undefined;
}

/** What a phone posts to an action URL. */
export interface PostedDocument {
  /** Empty: no `Content-Type` at all. */
  readonly contentType: string;
  /** Text goes out as UTF-8. */
  readonly body: string | Uint8Array;
}

/** How a phone fires action URLs. Everything can be changed while it runs. */
export interface ActionUrlSettings extends TemplateOptions {
  /** The phone's own. */
  userAgent: string;
  /** Milliseconds until the phone gives up. Default 5000. */
  timeoutMs?: number;
  /** Further headers, as they are. */
  headers?: Readonly<Record<string, string>>;
  /** The address that the requests come from: the phone's own on loopback. */
  localAddress?: string;
  /** What becomes of `#` and all after it in the finished URL. Default `cut`, as HTTP clients do; `send` puts it on the wire. */
  fragment?: 'cut' | 'send';
  /** Whether the certificate of an `https` server must be valid. Default false: phones often do not look. */
  verifiesCertificates?: boolean;
}

interface Pending {
  readonly fired: FiredActionUrl;
  readonly decide: (fate: 'send' | 'drop') => void;
}

/**
 * Fires action URLs as a phone does: GET, or POST with a document, over a connection of its own, each at once and without regard to the others,
 * no redirect, no second try. Bytes go out exactly as the template and the escaping make them.
 */
export class ActionUrlClient {
  readonly settings: ActionUrlSettings;
  /** Every URL fired, recorded when its reply is there or it failed: in the order of the ends, not of the starts. */
  readonly history = new Recorder<FiredActionUrl>();
  readonly #running = new Set<Promise<FiredActionUrl>>();
  #sequence = 0;
  #held: Pending[] | undefined;

  constructor(settings: ActionUrlSettings) {
    this.settings = settings;
  }

  /**
   * Fires one. Never rejects: a failure is in the result, which also goes to {@link history}.
   * An empty template is an event that the phone is not set up to report: nothing is sent and `undefined` returned.
   */
  async fire(
    event: string,
    template: string,
    values: Readonly<Record<string, string>> = {},
  ): Promise<FiredActionUrl | undefined> {
    if (template === '') return undefined;
    return this.#fire(event, { template, url: expandActionUrl(template, values, this.settings) });
  }

  /** As {@link fire} for phones that post a document to a URL in which nothing is to be filled in. */
  async post(event: string, url: string, document: PostedDocument): Promise<FiredActionUrl | undefined> {
    return url === '' ? undefined : this.#fire(event, { template: url, url, document });
  }

  async #fire(
    event: string,
    { document, ...to }: Pick<FiredActionUrl, 'template' | 'url'> & { readonly document?: PostedDocument },
  ): Promise<FiredActionUrl> {
    this.#sequence += 1;
    const fired = {
      event,
      ...to,
      sequence: this.#sequence,
      firedAt: Date.now(),
      reply: undefined,
      failure: undefined,
    };
    const done = this.#whenReleased(fired).then((fate) => this.#finish(fired, fate, document));
    this.#running.add(done);
    const result = await done;
    this.#running.delete(done);
    return result;
  }

  /** From now on nothing leaves until {@link release}. For tests of order. */
  hold(): void {
    this.#held ??= [];
  }

  /**
   * Sends what {@link hold} kept back, one after the other: each waits for the reply to the one before, so the order
   * in which they reach the server is the order that `arrange` gives. Default: as they were fired. What `arrange`
   * leaves out is never sent, as when a phone loses an event.
   */
  async release(
    arrange: (fired: readonly FiredActionUrl[]) => readonly FiredActionUrl[] = (fired) => fired,
  ): Promise<void> {
    const held = new Map((this.#held ?? []).map(({ fired, decide }) => [fired, decide]));
    this.#held = undefined;
    const arranged = arrange([...held.keys()]);
    for (const [fired, decide] of held) if (!arranged.includes(fired)) decide('drop');
    for (const fired of arranged) {
      const recorded = this.history.waitFor(({ sequence }) => sequence === fired.sequence, { timeoutMs: 30_000 });
      held.get(fired)?.('send');
      await recorded;
    }
  }

  /** How many were fired and have neither a reply nor failed yet. */
  get underWay(): number {
    return this.#running.size;
  }

  /** Resolves once nothing that was fired waits for its reply any more. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #whenReleased(fired: FiredActionUrl): Promise<'send' | 'drop'> {
    const held = this.#held;
    if (held === undefined) return Promise.resolve('send');
    return new Promise((decide) => held.push({ fired, decide }));
  }

  async #finish(
    fired: FiredActionUrl,
    fate: 'send' | 'drop',
    document: PostedDocument | undefined,
  ): Promise<FiredActionUrl> {
    const outcome = fate === 'send' ? await this.#request(fired.url, document) : ({ failure: 'dropped' } as const);
    const result = { ...fired, ...outcome };
    this.history.record(result);
    return result;
  }

  async #request(
    url: string,
    document: PostedDocument | undefined,
  ): Promise<Pick<FiredActionUrl, 'reply' | 'failure'>> {
    const target = parseActionUrl(url, this.settings.fragment ?? 'cut');
    if (target === undefined) return { reply: undefined, failure: 'badUrl' };
    const headers = { 'User-Agent': this.settings.userAgent, ...this.settings.headers };
    const bytes = actionUrlRequest(target, headers, document);
    return await exchangeBytes(bytes, {
      host: target.host,
      port: target.port,
      secure: target.secure,
      timeoutMs: this.settings.timeoutMs ?? 5000,
      localAddress: this.settings.localAddress,
      verifiesCertificates: this.settings.verifiesCertificates ?? false,
    });
  }
}
