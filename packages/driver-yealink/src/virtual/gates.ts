import type { Authenticator, RecordedRequest, VirtualReply } from '@hookswitch/driver-kit/virtual';
import type { QueryLogin } from './action-uri-query.ts';
import { isAllowed } from './ip-allow-list.ts';
import type { YealinkQuirks } from './quirks.ts';
import type { RemoteControlPrompt } from './remote-control-prompt.ts';
import type { PhoneSettings } from './settings.ts';

/** The text that a browser shows while the prompt waits (vendor guide T52S). */
export const REMOTE_CONTROL_FORBIDDEN = 'Remote control forbidden';

/** What stands between a request and the phone's keys. */
export interface Gates {
  readonly settings: PhoneSettings;
  readonly login: Authenticator;
  readonly prompt: RemoteControlPrompt;
  readonly quirks: YealinkQuirks;
}

/** Where phones of the servlet generation have their login form. */
const LOGIN_PAGE: VirtualReply = {
  status: 302,
  headers: { Location: '/servlet?m=mod_listener&p=login&q=loginForm' },
};

const refusal = (status: number, text: string): VirtualReply => ({
  status,
  headers: { 'Content-Type': 'text/html' },
  body: text,
});

/**
 * What refuses an action URI: the feature is off or the address is not in `features.action_uri_limit_ip` (403), the
 * login is missing, wrong or locked, or nobody has allowed remote control yet.
 * @returns the refusal, or `undefined` if the phone acts.
 */
export const refuseActionUri = (
  gates: Gates,
  request: RecordedRequest,
  queryLogin: QueryLogin | undefined,
): VirtualReply | undefined => {
  const { prompt, quirks } = gates;
  const byLogin = () => (quirks.asksForLogin === 'page' ? leadToLogin : refuseLogin)(gates, request, queryLogin);
  const byAddress = () => refuseAddress(gates, request);
  const refused = quirks.gateOrder === 'allowListFirst' ? (byAddress() ?? byLogin()) : (byLogin() ?? byAddress());
  if (refused) return refused;
  return prompt.admits(request.remoteAddress) ? undefined : refusal(quirks.promptStatus, REMOTE_CONTROL_FORBIDDEN);
};

/** The same for pictures of the screen, which ask nobody. */
export const refuseScreenCapture = (gates: Gates, request: RecordedRequest): VirtualReply | undefined =>
  refuseAddress(gates, request) ?? refuseLogin(gates, request, undefined);

/** Refuses what does not come from one of `push_xml.server`. */
export const refusePushSender = (settings: PhoneSettings, request: RecordedRequest): VirtualReply | undefined =>
  isAllowed(settings.get('push_xml.server'), request.remoteAddress) ? undefined : refusal(403, '403 Forbidden');

const refuseAddress = ({ settings }: Gates, request: RecordedRequest): VirtualReply | undefined => {
  const isOn = settings.get('features.action_uri.enable') === '1';
  const isTrusted = isAllowed(settings.get('features.action_uri_limit_ip'), request.remoteAddress);
  return isOn && isTrusted ? undefined : refusal(403, '403 Forbidden');
};

const refuseLogin = (
  { login }: Gates,
  request: RecordedRequest,
  queryLogin: QueryLogin | undefined,
): VirtualReply | undefined => {
  const verdict = login.check(queryLogin ? withLogin(request, queryLogin) : request);
  return verdict.allowed ? undefined : verdict.reply;
};

/** The header of a request is not looked at. */
const leadToLogin: typeof refuseLogin = ({ login }, request, queryLogin) => {
  if (queryLogin === undefined) return LOGIN_PAGE;
  const verdict = login.check(withLogin(request, queryLogin));
  if (verdict.allowed) return undefined;
  return verdict.reason === 'locked' ? verdict.reply : LOGIN_PAGE;
};

/** The query's login counts as if it had come in the header, for the lock too. */
const withLogin = (request: RecordedRequest, { username, password }: QueryLogin): RecordedRequest => ({
  ...request,
  headers: { ...request.headers, authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}` },
});
