import { Authenticator, type RecordedRequest, type VirtualReply } from '@hookswitch/driver-kit/virtual';
import type { SnomParts } from '../parts.ts';
import { blocksCommands } from './blocking.ts';
import { errorPage, page, pageTitle } from './html.ts';
import { pagesOf } from './pages.ts';
import { Query } from './query.ts';

/** The phone's web interface: who gets in, which page, whether it acts. */
export class WebInterface {
  /** The login, kept in line with the settings. */
  readonly authenticator: Authenticator;
  readonly #parts: SnomParts;

  constructor(parts: SnomParts) {
    this.#parts = parts;
    this.authenticator = new Authenticator({
      realm: 'snom',
      unauthorizedBody: String(errorPage(401).body),
      lockedReply: errorPage(403),
    });
  }

  /** Answers a request. */
  async handle(request: RecordedRequest): Promise<VirtualReply> {
    const { memory, profile, effects, quirks } = this.#parts;
    if (memory.get('webserver_type') === 'https') return redirectToHttps(request, this.#parts.host);
    const found = pagesOf(this.#parts)[request.path];
    // The shell of the D8xx interface is open; its login is in the page.
    if (profile.web === 'command') {
      const verdict = this.#login().check(request);
      if (!verdict.allowed) return verdict.reply;
    }
    if (found === undefined) return profile.web === 'command' ? errorPage(404) : page('Phone Manager', '', 404);
    const query = new Query(request.query);
    if (found.isCommand && query.parameters.length > 0 && blocksCommands(this.#parts)) {
      effects.record({ type: 'commandBlocked', target: request.target });
      return page(pageTitle(profile), '', quirks.blockedCommandStatus);
    }
    return await found.handle(this.#parts, { request, query });
  }

  /** `http_scheme` off is Basic, on is Digest; without `http_user` the phone is open. */
  #login(): Authenticator {
    const { memory, quirks } = this.#parts;
    const [username, password] = [memory.get('http_user'), memory.get('http_pass')];
    const { settings } = this.authenticator;
    settings.scheme = memory.isOn('http_scheme') ? 'digest' : 'basic';
    settings.credentials = username === '' ? [] : [{ username, password }];
    settings.lockout = quirks.lockout;
    return this.authenticator;
  }
}

const redirectToHttps = ({ headers, target }: RecordedRequest, host: string): VirtualReply => {
  const authority = (headers['host'] ?? host).replace(/:\d+$/, '');
  return { status: 307, headers: { Location: `https://${authority}${target}` } };
};
