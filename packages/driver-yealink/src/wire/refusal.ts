import {
  approvalPending,
  failed,
  type HttpReply,
  notHere,
  type Outcome,
  phoneRejected,
  phoneUnauthorized,
  rateLimited,
} from '@hookswitch/core';

/** What was asked for: it decides what a 403 means and which setting lifts it. */
export type Channel = 'action-uri' | 'xml-push' | 'screen';

const FORBIDDEN: Readonly<Record<Channel, string>> = {
  'action-uri':
    'The phone refuses remote control from the gateway (403). Add the address that the phone sees the gateway under to features.action_uri_limit_ip (web: Features, Remote Control, Action URI Allow IP List; blank refuses all) and see that features.action_uri.enable is 1.',
  'xml-push':
    'The phone refuses XML pushes from the gateway (403). Put the address that the phone sees the gateway under into push_xml.server (web: Features, Remote Control, Push XML Server IP Address).',
  screen:
    'The phone refuses to show its screen to the gateway (403). Add the address that the phone sees the gateway under to features.action_uri_limit_ip.',
};

const APPROVAL =
  'The phone asks "Allow Remote Control?" on its display. Press OK on the phone and try again, or set features.show_action_uri_option to 0 so that it does not ask.';

const LOGIN =
  'The phone answers with its login page. Check user and password of its web interface; for phones that want the login in the URL set the option loginForm.';

/** The wait where a locked phone does not say how long: observed as "some minutes", never documented. */
const LOCK_MS = 180_000;

/**
 * How long the phone says that it is locked, in milliseconds: `Retry-After`, `lockTime` in minutes (JSON web
 * interface), or words such as "try again in 3 minutes".
 */
function lockedForMs(reply: HttpReply, text: string): number {
  const header = Number(reply.headers['retry-after']);
  if (Number.isFinite(header) && header > 0) return header * 1000;
  const [, minutes] = /lockTime"?\s*[:=]\s*"?(\d{1,4})/i.exec(text) ?? [];
  if (minutes !== undefined) return Number(minutes) * 60_000;
  const [, amount, unit] = /(\d{1,5})\s*(second|minute)/i.exec(text) ?? [];
  if (amount === undefined) return LOCK_MS;
  return Number(amount) * (unit?.toLowerCase() === 'second' ? 1000 : 60_000);
}

function isLocked(status: number, text: string): boolean {
  if (status === 423 || status === 429) return true;
  if (status < 400) return /"webStatus"\s*:\s*"lock"/.test(text);
  return /\block(?:ed|out|time)\b|too many (?:failed|attempts|login)/i.test(text);
}

function redirected(reply: HttpReply): Outcome<never> {
  const location = reply.headers['location'] ?? '';
  if (/^https:/i.test(location)) {
    return failed(
      phoneRejected('The phone serves HTTPS only: change its address to https://….', { phoneStatus: reply.status }),
    );
  }
  if (/login/i.test(location)) return failed(phoneUnauthorized(LOGIN));
  return failed(
    phoneRejected(`The phone answered ${reply.status} and points elsewhere instead of acting.`, {
      phoneStatus: reply.status,
    }),
  );
}

/**
 * What stands in the way, if anything: the prompt on the display, a lock after bad logins, the allow list, the login
 * page, a path that the phone does not know. Null: the phone took the request.
 */
export function refusalIn(reply: HttpReply, channel: Channel): Outcome<never> | null {
  const { status } = reply;
  const text = reply.text.slice(0, 4096);
  if (/remote control forbidden|allow remote control/i.test(text)) return failed(approvalPending(APPROVAL));
  if (isLocked(status, text)) {
    return failed(
      rateLimited(
        'The phone has locked its web interface after bad logins. Leave it alone for a while, then check its password.',
        lockedForMs(reply, text),
      ),
    );
  }
  if (status === 401) return failed(phoneUnauthorized('The phone refuses user and password.'));
  if (status === 403) return failed(phoneRejected(FORBIDDEN[channel], { phoneStatus: 403 }));
  if (status === 404 || status === 405 || status === 501) {
    return notHere(`The phone does not know this path (${status}). For old firmware there is the option path.`);
  }
  if (status >= 300 && status < 400) return redirected(reply);
  if (status >= 400) {
    return failed(phoneRejected(`The phone answered ${status}.`, { phoneStatus: status }));
  }
  if (/q=loginForm|\bg_rsa_n\b|"authstatus"\s*:\s*"none"/.test(text)) return failed(phoneUnauthorized(LOGIN));
  return null;
}

/** Reads the reply to a request that gives nothing back. A 200 is the phone's word, no proof. */
export function acknowledged(reply: HttpReply, channel: Channel): Outcome {
  return refusalIn(reply, channel) ?? { status: 'ACCEPTED', value: undefined };
}
